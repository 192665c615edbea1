// Rows in SQL: those in scope, those behind relations (sub-selects by id), those of collections.

import type { RelationFieldSchema } from '../schema.ts'
import { findField } from '../scope.ts'
import type { TypedCollection, TypedField, TypedRecord, TypedSlot } from '../tree.ts'
import type { Type } from '../types.ts'
import type { Compiler, RowSql, Seen } from './compiler.ts'
import { identifier, type ParameterType, type Sql, sql } from './sql.ts'

const columnsOf =
  (table: Sql): RowSql =>
  (field) =>
    sql`${table}.${identifier(field)}`

/** A row whose fields are missing where they may not be seen. */
export const seenRow =
  (seen: Seen | undefined, entity: string, row: RowSql): RowSql =>
  (field) => {
    const when = seen?.field(entity, field, row)
    return when ? sql`CASE WHEN ${when} THEN ${row(field)} END` : row(field)
  }

const kept = ['boolean', 'number', 'integer', 'date', 'datetime', 'list', 'json'] as const

/** How a bound value of a type is read. */
const parameterType = ({ kind }: Type): ParameterType => kept.find((one) => one === kind) ?? 'text'

const tableOf = ({ schema }: Compiler, entity: string): Sql => identifier(schema.entities.get(entity)?.table ?? entity)

const and = (condition: Sql | undefined): Sql => (condition ? sql` AND ${condition}` : sql``)

/** Leaves out rows that were deleted softly, and those that may not be seen. */
function present({ schema, seen }: Compiler, entity: string, row: RowSql): Sql {
  const isThere = schema.entities.get(entity)?.softDelete ? sql`${row('deletedAt')} IS NULL` : undefined
  return sql`${and(isThere)}${and(seen?.row(entity, row))}`
}

/** Leaves out the rows of a collection that its owner's field may not tell; `owner` is the id of the row that has it. */
function told(compiler: Compiler, { entity, field }: TypedCollection, owner: Sql): Sql {
  const alias = identifier('@owner')
  const row = columnsOf(alias)
  const when = compiler.seen?.field(entity, field, row)
  return and(
    when &&
      sql`EXISTS (SELECT 1 FROM ${tableOf(compiler, entity)} AS ${alias} WHERE ${row('id')} = ${owner}${and(when)})`,
  )
}

/** A field of a row in scope; undefined of a row that is behind a relation. */
function inScope(compiler: Compiler, object: TypedRecord, field: string, type: Type): Sql | undefined {
  if (object.kind === 'parameter') return compiler.parameters[object.index]!(field)
  if (object.kind !== 'row') return undefined
  if (object.root === 'user') return sql`${{ kind: 'user', field, type: parameterType(type) }}`
  return compiler.rows[object.root](field)
}

/** The id that a record stands for. */
export const idSql = (compiler: Compiler, node: TypedRecord): Sql =>
  inScope(compiler, node, 'id', node.type) ?? compiler.value(node)

/** A field of a record; the id of a related row is the relation's own value, so that row need not be looked up. */
export const fieldSql = (compiler: Compiler, { object, field, type }: TypedField): Sql =>
  inScope(compiler, object, field, type) ??
  (field === 'id'
    ? idSql(compiler, object)
    : lookUp(compiler, object, (row) => seenRow(compiler.seen, object.type.entity, row)(field)))

/** Something of a row that is behind a relation; NULL where there is none. */
function lookUp(compiler: Compiler, object: TypedRecord, pick: (row: RowSql) => Sql): Sql {
  const { entity } = object.type
  const alias = compiler.alias()
  const row = columnsOf(alias)
  return sql`(SELECT ${pick(row)} FROM ${tableOf(compiler, entity)} AS ${alias} WHERE ${row('id')} = ${idSql(compiler, object)}${present(compiler, entity, row)})`
}

export function slotSql(compiler: Compiler, { source, field, type }: TypedSlot): Sql {
  if (source === 'event') return compiler.event(field)
  return sql`${{ kind: 'input', field, type: parameterType(type) }}`
}

/** The id of the row that has a collection; a relation can hold the id of one that is gone or hidden, and so is missing. */
function ownerSql(compiler: Compiler, object: TypedRecord): Sql {
  const isThere = object.kind === 'row' || object.kind === 'parameter'
  const mayBeMissing = compiler.seen ?? compiler.schema.entities.get(object.type.entity)?.softDelete
  return isThere || !mayBeMissing ? idSql(compiler, object) : lookUp(compiler, object, (row) => row('id'))
}

/** Rows to select from: `FROM … WHERE …` without the keywords. */
export type CollectionSql = { readonly from: Sql; readonly where: Sql; readonly row: RowSql }

/** The rows of a collection; none when the row that has it is missing. */
export function collectionSql(compiler: Compiler, node: TypedCollection): CollectionSql {
  const { entity, field } = node
  const relation = findField(compiler.schema, entity, field) as RelationFieldSchema
  const owner = ownerSql(compiler, node.object)
  const alias = compiler.alias()
  const plain = columnsOf(alias)
  const row = seenRow(compiler.seen, relation.to, plain)
  const from = sql`${tableOf(compiler, relation.to)} AS ${alias}`
  const { inverse } = relation
  const back = inverse === undefined ? undefined : findField(compiler.schema, relation.to, inverse)
  const there = present(compiler, relation.to, plain)
  if (inverse !== undefined && !back?.many) {
    return { from, where: sql`${row(inverse)} = ${owner}${there}${told(compiler, node, plain(inverse))}`, row }
  }
  // Many-to-many: the join table belongs to the side without `inverse`.
  const [side, name, near, far] =
    inverse === undefined
      ? ([entity, field, 'source', 'target'] as const)
      : ([relation.to, inverse, 'target', 'source'] as const)
  const links = compiler.alias()
  const link = columnsOf(links)
  const joinTable = identifier(`${compiler.schema.entities.get(side)?.table ?? side}.${name}`)
  const mirrored = compiler.seen?.field(relation.to, inverse ?? '', plain)
  return {
    from: sql`${joinTable} AS ${links} JOIN ${from} ON ${row('id')} = ${link(far)}`,
    where: sql`${link(near)} = ${owner}${there}${told(compiler, node, link(near))}${and(mirrored)}`,
    row,
  }
}

/** Whether the row that has a collection may be missing, so that the collection is unknown. */
const mayLackOwner = ({ object }: TypedCollection): boolean =>
  object.kind !== 'parameter' && !(object.kind === 'row' && (object.root === 'entity' || object.root === 'next'))

/** A form that is NULL when the row that has the collection is missing. */
export function whenOwned(compiler: Compiler, node: TypedCollection, form: Sql): Sql {
  if (!mayLackOwner(node)) return form
  return sql`CASE WHEN ${ownerSql(compiler, node.object)} IS NOT NULL THEN ${form} END`
}

/** A condition that is false when the row that has the collection is missing. */
export function andOwned(compiler: Compiler, node: TypedCollection, condition: Sql): Sql {
  if (!mayLackOwner(node)) return condition
  return sql`(${ownerSql(compiler, node.object)} IS NOT NULL AND ${condition})`
}
