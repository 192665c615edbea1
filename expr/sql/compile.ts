// The checked tree as SQL: a condition that holds where the expression is definitely true, or its three-valued value.
// Every fragment can stand anywhere: what is not one word, one call or one CASE is in parentheses.

import type { Scope } from '../scope.ts'
import type { TypedNode } from '../tree.ts'
import type { Compiler, RowSql, Seen } from './compiler.ts'
import { decideSql } from './condition.ts'
import { exactInteger } from './numbers.ts'
import { seenRow } from './rows.ts'
import { identifier, type Sql, sql } from './sql.ts'
import { valueSql } from './value.ts'

export type { RowSql, Seen } from './compiler.ts'

export type SqlOptions = {
  /** `decision`, the default: a condition to filter by. `value`: what the expression is worth, NULL when unknown. */
  readonly mode?: 'decision' | 'value'
  /** The row, by default the entity's own table. */
  readonly entity?: RowSql
  /** The row as it would be after the write, by default as it is. */
  readonly next?: RowSql
  /** The row before the write; needed where the expression reads it. */
  readonly previous?: RowSql
  /** The event of a workflow; needed where the expression reads it. */
  readonly event?: RowSql
  /** What the reader may see; everything, where nothing is said. */
  readonly seen?: Seen
}

/** Throws only where a row is read that the options do not give. */
export function compileSql(tree: TypedNode, scope: Scope, options: SqlOptions = {}): Sql {
  const compiler = compilerOf(scope, options)
  if (options.mode !== 'value') return decideSql(compiler, tree, true)
  const value = valueSql(compiler, tree)
  return tree.type.kind === 'integer' ? exactInteger(value, tree) : value
}

function compilerOf(scope: Scope, options: SqlOptions): Compiler {
  let aliases = 0
  const name = scope.entity
  const given = options.entity ?? (name === undefined ? absent('entity') : ownTable(scope, name))
  const entity = seenRow(options.seen, name ?? '', given)
  const compiler: Compiler = {
    schema: scope.schema,
    rows: { entity, next: options.next ?? entity, previous: options.previous ?? absent('previous') },
    event: options.event ?? absent('event'),
    seen: options.seen,
    parameters: [],
    // The rules in `seen` have aliases of their own.
    alias: () => identifier(`@${options.seen ? 'seen' : ''}${aliases++}`),
    value: (node) => valueSql(compiler, node),
    decide: (node, wanted) => decideSql(compiler, node, wanted),
  }
  return compiler
}

function ownTable({ schema }: Scope, entity: string): RowSql {
  const table = identifier(schema.entities.get(entity)?.table ?? entity)
  return (field) => sql`${table}.${identifier(field)}`
}

const absent =
  (name: string): RowSql =>
  (field) => {
    throw new Error(`The SQL of \`${name}.${field}\` needs the option \`${name}\`.`)
  }
