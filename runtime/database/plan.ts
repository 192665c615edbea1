// What a migration is made of, as data.

import type { Column, Table } from '../generate/table.ts'
import type { Found, FoundColumn, FoundTable } from './read-schema.ts'

export type Step = {
  /** Such as `create table Task`. */
  readonly says: string
  readonly sql: readonly string[]
}

/** Rows that stand in the way of a step. */
export type Risk = {
  /** Counts them, in the database as it was found. */
  readonly count: string
  /** `rows` is such as `1 row`, or `2 rows`. */
  readonly message: (rows: string) => string
  readonly fix: string
  /** Whether `--allow-data-loss` lets the step be done all the same. */
  readonly permitted: boolean
}

/** What is in the database beyond the app, and stays. */
export type Note = {
  readonly says: string
  /** Counts what would be lost without it. */
  readonly count?: string
}

export type Parts = { readonly steps: Step[]; readonly risks: Risk[]; readonly notes: Note[] }

export type Context = {
  readonly found: Found
  /** The name in the database of a table of the app; undefined when it is to be created. */
  readonly before: (table: string) => string | undefined
  /** The former name of a column, where `renamedFrom` tells it. */
  readonly former: (table: string, column: string) => string | undefined
  /** The join table in which the links of a column were, when it was a many-to-many relation. */
  readonly linksOf: (table: string, column: string) => string | undefined
  /** Whether any table refers to this one of the app's. */
  readonly isReferenced: (table: Table) => boolean
  /** Whether what the app does not declare is dropped. */
  readonly drop: boolean
}

/** Where the values of a column come from. */
export type Source = {
  readonly column: Column
  readonly from: FoundColumn | undefined
  /** SQL over the row, `"@row"`: in the database as it was found, and after tables were renamed. Without `fill`. */
  readonly before: string
  readonly after: string
  /** SQL that holds for a row of which something is lost; undefined when nothing can be. */
  readonly lost?: string
  /** Whether the values are those of `from` as they are. */
  readonly same: boolean
  /** Whether the column itself is as it is wanted. */
  readonly fits: boolean
}

export type TableParts = { readonly table: Table; readonly found: FoundTable; readonly sources: readonly Source[] }

/** What a row gets in a column: its value, or what it is filled with where it has none. */
export function finalValue({ column, from }: Source, value: string): string {
  const fill = column.notNull ? column.fill : from === undefined ? column.default : undefined
  return fill === undefined ? value : `coalesce(${value}, ${fill})`
}
