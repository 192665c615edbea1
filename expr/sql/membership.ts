// `in` in SQL, three-valued: an empty list is false even for a missing value; without a match, a missing element is
// unknown.

import { isCollection, type TypedCollection, type TypedNode } from '../tree.ts'
import type { Type } from '../types.ts'
import type { Compiler } from './compiler.ts'
import { alikeSql, instantSql } from './instants.ts'
import { andOwned, collectionSql, whenOwned } from './rows.ts'
import { joinSql, rawSql, type Sql, sql } from './sql.ts'

type In = TypedNode & { readonly kind: 'in' }

/** Whether the value is in the list: 1, 0 or NULL. */
export function inSql(compiler: Compiler, node: In): Sql {
  const { value, list } = node
  if (list.kind === 'list') return inItems(compiler, value, list.items)
  if (isCollection(list)) return inCollection(compiler, value, list)
  const { wanted, element, from } = storedList(compiler, value, list)
  const verdict = sql`SELECT CASE WHEN count(*) = 0 THEN 0 WHEN ${wanted} IS NULL THEN NULL WHEN max(${element} = ${wanted}) THEN 1 WHEN count(${element}) < count(*) THEN NULL ELSE 0 END FROM ${from}`
  return sql`CASE WHEN ${compiler.value(list)} IS NOT NULL THEN (${verdict}) END`
}

/** Holds where the value is definitely in the list, or definitely not. */
export function decideInSql(compiler: Compiler, node: In, wanted: boolean): Sql {
  const { value, list } = node
  if (list.kind === 'list') {
    const among = inItems(compiler, value, list.items)
    return wanted ? among : sql`(NOT ${among})`
  }
  if (!wanted) return sql`(${inSql(compiler, node)} = 0)`
  if (isCollection(list)) return holdsRow(compiler, value, list)
  const { wanted: sought, element, from } = storedList(compiler, value, list)
  return sql`EXISTS (SELECT 1 FROM ${from} WHERE ${element} = ${sought})`
}

function inItems(compiler: Compiler, value: TypedNode, items: readonly TypedNode[]): Sql {
  const [wanted, ...rest] = alikeSql(compiler, [value, ...items])
  // SQLite would read one sub-select in parentheses as a set of rows, which is empty where the value is missing.
  if (rest.length === 1) return sql`(${wanted!} = ${rest[0]!})`
  return sql`(${wanted!} IN (${joinSql(rest, ', ')}))`
}

function holdsRow(compiler: Compiler, value: TypedNode, list: TypedCollection): Sql {
  const { from, where, row } = collectionSql(compiler, list)
  return sql`EXISTS (SELECT 1 FROM ${from} WHERE ${where} AND ${row('id')} = ${compiler.value(value)})`
}

function inCollection(compiler: Compiler, value: TypedNode, list: TypedCollection): Sql {
  const any = collectionSql(compiler, list)
  const form = sql`CASE WHEN ${compiler.value(value)} IS NOT NULL THEN ${holdsRow(compiler, value, list)} WHEN EXISTS (SELECT 1 FROM ${any.from} WHERE ${any.where}) THEN NULL ELSE 0 END`
  return whenOwned(compiler, list, form)
}

/** How an element of a stored list is read; one of another type is missing. `e` stands for the row of `json_each`. */
function elementForm(type: Type): string {
  switch (type.kind) {
    case 'number':
      return "CASE WHEN e.type IN ('integer', 'real') THEN e.value END"
    case 'integer':
      return "CASE WHEN e.type IN ('integer', 'real') AND e.value = CAST(e.value AS INTEGER) THEN e.value END"
    case 'boolean':
      return "CASE e.type WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
    default:
      return "CASE WHEN e.type = 'text' THEN e.value END"
  }
}

type StoredList = { readonly wanted: Sql; readonly element: Sql; readonly from: Sql }

function storedList(compiler: Compiler, value: TypedNode, list: TypedNode): StoredList {
  const type: Type = list.type.kind === 'list' ? list.type.element : { kind: 'unknown' }
  const mixed = type.kind === 'datetime' || value.type.kind === 'datetime'
  const alias = compiler.alias()
  const [before, ...after] = elementForm(type).split('e.')
  const stored = after.reduce((form, text) => sql`${form}${alias}.${rawSql(text)}`, rawSql(before ?? ''))
  return {
    wanted: mixed ? instantSql(compiler, value) : compiler.value(value),
    element: mixed && type.kind === 'date' ? sql`(${stored} || 'T00:00:00.000Z')` : stored,
    from: sql`json_each(${compiler.value(list)}) AS ${alias}`,
  }
}

/** `some` and `every` as a value: 1, 0 or NULL, stopping at the row that decides. */
export function quantifierSql(compiler: Compiler, node: TypedNode & { readonly kind: 'quantifier' }): Sql {
  const decisive = node.name === 'some'
  const exists = (condition: (body: TypedNode) => Sql): Sql => rowsWhere(compiler, node, condition)
  const decided = exists((body) => compiler.decide(body, decisive))
  const unknown = exists((body) => sql`${compiler.value(body)} IS NULL`)
  const form = sql`CASE WHEN ${decided} THEN ${rawSql(decisive ? '1' : '0')} WHEN ${unknown} THEN NULL ELSE ${rawSql(decisive ? '0' : '1')} END`
  return whenOwned(compiler, node.collection, form)
}

/** Holds where `some` or `every` is definitely `wanted`. */
export function decideQuantifierSql(
  compiler: Compiler,
  node: TypedNode & { readonly kind: 'quantifier' },
  wanted: boolean,
): Sql {
  const some = (node.name === 'some') === wanted
  if (some) return rowsWhere(compiler, node, (body) => compiler.decide(body, wanted))
  // All of the rows must be so: none may be otherwise, nor unknown.
  const other = rowsWhere(compiler, node, (body) => sql`(${compiler.decide(body, wanted)}) IS NOT TRUE`)
  return andOwned(compiler, node.collection, sql`NOT ${other}`)
}

function rowsWhere(
  compiler: Compiler,
  node: TypedNode & { readonly kind: 'quantifier' },
  condition: (body: TypedNode) => Sql,
): Sql {
  const { from, where, row } = collectionSql(compiler, node.collection)
  compiler.parameters.push(row)
  const body = condition(node.body)
  compiler.parameters.pop()
  return sql`EXISTS (SELECT 1 FROM ${from} WHERE ${where} AND ${body})`
}
