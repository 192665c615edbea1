// Reads rows, always through the caller's `read` rule. Rows come as JSON text, ready to be sent.

import { joinSql, type Sql, sql } from '../../../expr/index.ts'
import type { Entity } from '../../truth/app.ts'
import { type Caller, type Given, reachOf, slotsOf } from './caller.ts'
import { type Collection, given, oneSql } from './collection.ts'
import { columnOf, presence, restorable } from './guard.ts'
import { type Runner, run } from './plan.ts'
import { type Projection, projectedJson } from './projection.ts'
import { objectJson, storedMember } from './row-json.ts'

export type Order = {
  readonly field: string
  readonly descending: boolean
  /** What `field` stands for where it is no column of the row itself. No cursor leads behind such a row. */
  readonly by?: () => Sql
}

export type CursorValue = string | number | null

export type ListQuery = {
  /** Tells statements of different shape apart: everything but the values. */
  readonly shape: string
  readonly conditions: readonly Sql[]
  /** Instead of the rows that are there, those that were deleted softly and that the caller may restore. */
  readonly deleted?: boolean
  /** Values of the conditions' own slots. */
  readonly given: Given
  readonly order: readonly Order[]
  readonly limit: number
  /** The last row of the page before: the values it was sorted by. */
  readonly after?: readonly CursorValue[]
  readonly offset: number
  /** What to write of each row, where it is not the plain whole. */
  readonly projection?: Projection
}

export type Page = { readonly rows: readonly string[]; readonly next?: readonly CursorValue[] }

/** The row as JSON text; undefined when it is not there or may not be read. */
export async function readOne(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  id: string,
  projection?: Projection,
): Promise<string | undefined> {
  const plan = projection
    ? collection.plan(`one ${projection.key}`, () => oneSql(collection, projectedJson(collection, projection)), {
        single: true,
      })
    : collection.one
  const rows = await run(runner, plan, slotsOf(caller, { id }))
  return rows[0]?.[0] as string | undefined
}

/** Rows after the cursor: greater in the first field that differs. Missing values sort first, as SQLite has it. */
function afterCursor(collection: Collection, order: readonly Order[], values: readonly CursorValue[]): Sql {
  const alternatives = order.map(({ field, descending }, index) => {
    const equal = order
      .slice(0, index)
      .map((one, at) => sql`${columnOf(collection.entity, one.field)} IS ${given(`after${at}`)}`)
    const column = columnOf(collection.entity, field)
    const slot = given(`after${index}`)
    const missing = values[index] === null
    const beyond = descending
      ? missing
        ? sql`0`
        : sql`(${column} < ${slot} OR ${column} IS NULL)`
      : missing
        ? sql`${column} IS NOT NULL`
        : sql`${column} > ${slot}`
    return joinSql([...equal, beyond], ' AND ')
  })
  return sql`((${joinSql(alternatives, ') OR (')}))`
}

/** The rows of a query: those that its conditions pick out of what the caller may read. */
function conditionsOf(
  collection: Collection,
  reach: 'all' | 'some',
  query: Pick<ListQuery, 'conditions' | 'deleted'>,
): Sql[] {
  const { entity, readable } = collection
  // PERF: somebody who may read every row pays for no permission.
  const guard = query.deleted ? restorable(entity) : reach === 'all' ? presence(entity) : readable
  return [sql`(${guard})`, ...query.conditions.map((condition) => sql`(${condition})`)]
}

function listSql(collection: Collection, reach: 'all' | 'some', query: ListQuery): Sql {
  const { entity, table } = collection
  // A projection may lack what the row was sorted by, so that comes along after a character that JSON never holds.
  const visible = query.projection
    ? sql`${projectedJson(collection, query.projection)} || char(31) || ${sortedJson(entity, query.order)}`
    : collection.visible
  const order = query.order.map(
    ({ field, descending, by }) => sql`${by ? by() : columnOf(entity, field)}${{ parts: [descending ? ' DESC' : ''] }}`,
  )
  const conditions = conditionsOf(collection, reach, query)
  if (query.after) conditions.push(afterCursor(collection, query.order, query.after))
  const rows = sql`SELECT ${visible} AS "row" FROM ${table} WHERE ${joinSql(conditions, ' AND ')} ORDER BY ${joinSql(order, ', ')} LIMIT ${given('limit')} OFFSET ${given('offset')}`
  return sql`SELECT group_concat("row", char(30)) FROM (${rows})`
}

function sortedJson(entity: Entity, order: readonly Order[]): Sql {
  const fields = order.flatMap(({ field }) => entity.fields.get(field) ?? [])
  return objectJson(fields.map((field) => storedMember(field, columnOf(entity, field.name))))
}

/** What a row was sorted by, as its column holds it. Whoever names a field in a sort order may see it in every row. */
function cursorOf(row: string, order: readonly Order[]): readonly CursorValue[] {
  // PERF: most lists are in the order of `id`, the first that a row tells.
  const id = order.length === 1 ? /^\{"id":("[^"\\]*")/.exec(row)?.[1] : undefined
  if (id !== undefined) return [JSON.parse(id)]
  const values = JSON.parse(row) as { readonly [field: string]: string | number | boolean | null }
  return order.map(({ field }) => {
    const value = values[field] ?? null
    return typeof value === 'boolean' ? Number(value) : value
  })
}

/**
 * Whether a list may look at more rows than it tells. A plain one takes them in the order in which they lie, and a rule
 * that looks at the row alone has its index.
 */
const mayTakeLong = (
  { entity }: Collection,
  reach: 'all' | 'some',
  { conditions, order, deleted }: ListQuery,
): boolean =>
  conditions.length > 0 ||
  deleted === true ||
  order.length > 1 ||
  (reach === 'some' && entity.permissions.get('read')?.followsRelations === true)

/** A page of rows. `order` must end in `id`, so that no two rows tie. */
export async function readList(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  query: ListQuery,
): Promise<Page> {
  const reach = reachOf(collection.entity.permissions.get('read'), caller)
  if (reach === 'none') return { rows: [] }
  const nulls = query.after?.map((value) => (value === null ? 'n' : 'v')).join('') ?? ''
  const order = query.order.map(({ field, descending }) => (descending ? `-${field}` : field)).join()
  const look = query.projection?.key ?? ''
  const plan = collection.plan(
    `list ${reach} ${query.deleted ?? false} ${order} ${nulls} ${look} ${query.shape}`,
    () => listSql(collection, reach, query),
    { single: true, long: mayTakeLong(collection, reach, query), kept: true },
  )
  const after = query.after && Object.fromEntries(query.after.map((value, index) => [`after${index}`, value]))
  const slots = slotsOf(caller, Object.assign({ limit: query.limit + 1, offset: query.offset }, query.given, after))
  // PERF: a page comes as one text (22 µs against 36 for its rows one by one); JSON never holds U+001E as it is.
  const [found] = await run(runner, plan, slots)
  const texts = typeof found?.[0] === 'string' ? found[0].split('\u001e') : []
  const rows = query.projection ? texts.map((text) => text.slice(0, text.indexOf('\u001f'))) : texts
  if (rows.length <= query.limit) return { rows }
  const last = texts[query.limit - 1] ?? 'null'
  const sorted = query.projection ? last.slice(last.indexOf('\u001f') + 1) : last
  return { rows: rows.slice(0, query.limit), next: cursorOf(sorted, query.order) }
}

/** How many rows the caller may read that meet the conditions. */
export async function countRows(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  query: ListQuery,
): Promise<number> {
  const reach = reachOf(collection.entity.permissions.get('read'), caller)
  if (reach === 'none') return 0
  const plan = collection.plan(
    `count ${reach} ${query.deleted ?? false} ${query.shape}`,
    () => {
      const conditions = conditionsOf(collection, reach, query)
      return sql`SELECT count(*) FROM ${collection.table} WHERE ${joinSql(conditions, ' AND ')}`
    },
    { single: true, long: true, kept: true },
  )
  const rows = await run(runner, plan, slotsOf(caller, query.given))
  return Number(rows[0]?.[0] ?? 0)
}
