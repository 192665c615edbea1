// Counts and sums over the rows that the caller may read, and over no others.

import { joinSql, type Sql, sql } from '../../../expr/index.ts'
import type { Field } from '../../truth/app.ts'
import { type Caller, type Given, reachOf, slotsOf } from './caller.ts'
import { type Collection, given } from './collection.ts'
import { columnOf, presence } from './guard.ts'
import { type Runner, run } from './plan.ts'
import { objectJson, valueJson } from './row-json.ts'

export type Measure = 'sum' | 'avg' | 'min' | 'max'

export type AggregateQuery = {
  /** Tells statements of different shape apart. */
  readonly shape: string
  readonly conditions: readonly Sql[]
  readonly given: Given
  readonly group: readonly Field[]
  readonly measures: ReadonlyMap<Measure, readonly Field[]>
  /** How many groups are written. */
  readonly limit: number
}

/** Sums are REALs, as whole numbers can sum up to more than SQLite adds. */
const measured: Readonly<Record<Measure, (field: Field, column: Sql) => Sql>> = {
  sum: (_, column) => valueJson({ type: 'number', many: false }, sql`total(${column})`),
  avg: (_, column) => valueJson({ type: 'number', many: false }, sql`avg(${column})`),
  min: (field, column) => valueJson(field, sql`min(${column})`),
  max: (field, column) => valueJson(field, sql`max(${column})`),
}

function aggregateSql({ entity, table, readable }: Collection, reach: 'all' | 'some', query: AggregateQuery): Sql {
  const column = (field: Field): Sql => columnOf(entity, field.name)
  const values = (fields: readonly Field[], json: (field: Field) => Sql): Sql =>
    objectJson(fields.map((field) => ({ name: field.name, json: json(field) })))
  const members = [
    ...(query.group.length > 0
      ? [{ name: 'group', json: values(query.group, (field) => valueJson(field, column(field))) }]
      : []),
    { name: 'count', json: sql`count(*)` },
    ...[...query.measures].map(([name, fields]) => ({
      name,
      json: values(fields, (field) => measured[name](field, column(field))),
    })),
  ]
  const guard = reach === 'all' ? presence(entity) : readable
  const where = [sql`(${guard})`, ...query.conditions.map((condition) => sql`(${condition})`)]
  const rows = sql`SELECT ${objectJson(members)} FROM ${table} WHERE ${joinSql(where, ' AND ')}`
  if (query.group.length === 0) return sql`${rows} LIMIT ${given('limit')}`
  const groups = joinSql(query.group.map(column), ', ')
  return sql`${rows} GROUP BY ${groups} ORDER BY ${groups} LIMIT ${given('limit')}`
}

/** Each group as JSON text, in the order of what it is grouped by; a single one without `group`. */
export async function aggregateRows(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  query: AggregateQuery,
): Promise<readonly string[]> {
  const rule = reachOf(collection.entity.permissions.get('read'), caller)
  // Whoever may read nothing gets a count of nothing, from the same statement as those who may read some.
  const reach = rule === 'all' ? 'all' : 'some'
  const plan = collection.plan(`aggregate ${reach} ${query.shape}`, () => aggregateSql(collection, reach, query), {
    long: true,
    kept: true,
  })
  const rows = await run(runner, plan, slotsOf(caller, { ...query.given, limit: query.limit }))
  return rows.map(([row]) => String(row))
}
