// Tables that the app does not want: noted, or, where they were its own and nothing else needs them, dropped.

import { quoteName } from '../generate/sql-schema.ts'
import { isAccountTable, isOwnTable } from './own-tables.ts'
import type { Parts, Step } from './plan.ts'
import { type FoundTable, nameKey } from './read-schema.ts'
import { dropSql } from './rebuild.ts'

/** Tables of the database's own making and of its tools. */
const isForeign = (name: string): boolean => /^(?:sqlite_|libsql_|_litestream_|_cf_)/i.test(name)

const refersTo = ({ columns }: FoundTable): readonly string[] =>
  columns.flatMap(({ references }) => (references ? [nameKey(references.table)] : []))

const hasId = ({ columns }: FoundTable): boolean =>
  columns.some(({ name, type }) => nameKey(name) === 'id' && type === 'TEXT')

/**
 * Drops tables, those first that no other refers to. Of tables in a ring each is made an empty one without references
 * before any goes: SQLite reads the references of all that are left, and stops at one that leads nowhere.
 */
function dropSteps(tables: readonly FoundTable[]): Step[] {
  const left = new Set(tables)
  const steps: Step[] = []
  const step = (table: FoundTable, more: readonly string[] = []): void => {
    steps.push({ says: `drop table ${table.name}`, sql: [...dropSql(table.name, hasId(table)), ...more] })
  }
  const isFree = (table: FoundTable): boolean =>
    ![...left].some((other) => other !== table && refersTo(other).includes(nameKey(table.name)))
  for (;;) {
    const free = [...left].find(isFree)
    if (!free) break
    left.delete(free)
    step(free)
  }
  const ring = [...left]
  for (const table of ring) {
    const stub = `CREATE TABLE ${quoteName(table.name)} ("id" TEXT NOT NULL PRIMARY KEY) STRICT`
    const all = ring.map(({ name }) => `DROP TABLE ${quoteName(name)}`)
    step(table, table === ring.at(-1) ? [stub, ...all] : [stub])
  }
  return steps
}

/** `known` are tables that were made for the app; returns those of them that stay. */
export function planExtra(
  extra: readonly FoundTable[],
  known: readonly string[],
  drop: boolean,
  into: Parts,
): readonly string[] {
  const made = new Set(known.map(nameKey))
  const isOurs = ({ name }: FoundTable): boolean => made.has(nameKey(name)) || isAccountTable(name)
  const needed = new Set(extra.filter((table) => !isOurs(table)).flatMap(refersTo))
  const goes = (table: FoundTable): boolean => drop && isOurs(table) && !needed.has(nameKey(table.name))
  into.steps.push(...dropSteps(extra.filter(goes)))
  const stays = extra.filter((table) => !goes(table))
  for (const table of stays) {
    if (isOwnTable(table.name) || isForeign(table.name) || table.kind !== 'table') continue
    const says = `table ${table.name} is not declared in the app; it stays as it is`
    const count = `SELECT count(*) FROM ${quoteName(table.name)}`
    into.notes.push(isOurs(table) ? { says, count } : { says })
  }
  return stays.filter(({ name }) => made.has(nameKey(name))).map(({ name }) => name)
}
