// Decides whether a caller may do something with a row, without doing it.

import { type Context, identifier, joinSql, sql } from '../../../expr/index.ts'
import type { Rule } from '../../truth/app.ts'
import { type Caller, contextOf, type Given, slotsOf } from './caller.ts'
import {
  type Assignments,
  type Named,
  rowsAfter,
  shapeOf,
  slotName,
  storedNames,
  storedSlots,
  type Values,
} from './change.ts'
import { type Collection, given } from './collection.ts'
import { allHold, columnOf } from './guard.ts'
import { type Runner, run } from './plan.ts'

export type Verdict =
  /** `seen` is the stored row that was asked about, as events tell it. */
  | { readonly is: 'allowed'; readonly seen: string | undefined }
  | { readonly is: 'missing' }
  /** `rule` is the one that did not hold, and `evaluated` what it was asked of, where it is known. */
  | {
      readonly is: 'denied'
      readonly name: string
      readonly rule?: Rule | undefined
      readonly evaluated?: (() => Context) | undefined
    }

const allowed = (seen?: string): Verdict => ({ is: 'allowed', seen })
const denied = ({ name, rule }: Named, evaluated?: () => Context): Verdict => ({ is: 'denied', name, rule, evaluated })

/** Decides on a row that is about to be stored; every field is in `values`, as it would be. */
export async function mayCreate(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  values: Values,
  rules: readonly Named[],
): Promise<Verdict> {
  // PERF: most create rules look at the user only; a closure decides them, without a statement and without the row.
  const readsRow = rules.some(({ rule }) => rule?.readsRow)
  const row = readsRow ? Object.fromEntries(values) : {}
  const inDatabase: Named[] = []
  for (const named of rules) {
    if (!named.rule) return denied(named)
    if (named.rule.followsRelations) inDatabase.push(named)
    else if (!named.rule.expression.evaluate(contextOf(caller, row, row)))
      return denied(named, () => contextOf(caller, row, row))
  }
  if (inDatabase.length === 0) return allowed()
  const names = storedNames(collection, values)
  const plan = collection.plan(
    `may-create ${names.join()} ${inDatabase.map(({ name }) => name).join()}`,
    () => {
      const columns = names.map((name) => sql`${given(slotName(name))} AS ${identifier(name)}`)
      const flags = inDatabase.map(({ rule }) => sql`(${allHold([rule])}) IS TRUE`)
      return sql`SELECT ${joinSql(flags, ', ')} FROM (SELECT ${joinSql(columns, ', ')}) AS ${collection.table}`
    },
    { single: true },
  )
  const [flags] = await run(runner, plan, slotsOf(caller, storedSlots(collection, values)))
  const refused = inDatabase.find((_, index) => flags?.[index] !== 1)
  return refused ? denied(refused) : allowed()
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
  const plan = collection.plan(
    `may ${shapeOf(rules, assignments, names)}`,
    () => {
      const rows = rowsAfter(collection, names, assignments)
      const flags = rules.map(({ rule }) => sql`(${allHold([rule], rows)}) IS TRUE`)
      return sql`SELECT ${joinSql([collection.snapshot, ...flags], ', ')} FROM ${collection.table} WHERE ${columnOf(collection.entity, 'id')} = ${given('id')} AND (${collection.readable})`
    },
    { single: true },
  )
  const slots = slotsOf(caller, Object.assign(storedSlots(collection, assignments.values), { id }), assignments.input)
  const [flags] = await run(runner, plan, slots)
  if (!flags) return { is: 'missing' }
  if (rules.length === 0) return denied({ name: '', rule: undefined })
  const refused = rules.find((_, index) => flags[index + 1] !== 1)
  const seen = String(flags[0])
  if (!refused) return allowed(seen)
  return denied(refused, () => {
    const row = JSON.parse(seen) as Given
    const next = { ...row, ...Object.fromEntries(assignments.values) }
    return { ...contextOf(caller, row, next), input: assignments.input }
  })
}
