// Brings a database up to what an app declares, as far as nothing can be lost by it; refuses the rest and changes nothing.

import { addColumnSql, createIndexSql, createTableSql, quoteName } from '../generate/sql-schema.ts'
import type { Column, Index, Table } from '../generate/table.ts'
import type { App } from '../truth/app.ts'
import type { Database, Transaction } from './contract.ts'
import { planSchema, type TablePlan } from './plan-schema.ts'
import { readSchema } from './read-schema.ts'
import { statement } from './statement.ts'

export type Refusal = { readonly message: string; readonly fix: string }

export type Applied =
  | {
      /** Sentences such as `create table Task`, in the order in which they were done. */
      readonly changes: readonly string[]
      /** What is in the database beyond the app, and stays. */
      readonly notes: readonly string[]
    }
  | { readonly refused: readonly Refusal[] }

/** Undoes the transaction and carries the refusals out of it. */
class Refused extends Error {
  readonly refused: readonly Refusal[]
  constructor(refused: readonly Refusal[]) {
    super('the schema was refused')
    this.refused = refused
  }
}

/**
 * Applies what is missing: tables, optional columns or such with a literal default, indexes. Tables without rows are
 * made again where they differ. Everything in one transaction that looks again after it has the lock, so that two
 * servers starting together apply once. Throws DatabaseError.
 */
export async function applySchema(database: Database, app: App): Promise<Applied> {
  const first = planSchema(app, await readSchema(database.query))
  if (first.tables.length === 0) return { changes: [], notes: first.notes }
  try {
    return await database.transaction(async (tx) => {
      const plan = planSchema(app, await readSchema(tx.run))
      const changes: string[] = []
      const refused: Refusal[] = []
      for (const table of plan.tables) await applyTable(tx, table, changes, refused)
      if (refused.length > 0) throw new Refused(refused)
      return { changes, notes: plan.notes }
    })
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refused }
    throw error
  }
}

async function run(tx: Transaction, text: string): Promise<void> {
  await tx.run(statement(text), [])
}

async function count(tx: Transaction, text: string): Promise<number> {
  const [row] = await tx.run(statement(text), [])
  return Number(row?.[0] ?? 0)
}

const rowsOf = (tx: Transaction, table: string): Promise<number> =>
  count(tx, `SELECT count(*) FROM ${quoteName(table)}`)

const rowsText = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`)

async function createTable(tx: Transaction, table: Table): Promise<void> {
  await run(tx, createTableSql(table))
  for (const index of table.indexes) await run(tx, createIndexSql(table, index))
}

async function applyTable(tx: Transaction, plan: TablePlan, changes: string[], refused: Refusal[]): Promise<void> {
  const { table, found, formerly } = plan
  if (!found) {
    const rows = formerly === undefined ? 0 : await rowsOf(tx, formerly)
    if (rows > 0) {
      const message = `Table ${table.name} is to be the table ${formerly} of before, which has ${rowsText(rows)}, but renaming is not supported yet.`
      refused.push({
        message,
        fix: `Say \`table: '${formerly}'\`, or leave \`renamedFrom\` out to begin with an empty table.`,
      })
      return
    }
    await createTable(tx, table)
    changes.push(`create table ${table.name}`)
    return
  }
  if (found.kind !== 'table') {
    const fix = 'Give the entity another `table`, or start with a new database.'
    refused.push({ message: `${found.name} is a ${found.kind} in the database, where the app has a table.`, fix })
    return
  }
  if (plan.obstacles.length > 0) await getOver(tx, plan, found.triggers, changes, refused)
  else await addTo(tx, plan, changes, refused)
}

/** An empty table has nothing to lose and is made again; else every obstacle is a refusal. */
async function getOver(
  tx: Transaction,
  plan: TablePlan,
  triggers: number,
  changes: string[],
  refused: Refusal[],
): Promise<void> {
  const { table, obstacles } = plan
  const rows = await rowsOf(tx, table.name)
  if (rows > 0 || triggers > 0) {
    const why = rows > 0 ? `${table.name} has ${rowsText(rows)}` : `${table.name} has triggers`
    for (const { says, fix } of obstacles) refused.push({ message: `${says}, and ${why}.`, fix })
    return
  }
  await run(tx, `DROP TABLE ${quoteName(table.name)}`)
  await createTable(tx, table)
  changes.push(`make table ${table.name} again, which is empty`)
}

/**
 * SQLite 3.45 takes a REAL default with a fraction, or a large one, for NULL, and refuses the required column or calls
 * the table corrupt. So rows get it afterwards; for rows to come the runtime gives every value itself.
 */
async function addColumn(tx: Transaction, table: Table, column: Column): Promise<void> {
  const late = column.type === 'REAL' && column.notNull && column.default !== undefined
  await run(tx, addColumnSql(table, late ? { ...column, default: '0' } : column))
  if (late) await run(tx, `UPDATE ${quoteName(table.name)} SET ${quoteName(column.name)} = ${column.default}`)
}

async function addTo(tx: Transaction, plan: TablePlan, changes: string[], refused: Refusal[]): Promise<void> {
  const { table } = plan
  for (const column of plan.addColumns) {
    await addColumn(tx, table, column)
    changes.push(`add column ${table.name}.${column.name}`)
  }
  for (const name of plan.dropIndexes) {
    await run(tx, `DROP INDEX ${quoteName(name)}`)
    changes.push(`drop unique index ${name.replace(/ unique$/, '')}`)
  }
  for (const index of plan.createIndexes) {
    const refusal = index.unique ? await duplicates(tx, table, index) : undefined
    if (refusal) {
      refused.push(refusal)
      continue
    }
    await run(tx, createIndexSql(table, index))
    changes.push(
      index.unique ? `create unique index ${index.name.replace(/ unique$/, '')}` : `create index ${index.name}`,
    )
  }
}

/** Refuses a unique index where values occur twice. Missing values never do. */
async function duplicates(tx: Transaction, table: Table, index: Index): Promise<Refusal | undefined> {
  const columns = index.columns.map(quoteName)
  const present = columns.map((column) => `${column} IS NOT NULL`).join(' AND ')
  const groups = `SELECT count(*) AS "rows" FROM ${quoteName(table.name)} WHERE ${present} GROUP BY ${columns.join(', ')} HAVING count(*) > 1`
  const rows = await count(tx, `SELECT coalesce(sum("rows"), 0) FROM (${groups})`)
  if (rows === 0) return undefined
  const names = index.columns.map((name) => `${table.name}.${name}`).join(' and ')
  return {
    message: `${names} must be unique now, but ${rowsText(rows)} share their value with another.`,
    fix: `Change these rows, or leave \`unique\` out.`,
  }
}
