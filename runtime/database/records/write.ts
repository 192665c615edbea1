// Writes rows, always through the rules that allow it: the guard is part of the statement that writes, and a refused
// write changes nothing. Events go to the outbox in the same transaction.

import { identifier, joinSql, type Sql, sql } from '../../../expr/index.ts'
import type { Entity } from '../../truth/app.ts'
import type { Row, Transaction } from '../database.ts'
import { appendEvent } from '../outbox.ts'
import { type Caller, type Given, slotsOf } from './caller.ts'
import { type Blocked, cascadeOf, mark, touch } from './cascade.ts'
import {
  type Assignments,
  isLinkChange,
  type Named,
  rowsAfter,
  runnerOf,
  shapeOf,
  slotName,
  storedNames,
  storedSlots,
  type Values,
} from './change.ts'
import { type Collection, given } from './collection.ts'
import { allHold, columnOf, joinTableOf, readGuard } from './guard.ts'
import { run } from './plan.ts'
import { signOut } from './sign-out.ts'

/** What was written; `row` is absent when the caller may not read it. */
export type Written = {
  readonly row: string | undefined
  /** The whole of it, as JSON. */
  readonly snapshot: string
}

/** The row after a write, as the caller may see it and as events tell it. */
type After = { readonly row: string | undefined; readonly snapshot: string }

// PERF: where readers see every field, both are the same text, and it is written once.
export const afterSql = ({ readable, visible, snapshot, allVisible }: Collection): Sql =>
  allVisible ? sql`(${readable}) IS TRUE, ${snapshot}` : sql`CASE WHEN (${readable}) THEN ${visible} END, ${snapshot}`

export function afterOf({ allVisible }: Collection, found: Row | undefined): After {
  const snapshot = String(found?.[1] ?? 'null')
  const row = allVisible ? (found?.[0] === 1 ? snapshot : null) : (found?.[0] as string | null | undefined)
  return { row: row ?? undefined, snapshot }
}

/** What the write returned, read again where links were written after it. */
async function rowAfter(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  returned: Row | undefined,
  linked: boolean,
): Promise<After> {
  if (!linked) return afterOf(collection, returned)
  const plan = collection.plan(
    'after',
    () =>
      sql`SELECT ${afterSql(collection)} FROM ${collection.table} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')}`,
    { single: true },
  )
  const [found] = await run(runnerOf(tx), plan, slotsOf(caller, { id }))
  return afterOf(collection, found)
}

export async function snapshotOf(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
): Promise<string | undefined> {
  const plan = collection.plan(
    'snapshot',
    () =>
      sql`SELECT ${collection.snapshot} FROM ${collection.table} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')}`,
    { single: true },
  )
  const [found] = await run(runnerOf(tx), plan, slotsOf(caller, { id }))
  return found?.[0] as string | undefined
}

/** The rows on the other side of a relation that the caller may read, by their ids. */
function readableIds({ app }: Collection, entity: string): Sql {
  const target = app.entities.get(entity)
  if (!target) return sql`SELECT NULL`
  return sql`SELECT ${columnOf(target, 'id')} FROM ${identifier(target.table)} WHERE ${readGuard(target)}`
}

/**
 * Writes the links of many-to-many relations that the caller may see: all of them, or those to add and to remove;
 * whether there were any to write. Those to other rows stay: who writes back what they read must not take away what was
 * never shown to them.
 */
async function writeLinks(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  values: Values,
): Promise<boolean> {
  let linked = false
  for (const [name, value] of values) {
    const field = collection.entity.fields.get(name)
    const links = field && joinTableOf(collection.app, collection.entity, field)
    if (!links) continue
    linked = true
    const table = identifier(links.name)
    const near = identifier(links.near)
    const clear = collection.plan(
      `unlink ${name}`,
      () =>
        sql`DELETE FROM ${table} WHERE ${near} = ${given('id')} AND (${given('removed')} IS NULL OR ${identifier(links.far)} IN (SELECT value FROM json_each(${given('removed')}))) AND ${identifier(links.far)} IN (${readableIds(collection, field.relation?.to ?? '')})`,
    )
    const change = isLinkChange(value) ? value : undefined
    const removed = change ? JSON.stringify(change.remove) : null
    await run(runnerOf(tx), clear, slotsOf(caller, { id, removed }))
    const link = collection.plan(
      `link ${name}`,
      () =>
        sql`INSERT INTO ${table} (${near}, ${identifier(links.far)}) VALUES (${given('id')}, ${given('other')}) ON CONFLICT DO NOTHING`,
    )
    for (const other of new Set(change?.add ?? (Array.isArray(value) ? value : [])))
      await run(runnerOf(tx), link, slotsOf(caller, { id, other }))
  }
  return linked
}

/** Stores a new row that `mayCreate` allowed in this transaction. */
export async function insertRow(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  values: Values,
): Promise<Written> {
  const names = storedNames(collection, values)
  const plan = collection.plan(
    `insert ${names.join()}`,
    () => {
      const columns = joinSql(
        names.map((name) => identifier(name)),
        ', ',
      )
      return sql`INSERT INTO ${collection.table} (${columns}) VALUES (${joinSql(
        names.map((name) => given(slotName(name))),
        ', ',
      )}) RETURNING ${afterSql(collection)}`
    },
    { single: true },
  )
  const [made] = await run(runnerOf(tx), plan, slotsOf(caller, storedSlots(collection, values)))
  const linked = await writeLinks(tx, collection, caller, id, values)
  const { row, snapshot } = await rowAfter(tx, collection, caller, id, made, linked)
  await emit(tx, collection.entity, caller, id, [`${collection.entity.name}.created`], undefined, snapshot)
  return { row, snapshot }
}

/**
 * Changes a row where all rules hold; undefined when they do not (any more). `seen` is the row as it was a moment ago,
 * which mostly is what it still is.
 */
export async function updateRow(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  rules: readonly Named[],
  assignments: Assignments,
  events: readonly string[],
  seen: string | undefined,
): Promise<Written | undefined> {
  const { values, expressions } = assignments
  const names = storedNames(collection, values)
  const plan = collection.plan(
    `update ${shapeOf(rules, assignments, names)}`,
    () => {
      const sets = [
        ...names.map((name) => sql`${identifier(name)} = ${given(slotName(name))}`),
        ...[...expressions].map(([name, value]) => sql`${identifier(name)} = ${value}`),
        sql`"updatedAt" = ${given('now')}`,
      ]
      const guard = allHold(
        rules.map(({ rule }) => rule),
        rowsAfter(collection, names, assignments),
      )
      return sql`UPDATE ${collection.table} SET ${joinSql(sets, ', ')} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')} AND (${collection.readable}) AND (${guard}) AND ${collection.snapshot} = ${given('before')} RETURNING ${afterSql(collection)}`
    },
    { single: true },
  )
  const write = async (before: string): Promise<Row | undefined> => {
    const slots = Object.assign(storedSlots(collection, values), { id, now: caller.now, before })
    return (await run(runnerOf(tx), plan, slotsOf(caller, slots, assignments.input)))[0]
  }
  // PERF: the row was read when its rules were asked; it is read again only where somebody else changed it since.
  let previous = seen
  let changed = previous === undefined ? undefined : await write(previous)
  if (!changed) {
    const now = await snapshotOf(tx, collection, caller, id)
    if (now === undefined || now === previous) return undefined
    previous = now
    changed = await write(now)
  }
  if (!changed) return undefined
  const linked = await writeLinks(tx, collection, caller, id, values)
  const { row, snapshot } = await rowAfter(tx, collection, caller, id, changed, linked)
  await emit(tx, collection.entity, caller, id, [`${collection.entity.name}.updated`, ...events], previous, snapshot)
  return { row, snapshot }
}

/**
 * Deletes a row where all rules hold, softly where the entity says so, and what goes with it; false when they do not
 * (any more).
 */
export async function deleteRow(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  rules: readonly Named[],
  events: readonly string[],
  input: Given,
): Promise<boolean | Blocked> {
  const previous = await snapshotOf(tx, collection, caller, id)
  const soft = collection.entity.softDelete
  const cascade = await cascadeOf(tx, collection, caller, id, { kind: soft ? 'soft' : 'delete' })
  if ('blocked' in cascade) return cascade
  const plan = collection.plan(
    `delete ${rules.map(({ name }) => name).join()}`,
    () => {
      const where = sql`${columnOf(collection.entity, 'id')} = ${given('id')} AND (${collection.readable}) AND (${allHold(rules.map(({ rule }) => rule))})`
      return soft
        ? sql`UPDATE ${collection.table} SET "deletedAt" = ${given('at')} WHERE ${where} RETURNING 1`
        : sql`DELETE FROM ${collection.table} WHERE ${where} RETURNING 1`
    },
    { single: true },
  )
  const gone = await run(runnerOf(tx), plan, slotsOf(caller, { id, ...(soft && { at: cascade.at }) }, input))
  if (gone.length === 0) return false
  if (soft) await signOut(tx, collection.app, [{ entity: collection.entity, id }, ...cascade.gone])
  for (const row of cascade.gone) {
    if (soft) await mark(tx, collection, caller, row, 'soft', cascade.at)
    await emit(tx, row.entity, caller, row.id, [`${row.entity.name}.deleted`], row.before, undefined)
  }
  for (const row of cascade.loosened) {
    const after = await touch(tx, collection, caller, row)
    await emit(tx, row.entity, caller, row.id, [`${row.entity.name}.updated`], row.before, after)
  }
  await emit(tx, collection.entity, caller, id, [`${collection.entity.name}.deleted`, ...events], previous, undefined)
  return true
}

export async function emit(
  tx: Transaction,
  { name: entity }: Entity,
  caller: Caller,
  row: string,
  names: readonly string[],
  before: string | undefined,
  after: string | undefined,
): Promise<void> {
  const user = caller.user?.id ?? null
  for (const name of names) {
    await appendEvent(tx, { name, entity, row, at: caller.now, user, before: before ?? null, after: after ?? null })
  }
}
