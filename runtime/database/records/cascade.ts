// What a delete does to other rows: those that go with it, each by its own delete rule and with its own event, and those
// that lose their link to it. The foreign keys do the work; here it is found out beforehand and told afterwards.
//
// A soft delete takes those along that can come back, and its restore brings them back; links stay as they are, since
// they lead to nobody meanwhile.

import { identifier, sql } from '../../../expr/index.ts'
import type { App, Entity, Field } from '../../truth/app.ts'
import type { Row, Transaction } from '../database.ts'
import { type Caller, slotsOf } from './caller.ts'
import { runnerOf } from './change.ts'
import { type Collection, given } from './collection.ts'
import { allHold, columnOf, presence } from './guard.ts'
import { run } from './plan.ts'
import { snapshotJson } from './row-json.ts'

export type Touched = { readonly entity: Entity; readonly id: string; readonly before: string }

export type Cascade = {
  /** Rows that will be gone. */
  readonly gone: readonly Touched[]
  /** Rows whose link to one of them will be empty. */
  readonly loosened: readonly Touched[]
  /** When a soft delete is to be: at a time that tells what goes with it from what was deleted on its own before. */
  readonly at: string
}

/** Why a delete cannot be done: rows of this entity would go that the caller may not delete, or too many would be touched. */
export type Blocked = { readonly blocked: Entity; readonly why: 'denied' | 'many' }

/** Rows that one delete may take along. */
const most = 10_000

/**
 * What happens to the first row. A restore takes back what was deleted `at` that time, each row before the rules of
 * those that point to it are asked: a rule does not see the rows that are deleted.
 */
type How =
  | { readonly kind: 'delete' | 'soft' }
  | { readonly kind: 'restore'; readonly at: string; readonly takeBack: (row: Touched) => Promise<void> }

type Referrer = { readonly entity: Entity; readonly field: Field }

/** The relations through which it reaches others. */
function referrersOf(app: App, target: string, { kind }: How): readonly Referrer[] {
  const reaches = (entity: Entity, { many, relation }: Field): boolean =>
    relation?.to === target &&
    !many &&
    (relation.onDelete === 'cascade'
      ? kind === 'delete' || entity.softDelete
      : kind === 'delete' && relation.onDelete === 'setNull')
  return [...app.entities.values()].flatMap((entity) =>
    [...entity.fields.values()].filter((field) => reaches(entity, field)).map((field) => ({ entity, field })),
  )
}

/**
 * The rows that point to one of `ids`: id, snapshot, whether it is there, whether the caller may delete it, when it was
 * deleted. Of a soft delete also those that were deleted just now.
 */
function pointingTo(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  { entity, field }: Referrer,
  ids: readonly string[],
  how: How,
): Promise<readonly Row[]> {
  const plan = collection.plan(`${how.kind} with ${entity.name}.${field.name}`, () => {
    const may = allHold([entity.permissions.get('delete')])
    const there = how.kind === 'restore' ? sql`${columnOf(entity, 'deletedAt')} = ${given('at')}` : presence(entity)
    const deletedAt = entity.softDelete ? columnOf(entity, 'deletedAt') : sql`NULL`
    const rows = { delete: sql`1`, soft: sql`(${there} OR ${deletedAt} >= ${given('now')})`, restore: there }[how.kind]
    return sql`SELECT ${columnOf(entity, 'id')}, ${snapshotJson(entity)}, (${there}) IS TRUE, (${may}) IS TRUE, ${deletedAt} FROM ${identifier(entity.table)} WHERE ${columnOf(entity, field.name)} IN (SELECT value FROM json_each(${given('ids')})) AND ${rows} LIMIT ${given('limit')}`
  })
  const at = how.kind === 'restore' && { at: how.at }
  return run(runnerOf(tx), plan, slotsOf(caller, { ids: JSON.stringify(ids), limit: most + 1, now: caller.now, ...at }))
}

/** A millisecond after a time. */
const justAfter = (time: string): string => new Date(Date.parse(time) + 1).toISOString()

const keyOf = ({ name }: Entity, id: string): string => `${name} ${id}`

/** Follows the links to a row that is about to be deleted or restored. */
export async function cascadeOf(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  how: How,
): Promise<Cascade | Blocked> {
  const gone = new Map<string, Touched | undefined>([[keyOf(collection.entity, id), undefined]])
  const loosened = new Map<string, Touched>()
  let at = caller.now
  let level = new Map([[collection.entity.name, [id]]])
  while (level.size > 0) {
    const next = new Map<string, string[]>()
    for (const [name, ids] of level) {
      for (const referrer of referrersOf(collection.app, name, how)) {
        const { entity, field } = referrer
        for (const [found, before, there, may, deletedAt] of await pointingTo(
          tx,
          collection,
          caller,
          referrer,
          ids,
          how,
        )) {
          const key = keyOf(entity, String(found))
          const row = there === 1 ? { entity, id: String(found), before: String(before) } : undefined
          if (gone.has(key)) continue
          if (how.kind === 'soft' && !row) {
            if (String(deletedAt) >= at) at = justAfter(String(deletedAt))
            continue
          }
          if (gone.size + loosened.size > most) return { blocked: entity, why: 'many' }
          if (field.relation?.onDelete === 'setNull') {
            if (row) loosened.set(key, row)
            continue
          }
          if (row && may !== 1) return { blocked: entity, why: 'denied' }
          if (row && how.kind === 'restore') await how.takeBack(row)
          gone.set(key, row)
          next.set(entity.name, [...(next.get(entity.name) ?? []), String(found)])
        }
      }
    }
    level = next
  }
  for (const key of gone.keys()) loosened.delete(key)
  return { gone: [...gone.values()].filter((row) => row !== undefined), loosened: [...loosened.values()], at }
}

/** Marks a row as deleted softly, or as there again, at a time; its snapshot now. */
export async function mark(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  { entity, id }: Touched,
  how: 'soft' | 'restore',
  at: string,
): Promise<string | undefined> {
  const plan = collection.plan(`${how} ${entity.name}`, () => {
    const set = how === 'soft' ? sql`${given('at')}` : sql`NULL, "updatedAt" = ${given('at')}`
    return sql`UPDATE ${identifier(entity.table)} SET "deletedAt" = ${set} WHERE ${columnOf(entity, 'id')} = ${given('id')} RETURNING ${snapshotJson(entity)}`
  })
  const [found] = await run(runnerOf(tx), plan, slotsOf(caller, { id, at }))
  return found === undefined ? undefined : String(found[0])
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
