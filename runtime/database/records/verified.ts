// Whether the address of a user was shown to be theirs: set by a token from a mail, and taken back when the address
// becomes another one.

import { type Sql, sql } from '../../../expr/index.ts'
import type { App, Entity } from '../../truth/app.ts'
import { verifiedField } from '../../truth/verified-field.ts'
import type { Transaction } from '../database.ts'
import type { Caller } from './caller.ts'
import { slotsOf } from './caller.ts'
import { type Assignments, runnerOf, slotName } from './change.ts'
import { type Collection, given } from './collection.ts'
import { columnOf } from './guard.ts'
import { run } from './plan.ts'
import { emit, snapshotOf } from './write.ts'

/** A change of the address makes it an unknown one again. */
export function unverifying(app: App, entity: Entity, assignments: Assignments): Assignments {
  const { values, expressions, key } = assignments
  const isAccount = app.settings.auth.enabled && app.settings.auth.entity === entity.name
  const next: Sql | undefined = values.has('email') ? given(slotName('email')) : expressions.get('email')
  const name = verifiedField(entity)
  if (!isAccount || !next || name === undefined) return assignments
  const kept = sql`(${columnOf(entity, name)} IS 1 AND ${columnOf(entity, 'email')} IS ${next})`
  return { ...assignments, expressions: new Map([...expressions, [name, kept]]), key: `${key} unverifying` }
}

/** Sets the field of a user, with the event of a change by themselves. */
export async function setVerified(tx: Transaction, collection: Collection, now: string, id: string): Promise<void> {
  const { entity, table, snapshot } = collection
  const caller: Caller = { user: { id }, now }
  const before = await snapshotOf(tx, collection, caller, id)
  const plan = collection.plan(
    'verified',
    () =>
      sql`UPDATE ${table} SET "emailVerified" = 1, "updatedAt" = ${given('now')} WHERE ${columnOf(entity, 'id')} = ${given('id')} RETURNING ${snapshot}`,
  )
  const [after] = await run(runnerOf(tx), plan, slotsOf(caller, { id, now }))
  if (after) await emit(tx, entity, caller, id, [`${entity.name}.updated`], before, String(after[0]))
}
