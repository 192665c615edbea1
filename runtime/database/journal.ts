// What was done to the schema, by whom and when; and which tables were made for the app, so that nobody else's is ever
// dropped.

import { createHash } from 'node:crypto'
import type { Database, Input, Row, Statement, Transaction } from './contract.ts'
import type { Step } from './plan.ts'
import { type Found, nameKey } from './read-schema.ts'
import { statement } from './statement.ts'

export type Entry = {
  readonly at: string
  readonly by: string
  readonly changes: readonly string[]
  readonly sql: readonly string[]
  /** SHA-256 of the statements, each on its line. */
  readonly checksum: string
}

type Run = (statement: Statement, values: readonly Input[]) => Promise<readonly Row[]>

const insert = statement(
  'INSERT INTO "_truth_migrations" ("at", "by", "changes", "sql", "checksum") VALUES (?1, ?2, ?3, ?4, ?5)',
)
const all = statement('SELECT "at", "by", "changes", "sql", "checksum" FROM "_truth_migrations" ORDER BY "id"')
const readTables = statement(`SELECT "value" FROM "_truth_meta" WHERE "key" = 'tables'`)
const writeTables = statement(`INSERT OR REPLACE INTO "_truth_meta" ("key", "value") VALUES ('tables', ?1)`)

/** Events before this one tell of rows as they no longer are. */
const writePlace = statement(
  `INSERT OR REPLACE INTO "_truth_meta" ("key", "value") SELECT 'outbox', coalesce(max("id"), 0) FROM "_truth_outbox"`,
)

const textsOf = (json: unknown): string[] => JSON.parse(String(json)) as string[]

const has = (found: Found, table: string): boolean => found.get(nameKey(table))?.kind === 'table'

/** Names of the tables that were made for the app. Throws DatabaseError. */
export async function knownTables(run: Run, found: Found): Promise<readonly string[]> {
  if (!has(found, '_truth_meta')) return []
  const [row] = await run(readTables, [])
  return row ? textsOf(row[0]) : []
}

/** Notes what the transaction does. Throws DatabaseError. */
export async function writeEntry(
  tx: Transaction,
  by: string,
  steps: readonly Step[],
  tables: readonly string[],
): Promise<void> {
  const sql = steps.flatMap((step) => step.sql)
  const checksum = createHash('sha256').update(sql.join('\n')).digest('hex')
  const changes = JSON.stringify(steps.map(({ says }) => says))
  await tx.run(insert, [new Date().toISOString(), by, changes, JSON.stringify(sql), checksum])
  await tx.run(writeTables, [JSON.stringify(tables)])
  await tx.run(writePlace, [])
}

/** Everything that was done, the oldest first. Throws DatabaseError. */
export async function readJournal(database: Database, found: Found): Promise<readonly Entry[]> {
  if (!has(found, '_truth_migrations')) return []
  return (await database.query(all, [])).map(([at, by, changes, sql, checksum]) => ({
    at: String(at),
    by: String(by),
    changes: textsOf(changes),
    sql: textsOf(sql),
    checksum: String(checksum),
  }))
}
