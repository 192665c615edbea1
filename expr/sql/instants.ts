// Dates in SQL. They are canonical text, `YYYY-MM-DD` or an instant in UTC with milliseconds, so that text order is
// time order and an index serves; only what moves a date goes through milliseconds since 1970.

import { firstInstant, lastInstant, parseDate, parseInstant } from '../dates.ts'
import type { TypedNode } from '../tree.ts'
import { isInstant } from '../types.ts'
import type { Compiler } from './compiler.ts'
import { once } from './forms.ts'
import { rawSql, type Sql, sql, value } from './sql.ts'

const midnight = 'T00:00:00.000Z'

/** A date or datetime as the text of an instant. */
export function instantSql(compiler: Compiler, node: TypedNode): Sql {
  if (node.kind === 'midnight') return instantSql(compiler, node.operand)
  if (node.type.kind !== 'date') return compiler.value(node)
  if (node.kind === 'literal') return value(`${node.value}${midnight}`)
  return sql`(${compiler.value(node)} || ${rawSql(`'${midnight}'`)})`
}

/** Two values that can be compared: a date beside a datetime is its midnight. */
export function alikeSql(compiler: Compiler, nodes: readonly TypedNode[]): Sql[] {
  const instants = nodes.every(({ type }) => isInstant(type))
  const mixed = instants && nodes.some(({ type }) => type.kind === 'datetime')
  return nodes.map((node) => (mixed ? instantSql(compiler, node) : compiler.value(node)))
}

const ofDate = 'unixepoch(v) * 1000'
const ofInstant = 'unixepoch(substr(v, 1, 19)) * 1000 + CAST(substr(v, 21, 3) AS INTEGER)'

/** Milliseconds since 1970, an INTEGER. */
function millisecondsSql(compiler: Compiler, node: TypedNode): Sql {
  const isDate = node.type.kind === 'date'
  if (node.kind === 'literal') {
    const text = String(node.value)
    return value(isDate ? parseDate(text) : parseInstant(text))
  }
  return once(compiler.value(node), isDate ? ofDate : ofInstant)
}

/** A chain is added up as doubles, step by step as the closure does; only its result is looked at. */
function movedSql(compiler: Compiler, node: TypedNode): Sql {
  if (node.kind !== 'shift') return sql`CAST(${millisecondsSql(compiler, node)} AS REAL)`
  const by = compiler.value(node.duration)
  const date = movedSql(compiler, node.date)
  return node.operator === '+' ? sql`(${date} + ${by})` : sql`(${date} - ${by})`
}

// `%` keeps the sign of its left side, so the milliseconds of the second are made positive by hand.
const within = `v BETWEEN ${firstInstant} AND ${lastInstant}`
const fraction = '((CAST(v AS INTEGER) % 1000 + 1000) % 1000)'
const toDate = `CASE WHEN ${within} THEN strftime('%Y-%m-%d', CAST(v AS INTEGER) / 1000, 'unixepoch') END`
const toInstant = `CASE WHEN ${within} THEN strftime('%Y-%m-%dT%H:%M:%S', (CAST(v AS INTEGER) - ${fraction}) / 1000, 'unixepoch') || format('.%03dZ', ${fraction}) END`

/** A moved date as text; NULL beyond the years 0000–9999. */
export function shiftSql(compiler: Compiler, node: TypedNode): Sql {
  return once(movedSql(compiler, node), node.type.kind === 'date' ? toDate : toInstant)
}

/** The milliseconds between two dates. */
export function differenceSql(compiler: Compiler, left: TypedNode, right: TypedNode): Sql {
  return sql`(${millisecondsSql(compiler, left)} - ${millisecondsSql(compiler, right)})`
}
