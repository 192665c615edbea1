// Indexes: which to drop, which to make, and which of somebody else's to make again after their table was.

import { createIndexSql, present, quoteName } from '../generate/sql-schema.ts'
import type { Index, Table } from '../generate/table.ts'
import { finalValue, type Risk, type Source, type Step, type TableParts } from './plan.ts'
import { type FoundIndex, type FoundTable, nameKey } from './read-schema.ts'

/** The runtime names its indexes after their table and columns. */
const isOurs = ({ name }: FoundIndex, table: string): boolean =>
  nameKey(name).startsWith(nameKey(`${table}(`)) && /\)(?: unique)?$/.test(name)

const told = ({ name, unique }: Pick<Index, 'name' | 'unique'>): string =>
  unique ? `unique index ${name.replace(/ unique$/, '')}` : `index ${name}`

type Plan = { readonly steps: readonly Step[]; readonly created: readonly Index[] }

/** Statements for a table that stays as it is, or was renamed with its columns. */
export function planIndexes({ table, found, sources }: TableParts): Plan {
  const nameNow = (column: string | null): string => {
    const source = sources.find(({ from }) => from !== undefined && nameKey(from.name) === nameKey(column ?? ''))
    return nameKey(source?.column.name ?? column ?? '')
  }
  const serves = (index: Index, there: FoundIndex): boolean =>
    there.partial === (index.present === true) &&
    (!there.partial || there.sql.endsWith(present)) &&
    there.unique === index.unique &&
    there.columns.length === index.columns.length &&
    index.columns.every((name, at) => nameKey(name) === nameNow(there.columns[at] ?? null))
  const wanted = (there: FoundIndex): boolean =>
    table.indexes.some((index) => nameKey(index.name) === nameKey(there.name) && serves(index, there))
  const dropped = found.indexes.filter((there) => isOurs(there, found.name) && !wanted(there))
  const left = found.indexes.filter((there) => !dropped.includes(there))
  const created = table.indexes.filter((index) => !left.some((there) => serves(index, there)))
  return {
    steps: [
      ...dropped.map((there) => ({ says: `drop ${told(there)}`, sql: [`DROP INDEX ${quoteName(there.name)}`] })),
      ...created.map((index) => ({ says: `create ${told(index)}`, sql: [createIndexSql(table, index)] })),
    ],
    created,
  }
}

/** Every index of a table that is made again: the app's, and those that somebody else made, as long as they fit. */
export function allIndexes({ table, found }: TableParts, columns: readonly string[]): string[] {
  const names = new Set(columns.map(nameKey))
  const others = found.indexes.filter(
    (there) =>
      there.sql !== '' &&
      !isOurs(there, found.name) &&
      nameKey(found.name) === nameKey(table.name) &&
      there.columns.every((column) => column !== null && names.has(nameKey(column))),
  )
  return [...table.indexes.map((index) => createIndexSql(table, index)), ...others.map(({ sql }) => sql)]
}

/** The risk that values occur twice where they are to be unique. Missing values never do. */
export function duplicates(table: Table, found: FoundTable, sources: readonly Source[], index: Index): Risk {
  const values = index.columns.map((name, at) => {
    const source = sources.find(({ column }) => column.name === name)
    return `${source ? finalValue(source, source.before) : 'NULL'} AS "c${at}"`
  })
  const columns = values.map((_, at) => `"c${at}"`)
  const binned = index.present && found.columns.some(({ name }) => nameKey(name) === nameKey('deletedAt'))
  const rows = `SELECT ${values.join(', ')} FROM ${quoteName(found.name)} AS "@row"${binned ? present : ''}`
  const given = columns.map((column) => `${column} IS NOT NULL`).join(' AND ')
  const groups = `SELECT count(*) AS "rows" FROM (${rows}) WHERE ${given} GROUP BY ${columns.join(', ')} HAVING count(*) > 1`
  const names = index.columns.map((name) => `${table.name}.${name}`).join(' and ')
  return {
    count: `SELECT coalesce(sum("rows"), 0) FROM (${groups})`,
    message: (count) => `${names} must be unique now, but ${count} share their value with another.`,
    fix: `Change these rows, or leave \`unique\` out.`,
    permitted: false,
  }
}
