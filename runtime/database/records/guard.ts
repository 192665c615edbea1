// Rules as SQL conditions on a row. What is not granted is denied: an absent rule is the condition `0`.

import type { RowSql, Seen, SqlOptions } from '../../../expr/index.ts'
import { identifier, type Sql, sql } from '../../../expr/index.ts'
import type { App, Entity, Field, Rule } from '../../truth/app.ts'

/** The column of a field, as `"Task"."title"`. */
export const columnOf = (entity: Entity, field: string): Sql => sql`${identifier(entity.table)}.${identifier(field)}`

/** How the rows that a rule speaks of are written; the entity's own table where nothing is said. */
export type RuleRows = Pick<SqlOptions, 'entity' | 'next'>

/** Holds where every one of the rules does; never, when there are none. */
export function allHold(rules: readonly (Rule | undefined)[], rows: RuleRows = {}): Sql {
  if (rules.length === 0) return sql`0`
  const conditions = rules.map((rule) => (rule ? rule.expression.toSql({ mode: 'decision', ...rows }) : sql`0`))
  return conditions.reduce((all, one) => sql`(${all}) AND (${one})`)
}

/** Whether the row exists for its reader: its `read` rule holds, and it was not softly deleted. */
export function readGuard(entity: Entity, row: RowSql = (field) => columnOf(entity, field)): Sql {
  const allowed = allHold([entity.permissions.get('read')], { entity: row })
  return entity.softDelete ? sql`${presence(entity, row)} AND (${allowed})` : allowed
}

/** Whether a row that a field leads to exists for its reader, and tells them so where the field only mirrors its own. */
export function linkGuard(target: Entity, { mirrored }: Field, row: RowSql): Sql {
  const guard = readGuard(target, row)
  return mirrored ? sql`(${guard}) AND (${allHold([mirrored], { entity: row })})` : guard
}

/** What the reader of rows may see of others, for what is worked out from them. */
export const seenBy = (app: App): Seen => ({
  row: (entity, row) => allHold([app.entities.get(entity)?.permissions.get('read')], { entity: row }),
  field: (entity, field, row) => {
    const read = app.entities.get(entity)?.fields.get(field)?.read
    return read && allHold([read], { entity: row })
  },
})

/** Whether the row is there at all: for a reader to whom the `read` rule grants every row. */
export const presence = (entity: Entity, row: RowSql = (field) => columnOf(entity, field)): Sql =>
  entity.softDelete ? sql`${row('deletedAt')} IS NULL` : sql`1`

/** Whether the row was deleted softly and may be restored: it could be read and deleted. */
export const restorable = (entity: Entity): Sql =>
  sql`${columnOf(entity, 'deletedAt')} IS NOT NULL AND (${allHold(['read', 'delete'].map((name) => entity.permissions.get(name)))})`

/** A join table as seen from one side. */
export type Links = { readonly name: string; readonly near: 'source' | 'target'; readonly far: 'source' | 'target' }

/** Where a many-to-many relation is stored; undefined for the other side of a to-one relation. */
export function joinTableOf(app: App, entity: Entity, field: Field): Links | undefined {
  if (!field.relation || !field.many) return undefined
  const { to, inverse } = field.relation
  if (inverse === undefined) return { name: `${entity.table}.${field.name}`, near: 'source', far: 'target' }
  const target = app.entities.get(to)
  return target?.fields.get(inverse)?.many
    ? { name: `${target.table}.${inverse}`, near: 'target', far: 'source' }
    : undefined
}
