// Takes back a soft delete: whoever may read and delete a row may also restore it.

import { sql } from '../../../expr/index.ts'
import type { Transaction } from '../database.ts'
import { type Caller, slotsOf } from './caller.ts'
import { runnerOf } from './change.ts'
import { type Collection, given } from './collection.ts'
import { columnOf, restorable } from './guard.ts'
import { run } from './plan.ts'
import { afterOf, afterSql, emit, type Written } from './write.ts'

/** Restores a row; undefined when there is no deleted one that the caller may restore. */
export async function restoreRow(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
): Promise<Written | undefined> {
  const { entity, table } = collection
  const plan = collection.plan(
    'restore',
    () =>
      sql`UPDATE ${table} SET "deletedAt" = NULL, "updatedAt" = ${given('now')} WHERE ${columnOf(entity, 'id')} = ${given('id')} AND ${restorable(entity)} RETURNING ${afterSql(collection)}`,
  )
  const [restored] = await run(runnerOf(tx), plan, slotsOf(caller, { id, now: caller.now }))
  if (!restored) return undefined
  const written = afterOf(collection, restored)
  await emit(tx, entity, caller, id, [`${entity.name}.restored`], undefined, written.snapshot)
  return written
}
