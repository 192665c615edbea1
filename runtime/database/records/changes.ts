// What happened to an entity's rows, out of the outbox, as far as a caller may know of it. A row is told as it is now,
// and only to whoever may read it now: what it once was, and what its relations once were, is not for those to learn who
// come later.

import { identifier, joinSql, type Sql, sql } from '../../../expr/index.ts'
import type { Entity } from '../../truth/app.ts'
import { type RowEvent, rowEvents } from '../../truth/row-events.ts'
import { statement } from '../database.ts'
import { type Caller, reachOf, slotsOf } from './caller.ts'
import { type Collection, given } from './collection.ts'
import { columnOf } from './guard.ts'
import { type Runner, run } from './plan.ts'
import type { ListQuery } from './read.ts'
import { isStored, valueFromJson } from './row-json.ts'

export type Change = {
  /** Its place in the outbox: greater than that of every change committed before. */
  readonly at: number
  readonly kind: RowEvent
  readonly id: string
  /**
   * Whether the caller could read the row before, and it met the conditions; undefined where that hangs on other rows,
   * which may have been others then.
   */
  readonly before: boolean | undefined
  /** The row as the caller sees it now; undefined when it is gone, may not be read or does not meet the conditions. */
  readonly after: string | undefined
}

export type ChangeQuery = Pick<ListQuery, 'shape' | 'conditions' | 'given'> & {
  /** Whether a condition looks at other rows. */
  readonly followsRelations: boolean
}

const kinds = rowEvents({ softDelete: true })

const entry = identifier('@entry')

/** The row before a change, under its table's name, made of the values that the event tells of it. */
function rowBefore(entity: Entity): Sql {
  const columns = [...entity.fields.values()].filter(isStored).map((field) => {
    const value = field.secret ? sql`NULL` : valueFromJson(field, sql`${entry}."payload"`, ['before', field.name])
    return sql`${value} AS ${identifier(field.name)}`
  })
  // A row that was deleted softly has no event until it is restored.
  const all = entity.softDelete ? [...columns, sql`NULL AS "deletedAt"`] : columns
  return sql`(SELECT ${joinSql(all, ', ')}) AS ${identifier(entity.table)}`
}

const looksElsewhere = ({ entity }: Collection, query: ChangeQuery): boolean =>
  query.followsRelations || entity.permissions.get('read')?.followsRelations === true

function changesSql(collection: Collection, query: ChangeQuery): Sql {
  const { entity, table, readable, visible } = collection
  const holds = joinSql(
    [readable, ...query.conditions].map((condition) => sql`(${condition})`),
    ' AND ',
  )
  const was = looksElsewhere(collection, query)
    ? sql`NULL`
    : sql`CASE WHEN json_type(${entry}."payload", '$.before') = 'object' THEN (SELECT (${holds}) IS TRUE FROM ${rowBefore(entity)}) ELSE 0 END`
  const is = sql`(SELECT ${visible} FROM ${table} WHERE ${columnOf(entity, 'id')} = ${entry}."row" AND ${holds})`
  const names = kinds.map((kind) => given(kind))
  return sql`SELECT ${entry}."id", ${entry}."name", ${entry}."row", ${was}, ${is} FROM "_truth_outbox" AS ${entry} WHERE ${entry}."id" > ${given('since')} AND ${entry}."id" <= ${given('until')} AND ${entry}."entity" = ${given('entity')} AND ${entry}."name" IN (${joinSql(names, ', ')}) ORDER BY ${entry}."id" LIMIT ${given('limit')}`
}

/** The changes after `since` up to `until`, at most `limit` of them, in the order in which they were committed. */
export async function readChanges(
  runner: Runner,
  collection: Collection,
  caller: Caller,
  query: ChangeQuery,
  range: { readonly since: number; readonly until: number; readonly limit: number },
): Promise<readonly Change[]> {
  const { entity } = collection
  if (reachOf(entity.permissions.get('read'), caller) === 'none') return []
  const plan = collection.plan(`changes ${query.shape}`, () => changesSql(collection, query), {
    long: query.followsRelations,
  })
  const names = Object.fromEntries(kinds.map((kind) => [kind, `${entity.name}.${kind}`]))
  const rows = await run(runner, plan, slotsOf(caller, { ...query.given, ...names, ...range, entity: entity.name }))
  return rows.map(([at, name, id, before, after]) => ({
    at: Number(at),
    kind: kinds.find((kind) => String(name).endsWith(`.${kind}`)) ?? 'updated',
    id: String(id),
    before: before === null ? undefined : before === 1,
    after: typeof after === 'string' ? after : undefined,
  }))
}

const places = statement(
  `SELECT (SELECT max("id") FROM "_truth_outbox"), (SELECT "value" FROM "_truth_meta" WHERE "key" = 'outbox'), (SELECT min("id") FROM "_truth_outbox")`,
)

/**
 * The place of the last change of all, and the first place behind which every change is there and can be told: none was
 * swept away, and none is of a row as it was called before a migration. 0 when there was no change.
 */
export async function changePlaces(runner: Runner): Promise<{ readonly last: number; readonly first: number }> {
  const [found] = await runner(places, [])
  const [last, schema, oldest] = [0, 1, 2].map((at) => Number(found?.[at] ?? 0))
  return { last: last ?? 0, first: Math.max(schema ?? 0, (oldest ?? 0) - 1) }
}
