// What a delete does to other rows: those that go with it, each by its own delete rule and with its own event, and those
// that lose their link to it. The foreign keys do the work; here it is found out beforehand and told afterwards.

import { identifier, sql } from '../../../expr/index.ts'
import type { App, Entity, Field } from '../../truth/app.ts'
import type { Row, Transaction } from '../database.ts'
import { type Caller, slotsOf } from './caller.ts'
import { runnerOf } from './change.ts'
import { type Collection, given } from './collection.ts'
import { allHold, columnOf, presence } from './guard.ts'
import { run } from './plan.ts'
import { snapshotJson } from './row-json.ts'

type Touched = { readonly entity: Entity; readonly id: string; readonly before: string }

export type Cascade = {
  /** Rows that will be gone. */
  readonly gone: readonly Touched[]
  /** Rows whose link to one of them will be empty. */
  readonly loosened: readonly Touched[]
}

/** Why a delete cannot be done: rows of this entity would go that the caller may not delete, or too many would be touched. */
export type Blocked = { readonly blocked: Entity; readonly why: 'denied' | 'many' }

/** Rows that one delete may take along. */
const most = 10_000

/** The relations through which a delete of the entity's rows reaches others. */
function referrersOf(app: App, target: string): readonly { readonly entity: Entity; readonly field: Field }[] {
  return [...app.entities.values()].flatMap((entity) =>
    [...entity.fields.values()]
      .filter(({ many, relation }) => relation?.to === target && !many && relation.onDelete !== 'restrict')
      .map((field) => ({ entity, field })),
  )
}

/** The rows that point to one of `ids`: id, snapshot, whether it is there, whether the caller may delete it. */
function pointingTo(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  { entity, field }: { readonly entity: Entity; readonly field: Field },
  ids: readonly string[],
): Promise<readonly Row[]> {
  const plan = collection.plan(`with ${entity.name}.${field.name}`, () => {
    const may = allHold([entity.permissions.get('delete')])
    return sql`SELECT ${columnOf(entity, 'id')}, ${snapshotJson(entity)}, (${presence(entity)}) IS TRUE, (${may}) IS TRUE FROM ${identifier(entity.table)} WHERE ${columnOf(entity, field.name)} IN (SELECT value FROM json_each(${given('ids')})) LIMIT ${given('limit')}`
  })
  return run(runnerOf(tx), plan, slotsOf(caller, { ids: JSON.stringify(ids), limit: most + 1 }))
}

const keyOf = ({ name }: Entity, id: string): string => `${name} ${id}`

/** Follows the links of a row that is about to be deleted. */
export async function cascadeOf(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
): Promise<Cascade | Blocked> {
  const gone = new Map<string, Touched | undefined>([[keyOf(collection.entity, id), undefined]])
  const loosened = new Map<string, Touched>()
  let level = new Map([[collection.entity.name, [id]]])
  while (level.size > 0) {
    const next = new Map<string, string[]>()
    for (const [name, ids] of level) {
      for (const referrer of referrersOf(collection.app, name)) {
        const { entity, field } = referrer
        for (const [found, before, there, may] of await pointingTo(tx, collection, caller, referrer, ids)) {
          const key = keyOf(entity, String(found))
          const row = there === 1 ? { entity, id: String(found), before: String(before) } : undefined
          if (gone.has(key)) continue
          if (gone.size + loosened.size > most) return { blocked: entity, why: 'many' }
          if (field.relation?.onDelete === 'setNull') {
            if (row) loosened.set(key, row)
            continue
          }
          if (row && may !== 1) return { blocked: entity, why: 'denied' }
          gone.set(key, row)
          next.set(entity.name, [...(next.get(entity.name) ?? []), String(found)])
        }
      }
    }
    level = next
  }
  for (const key of gone.keys()) loosened.delete(key)
  return { gone: [...gone.values()].filter((row) => row !== undefined), loosened: [...loosened.values()] }
}

/** Marks a row that has lost a link as changed; its snapshot now. */
export async function touch(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  { entity, id }: Touched,
): Promise<string | undefined> {
  const plan = collection.plan(
    `touch ${entity.name}`,
    () =>
      sql`UPDATE ${identifier(entity.table)} SET "updatedAt" = ${given('now')} WHERE ${columnOf(entity, 'id')} = ${given('id')} RETURNING ${snapshotJson(entity)}`,
  )
  const [found] = await run(runnerOf(tx), plan, slotsOf(caller, { id, now: caller.now }))
  return found === undefined ? undefined : String(found[0])
}
