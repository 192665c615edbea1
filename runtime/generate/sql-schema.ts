// Tables, columns and indexes as SQL text. Every name is quoted.

import type { OnDelete } from '../truth/app.ts'
import type { Column, Index, Table } from './table.ts'

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A value as an SQL literal; undefined when there is none. */
export function literalSql(value: unknown): string | undefined {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** The present, as dates and instants are stored. Not allowed in a DEFAULT of an added column, nor in a condition. */
export const nowSql = { date: `date('now')`, datetime: `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')` } as const

/** As SQLite names them, also when it is asked for the references of a table. */
export const onDeleteSql: Readonly<Record<OnDelete, string>> = {
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  setNull: 'SET NULL',
}

const checkSql = (check: string): string => `CHECK (${check})`

function columnSql(column: Column, soleKey: boolean): string {
  const parts: string[] = [quoteName(column.name), column.type]
  if (column.notNull) parts.push('NOT NULL')
  if (soleKey) parts.push(column.autoincrement ? 'PRIMARY KEY AUTOINCREMENT' : 'PRIMARY KEY')
  if (column.default !== undefined) parts.push(`DEFAULT ${column.default}`)
  for (const check of column.checks) parts.push(checkSql(check))
  if (column.references) {
    const { table, onDelete } = column.references
    parts.push(`REFERENCES ${quoteName(table)} ("id") ON DELETE ${onDeleteSql[onDelete]}`)
  }
  return parts.join(' ')
}

export function createTableSql(table: Table): string {
  const key = table.columns.filter((column) => column.primaryKey)
  const lines = table.columns.map((column) => columnSql(column, key.length === 1 && key[0] === column))
  if (key.length > 1) lines.push(`PRIMARY KEY (${key.map(({ name }) => quoteName(name)).join(', ')})`)
  const options = table.withoutRowid ? 'STRICT, WITHOUT ROWID' : 'STRICT'
  return `CREATE TABLE ${quoteName(table.name)} (\n  ${lines.join(',\n  ')}\n) ${options}`
}

export const addColumnSql = (table: Table, column: Column): string =>
  `ALTER TABLE ${quoteName(table.name)} ADD COLUMN ${columnSql(column, false)}`

/** How an index ends that is only over rows that were not deleted softly. */
export const present = ' WHERE "deletedAt" IS NULL'

export function createIndexSql(table: Table, index: Index): string {
  const columns = index.columns.map(quoteName).join(', ')
  const rows = index.present ? present : ''
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(index.name)} ON ${quoteName(table.name)} (${columns})${rows}`
}
