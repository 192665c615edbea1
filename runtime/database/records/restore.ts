// Takes back a soft delete, and what went with it: whoever may read and delete a row may also restore it.

import { sql } from '../../../expr/index.ts'
import type { Transaction } from '../database.ts'
import { type Caller, slotsOf } from './caller.ts'
import { type Blocked, cascadeOf, mark, type Touched } from './cascade.ts'
import { runnerOf } from './change.ts'
import { type Collection, given } from './collection.ts'
import { columnOf, restorable } from './guard.ts'
import { run } from './plan.ts'
import { afterOf, afterSql, emit, type Written } from './write.ts'

const stamp = ({ entity, table }: Collection) =>
  sql`SELECT "deletedAt" FROM ${table} WHERE ${columnOf(entity, 'id')} = ${given('id')} AND ${restorable(entity)}`

/**
 * Restores a row; undefined when there is no deleted one that the caller may restore. Where a row that went with it may
 * not be restored, nothing of this transaction may be kept.
 */
export async function restoreRow(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
): Promise<Written | Blocked | undefined> {
  const { entity, table } = collection
  const runner = runnerOf(tx)
  const [deleted] = await run(
    runner,
    collection.plan('bin', () => stamp(collection)),
    slotsOf(caller, { id }),
  )
  if (!deleted) return undefined
  const plan = collection.plan(
    'restore',
    () =>
      sql`UPDATE ${table} SET "deletedAt" = NULL, "updatedAt" = ${given('now')} WHERE ${columnOf(entity, 'id')} = ${given('id')} RETURNING ${afterSql(collection)}`,
  )
  const [restored] = await run(runner, plan, slotsOf(caller, { id, now: caller.now }))
  if (!restored) return undefined
  const written = afterOf(collection, restored)
  await emit(tx, entity, caller, id, [`${entity.name}.restored`], undefined, written.snapshot)
  const takeBack = async (row: Touched): Promise<void> => {
    const after = await mark(tx, collection, caller, row, 'restore', caller.now)
    await emit(tx, row.entity, caller, row.id, [`${row.entity.name}.restored`], undefined, after)
  }
  const cascade = await cascadeOf(tx, collection, caller, id, { kind: 'restore', at: String(deleted[0]), takeBack })
  return 'blocked' in cascade ? cascade : written
}
