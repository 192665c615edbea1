// Makes a table again with other columns, and its rows with it. SQLite changes little of a table that is there, and
// foreign keys cannot be switched off inside a transaction, so this is done while they are enforced.

import { createTableSql, quoteName } from '../generate/sql-schema.ts'
import type { Column, Table } from '../generate/table.ts'

/** Holds the rows of one table at a time, while that table is gone. */
const kept = quoteName('_truth_kept')

/** Violations are looked at when the transaction ends; until then rows may be gone that others refer to. */
export const deferForeignKeys = 'PRAGMA defer_foreign_keys = ON'

export type Filled = {
  readonly column: Column
  /** SQL over the old row, `"@row"`. */
  readonly value: string
}

/**
 * Drops a table. `refuge` first gives its rows ids to which nobody refers, so that dropping neither deletes nor empties
 * the rows that refer to them; ON DELETE acts, deferred or not, and the runtime never declares ON UPDATE.
 */
export const dropSql = (name: string, refuge: boolean): string[] => [
  ...(refuge ? [`UPDATE ${quoteName(name)} SET "id" = lower(hex(randomblob(16)))`] : []),
  `DROP TABLE ${quoteName(name)}`,
]

/**
 * When the rows come back under their own ids, the violations that taking refuge made are gone, and COMMIT refuses if
 * any is left.
 */
export function rebuildSql(table: Table, name: string, filled: readonly Filled[], refuge: boolean): string[] {
  const columns = filled.map(({ column }) => quoteName(column.name)).join(', ')
  const values = filled.map(({ column, value }) => `${value} AS ${quoteName(column.name)}`)
  // Links that lead nowhere any more, and accounts of nobody, are left out.
  const needed = table.links
    ? filled.filter(({ column }) => column.notNull).map(({ value }) => `(${value}) IS NOT NULL`)
    : []
  const only = needed.length > 0 ? ` WHERE ${needed.join(' AND ')}` : ''
  return [
    `CREATE TABLE ${kept} AS SELECT ${values.join(', ')} FROM ${quoteName(name)} AS "@row"${only}`,
    ...dropSql(name, refuge),
    createTableSql({ ...table, columns: filled.map(({ column }) => column) }),
    `INSERT INTO ${quoteName(table.name)} (${columns}) SELECT ${columns} FROM ${kept}`,
    `DROP TABLE ${kept}`,
  ]
}
