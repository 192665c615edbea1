// Brings a database up to what an app declares, as far as nothing can be lost by it; refuses the rest and changes nothing.

import type { App } from '../truth/app.ts'
import type { Database, Input, Row, Statement, Transaction } from './contract.ts'
import { type Entry, knownTables, readJournal, writeEntry } from './journal.ts'
import type { Note, Risk, Step } from './plan.ts'
import { planSchema, type SchemaPlan } from './plan-schema.ts'
import { readSearches } from './plan-search.ts'
import { readSchema } from './read-schema.ts'
import { deferForeignKeys } from './rebuild.ts'
import { statement } from './statement.ts'

export type Refusal = { readonly message: string; readonly fix: string }

export type ApplyOptions = {
  /** Drops what the app does not declare, and empties values that their column cannot hold any more. */
  readonly allowDataLoss?: boolean
  /** For the journal. */
  readonly by?: string
}

export type Applied =
  | {
      /** Sentences such as `create table Task`, in the order in which they were done. */
      readonly changes: readonly string[]
      /** What is in the database beyond the app, and stays. */
      readonly notes: readonly string[]
    }
  | { readonly refused: readonly Refusal[] }

export type Preview = {
  readonly steps: readonly Step[]
  readonly refused: readonly Refusal[]
  readonly notes: readonly string[]
}

type Run = (statement: Statement, values: readonly Input[]) => Promise<readonly Row[]>

/** Undoes the transaction and carries the refusals out of it. */
class Refused extends Error {
  readonly refused: readonly Refusal[]
  constructor(refused: readonly Refusal[]) {
    super('the schema was refused')
    this.refused = refused
  }
}

async function planOn(run: Run, app: App, { allowDataLoss = false }: ApplyOptions): Promise<SchemaPlan> {
  const found = await readSchema(run)
  const known = await knownTables(run, found)
  return planSchema(app, found, { known, drop: allowDataLoss, searches: await readSearches(run) })
}

async function count(run: Run, text: string): Promise<number> {
  const [row] = await run(statement(text), [])
  return Number(row?.[0] ?? 0)
}

const rowsText = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`)

async function refusalsOf(run: Run, risks: readonly Risk[], { allowDataLoss }: ApplyOptions): Promise<Refusal[]> {
  const refused: Refusal[] = []
  for (const { count: text, message, fix, permitted } of risks) {
    if (permitted && allowDataLoss) continue
    const rows = await count(run, text)
    if (rows > 0) refused.push({ message: message(rowsText(rows)), fix })
  }
  return refused
}

/**
 * Does what is missing, in one transaction that looks again after it has the lock, so that two servers starting
 * together apply once, and a process killed half-way leaves the old schema. Throws DatabaseError.
 */
export async function applySchema(database: Database, app: App, options: ApplyOptions = {}): Promise<Applied> {
  const first = await planOn(database.query, app, options)
  const notes = (plan: SchemaPlan): string[] => plan.notes.map(({ says }) => says)
  if (first.steps.length === 0 && first.risks.length === 0) return { changes: [], notes: notes(first) }
  try {
    return await database.transaction(async (tx) => {
      const plan = await planOn(tx.run, app, options)
      const refused = await refusalsOf(tx.run, plan.risks, options)
      if (refused.length > 0) throw new Refused(refused)
      await runSteps(tx, plan, options.by ?? 'truth')
      return { changes: plan.steps.map(({ says }) => says), notes: notes(plan) }
    }, 'alone')
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refused }
    throw error
  }
}

async function runSteps(tx: Transaction, { steps, tables }: SchemaPlan, by: string): Promise<void> {
  if (steps.length === 0) return
  await tx.run(statement(deferForeignKeys), [])
  for (const { sql } of steps) for (const text of sql) await tx.run(statement(text), [])
  await writeEntry(tx, by, steps, tables)
}

async function noteText(run: Run, { says, count: text }: Note): Promise<string> {
  const rows = text === undefined ? 0 : await count(run, text)
  return rows === 0 ? says : `${says}, with ${rowsText(rows)} (\`--allow-data-loss\` drops it)`
}

/** What `applySchema` would do, and what stands in its way. Changes nothing. Throws DatabaseError. */
export async function previewSchema(database: Database, app: App, options: ApplyOptions = {}): Promise<Preview> {
  const { steps, risks, notes } = await planOn(database.query, app, options)
  const told: string[] = []
  for (const note of notes) told.push(await noteText(database.query, note))
  return { steps, refused: await refusalsOf(database.query, risks, options), notes: told }
}

/** What was applied until now, the oldest first. Throws DatabaseError. */
export async function appliedBefore(database: Database): Promise<readonly Entry[]> {
  return readJournal(database, await readSchema(database.query))
}
