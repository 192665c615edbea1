// What the parts of the SQL compiler share while one expression is compiled.

import type { Schema } from '../schema.ts'
import type { Root, TypedNode } from '../tree.ts'
import type { Sql } from './sql.ts'

/** How the columns of a row are written. */
export type RowSql = (field: string) => Sql

/** What a reader may see, as conditions; undefined where that is everything. What they may not see is missing. */
export type Seen = {
  /** On a row of an entity. */
  readonly row: (entity: string, row: RowSql) => Sql | undefined
  /** On a field of a row. */
  readonly field: (entity: string, field: string, row: RowSql) => Sql | undefined
}

export type Compiler = {
  readonly schema: Schema
  /** The rows in scope, but for the user, who comes as parameters. */
  readonly rows: Readonly<Record<Exclude<Root, 'user'>, RowSql>>
  readonly event: RowSql
  readonly seen: Seen | undefined
  /** The rows of the lambdas around the place being compiled, outermost first. */
  readonly parameters: RowSql[]
  /** A name for a table in a sub-select, which no table of an app can have. */
  readonly alias: () => Sql
  /** A node as its value: for a condition 1, 0, or NULL when it is unknown. The parts call each other through this. */
  readonly value: (node: TypedNode) => Sql
  /** A condition that holds exactly where the node is definitely `wanted`. */
  readonly decide: (node: TypedNode, wanted: boolean) => Sql
}
