// Another look at a row than the plain whole: some of its fields, the rows that its relations lead to, and what the
// caller may do with it. All of it comes in the statement that reads the row, whatever is expanded.

import { identifier, type RowSql, type Sql, sql } from '../../../expr/index.ts'
import type { App, Entity, Field, Rule } from '../../truth/app.ts'
import type { Collection } from './collection.ts'
import { allHold, columnOf, joinTableOf, linkGuard } from './guard.ts'
import { type Member, objectJson, visibleMembers } from './row-json.ts'

/** The relations to expand, and those of the rows that they lead to. */
export type Expansion = ReadonlyMap<string, Expansion>

export type Projection = {
  /** Tells projections apart. */
  readonly key: string
  /** Absent for all of them. */
  readonly fields?: ReadonlySet<string>
  readonly expand: Expansion
  /** Whether `_can` is wanted. */
  readonly can: boolean
}

/** How many rows of a relation to many are expanded, the oldest first. */
const mostExpanded = 100

function canMember(entity: Entity): Member {
  const flag = (rules: readonly (Rule | undefined)[]): Sql =>
    sql`CASE WHEN (${allHold(rules)}) THEN 'true' ELSE 'false' END`
  const actions: Member[] = ['update', 'delete'].map((name) => ({ name, json: flag([entity.permissions.get(name)]) }))
  // What only the input decides is left to the behavior itself.
  for (const { name, offeredIf } of entity.behaviors.values()) actions.push({ name, json: flag(offeredIf) })
  return { name: '_can', json: objectJson(actions) }
}

function expandedJson(
  app: App,
  entity: Entity,
  field: Field,
  row: RowSql,
  inner: Expansion,
  depth: number,
): Sql | undefined {
  const target = app.entities.get(field.relation?.to ?? '')
  if (!target) return undefined
  const [at, link, one] = [`@to${depth}`, `@link${depth}`, `@one${depth}`].map(identifier) as [Sql, Sql, Sql]
  const there: RowSql = (name) => sql`${at}.${identifier(name)}`
  const members = visibleMembers(app, target, there, undefined, (next, its) => {
    const more = inner.get(next.name)
    return more && expandedJson(app, target, next, its, more, depth + 1)
  })
  const guard = sql`(${linkGuard(target, field, there)})`
  const table = identifier(target.table)
  if (!field.many)
    return sql`coalesce((SELECT ${objectJson(members)} FROM ${table} AS ${at} WHERE ${there('id')} = ${row(field.name)} AND ${guard}), 'null')`
  const links = joinTableOf(app, entity, field)
  const from = links
    ? sql`${identifier(links.name)} AS ${link} JOIN ${table} AS ${at} ON ${there('id')} = ${link}.${identifier(links.far)} WHERE ${link}.${identifier(links.near)} = ${row('id')}`
    : sql`${table} AS ${at} WHERE ${there(field.relation?.inverse ?? '')} = ${row('id')}`
  const most = { parts: [String(mostExpanded)] }
  return sql`(SELECT '[' || coalesce(group_concat(${one}."row", ','), '') || ']' FROM (SELECT ${objectJson(members)} AS "row" FROM ${from} AND ${guard} ORDER BY ${there('id')} LIMIT ${most}) AS ${one})`
}

/** A row as JSON text, as the projection wants it. */
export function projectedJson({ app, entity }: Collection, { fields, expand, can }: Projection): Sql {
  const wants = (name: string): boolean => fields === undefined || fields.has(name) || expand.has(name)
  const members = visibleMembers(
    app,
    entity,
    (name) => columnOf(entity, name),
    wants,
    (field, row) => {
      const inner = expand.get(field.name)
      return inner && expandedJson(app, entity, field, row, inner, 0)
    },
  )
  return objectJson(can ? [...members, canMember(entity)] : members)
}
