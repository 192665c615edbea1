// Writes rows, always through the rules that allow it: the guard is part of the statement that writes, and a refused
// write changes nothing. Events go to the outbox in the same transaction.

import { identifier, joinSql, type Sql, sql } from '../../../expr/index.ts'
import type { Field, Rule } from '../../truth/app.ts'
import type { Transaction } from '../database.ts'
import { appendEvent } from '../outbox.ts'
import { type Caller, contextOf, type Given, slotsOf } from './caller.ts'
import { type Collection, given } from './collection.ts'
import { allHold, columnOf, joinTableOf, type RuleRows } from './guard.ts'
import { type Runner, run } from './plan.ts'
import { isStored } from './row-json.ts'

export type Values = ReadonlyMap<string, unknown>

/** A rule that must hold, with the name to refuse by: an action, a behavior or a field. */
export type Named = { readonly name: string; readonly rule: Rule | undefined }

export type Verdict =
  | { readonly is: 'allowed' }
  | { readonly is: 'missing' }
  | { readonly is: 'denied'; readonly name: string }

/** What a change assigns: values by slot, or SQL over the row and the input. `key` names the shape of the latter. */
export type Assignments = {
  readonly values: Values
  readonly expressions: ReadonlyMap<string, Sql>
  readonly key: string
  readonly input: Given
}

/** What was written; `row` is absent when the caller may not read it. */
export type Written = { readonly row: string | undefined }

const slotName = (field: string): string => `set.${field}`

/** A value as its column holds it. */
export function stored(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null
  return field.type === 'json' || field.many ? JSON.stringify(value) : value
}

function storedSlots(collection: Collection, values: Values): Given {
  const slots: Record<string, unknown> = {}
  for (const [name, value] of values) {
    const field = collection.entity.fields.get(name)
    if (field && isStored(field)) slots[slotName(name)] = stored(field, value)
  }
  return slots
}

const storedNames = (collection: Collection, values: Values): string[] =>
  [...values.keys()].filter((name) => {
    const field = collection.entity.fields.get(name)
    return field !== undefined && isStored(field)
  })

const denied = (name: string): Verdict => ({ is: 'denied', name })

/** Decides on a row that is about to be stored; every field is in `values`, as it would be. */
export async function mayCreate(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  values: Values,
  rules: readonly Named[],
): Promise<Verdict> {
  const row = Object.fromEntries(values)
  const inDatabase: Named[] = []
  for (const named of rules) {
    if (!named.rule) return denied(named.name)
    // PERF: most create rules look at the user only; a closure decides them without a statement.
    if (named.rule.followsRelations) inDatabase.push(named)
    else if (!named.rule.expression.evaluate({ ...contextOf(caller, row), next: row })) return denied(named.name)
  }
  if (inDatabase.length === 0) return { is: 'allowed' }
  const names = storedNames(collection, values)
  const plan = collection.plan(`may-create ${names.join()} ${inDatabase.map(({ name }) => name).join()}`, () => {
    const columns = names.map((name) => sql`${given(slotName(name))} AS ${identifier(name)}`)
    const flags = inDatabase.map(({ rule }) => sql`(${allHold([rule])}) IS TRUE`)
    return sql`SELECT ${joinSql(flags, ', ')} FROM (SELECT ${joinSql(columns, ', ')}) AS ${collection.table}`
  })
  const [flags] = await run(runner, plan, slotsOf(caller, storedSlots(collection, values)))
  const refused = inDatabase.find((_, index) => flags?.[index] !== 1)
  return refused ? denied(refused.name) : { is: 'allowed' }
}

/** Decides on a stored row, without changing it. */
export async function mayChange(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  id: string,
  rules: readonly Named[],
  assignments: Assignments,
): Promise<Verdict> {
  const names = storedNames(collection, assignments.values)
  const plan = collection.plan(`may ${shapeOf(rules, assignments, names)}`, () => {
    const rows = rowsAfter(collection, names, assignments)
    const flags = rules.map(({ rule }) => sql`(${allHold([rule], rows)}) IS TRUE`)
    return sql`SELECT ${joinSql([sql`1`, ...flags], ', ')} FROM ${collection.table} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')} AND (${collection.readable})`
  })
  const slots = slotsOf(caller, { ...storedSlots(collection, assignments.values), id }, assignments.input)
  const [flags] = await run(runner, plan, slots)
  if (!flags) return { is: 'missing' }
  if (rules.length === 0) return denied('')
  const refused = rules.find((_, index) => flags[index + 1] !== 1)
  return refused ? denied(refused.name) : { is: 'allowed' }
}

const shapeOf = (rules: readonly Named[], assignments: Assignments, names: readonly string[]): string =>
  `${assignments.key} ${names.join()} ${rules.map(({ name }) => name).join()}`

/** `next` is the new value where one is given, else the stored one. */
function rowsAfter(collection: Collection, changed: readonly string[], { expressions }: Assignments): RuleRows {
  return {
    next: (name) =>
      changed.includes(name) ? given(slotName(name)) : (expressions.get(name) ?? columnOf(collection.entity, name)),
  }
}

/** Nothing is assigned: for deleting, and for asking what may be done. */
export const noAssignments: Assignments = { values: new Map(), expressions: new Map(), key: '', input: {} }

async function rowAfter(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
): Promise<{ row: string | undefined; snapshot: string }> {
  const plan = collection.plan(
    'after',
    () =>
      sql`SELECT CASE WHEN (${collection.readable}) THEN ${collection.visible} END, ${collection.snapshot} FROM ${collection.table} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')}`,
  )
  const [found] = await run(runnerOf(tx), plan, slotsOf(caller, { id }))
  return { row: (found?.[0] as string | null | undefined) ?? undefined, snapshot: String(found?.[1] ?? 'null') }
}

async function snapshotOf(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
): Promise<string | undefined> {
  const plan = collection.plan(
    'snapshot',
    () =>
      sql`SELECT ${collection.snapshot} FROM ${collection.table} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')}`,
  )
  const [found] = await run(runnerOf(tx), plan, slotsOf(caller, { id }))
  return found?.[0] as string | undefined
}

export const runnerOf =
  (tx: Transaction): Runner =>
  async (statement, values) =>
    tx.run(statement, values)

/** Replaces the links of many-to-many relations. */
async function writeLinks(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  values: Values,
): Promise<void> {
  for (const [name, value] of values) {
    const field = collection.entity.fields.get(name)
    const links = field && joinTableOf(collection.app, collection.entity, field)
    if (!links) continue
    const table = identifier(links.name)
    const near = identifier(links.near)
    const clear = collection.plan(`unlink ${name}`, () => sql`DELETE FROM ${table} WHERE ${near} = ${given('id')}`)
    await run(runnerOf(tx), clear, slotsOf(caller, { id }))
    const link = collection.plan(
      `link ${name}`,
      () => sql`INSERT INTO ${table} (${near}, ${identifier(links.far)}) VALUES (${given('id')}, ${given('other')})`,
    )
    for (const other of new Set(Array.isArray(value) ? value : []))
      await run(runnerOf(tx), link, slotsOf(caller, { id, other }))
  }
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
  const plan = collection.plan(`insert ${names.join()}`, () => {
    const columns = joinSql(
      names.map((name) => identifier(name)),
      ', ',
    )
    return sql`INSERT INTO ${collection.table} (${columns}) VALUES (${joinSql(
      names.map((name) => given(slotName(name))),
      ', ',
    )})`
  })
  await run(runnerOf(tx), plan, slotsOf(caller, storedSlots(collection, values)))
  await writeLinks(tx, collection, caller, id, values)
  const { row, snapshot } = await rowAfter(tx, collection, caller, id)
  await emit(tx, collection, caller, id, [`${collection.entity.name}.created`], undefined, snapshot)
  return { row }
}

/** Changes a row where all rules hold; undefined when they do not (any more). */
export async function updateRow(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  rules: readonly Named[],
  assignments: Assignments,
  events: readonly string[],
): Promise<Written | undefined> {
  const previous = await snapshotOf(tx, collection, caller, id)
  const { values, expressions } = assignments
  const names = storedNames(collection, values)
  const plan = collection.plan(`update ${shapeOf(rules, assignments, names)}`, () => {
    const sets = [
      ...names.map((name) => sql`${identifier(name)} = ${given(slotName(name))}`),
      ...[...expressions].map(([name, value]) => sql`${identifier(name)} = ${value}`),
      sql`"updatedAt" = ${given('now')}`,
    ]
    const guard = allHold(
      rules.map(({ rule }) => rule),
      rowsAfter(collection, names, assignments),
    )
    return sql`UPDATE ${collection.table} SET ${joinSql(sets, ', ')} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')} AND (${collection.readable}) AND (${guard}) RETURNING 1`
  })
  const slots = slotsOf(caller, { ...storedSlots(collection, values), id, now: caller.now }, assignments.input)
  const changed = await run(runnerOf(tx), plan, slots)
  if (changed.length === 0) return undefined
  await writeLinks(tx, collection, caller, id, values)
  const { row, snapshot } = await rowAfter(tx, collection, caller, id)
  await emit(tx, collection, caller, id, [`${collection.entity.name}.updated`, ...events], previous, snapshot)
  return { row }
}

/** Deletes a row where all rules hold, softly where the entity says so; false when they do not (any more). */
export async function deleteRow(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  id: string,
  rules: readonly Named[],
  events: readonly string[],
  input: Given,
): Promise<boolean> {
  const previous = await snapshotOf(tx, collection, caller, id)
  const soft = collection.entity.softDelete
  const plan = collection.plan(`delete ${rules.map(({ name }) => name).join()}`, () => {
    const where = sql`${columnOf(collection.entity, 'id')} = ${given('id')} AND (${collection.readable}) AND (${allHold(rules.map(({ rule }) => rule))})`
    return soft
      ? sql`UPDATE ${collection.table} SET "deletedAt" = ${given('now')} WHERE ${where} RETURNING 1`
      : sql`DELETE FROM ${collection.table} WHERE ${where} RETURNING 1`
  })
  const gone = await run(runnerOf(tx), plan, slotsOf(caller, { id, ...(soft && { now: caller.now }) }, input))
  if (gone.length === 0) return false
  await emit(tx, collection, caller, id, [`${collection.entity.name}.deleted`, ...events], previous, undefined)
  return true
}

async function emit(
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  row: string,
  names: readonly string[],
  before: string | undefined,
  after: string | undefined,
): Promise<void> {
  const entity = collection.entity.name
  const user = caller.user?.id ?? null
  for (const name of names) {
    await appendEvent(tx, { name, entity, row, at: caller.now, user, before: before ?? null, after: after ?? null })
  }
}
