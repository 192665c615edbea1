// `truth migrate`: shows what the database still needs, does it, and tells what was done before.

import process from 'node:process'
import pc from 'picocolors'
import { appliedBefore, applySchema, type Preview, previewSchema, type Refusal } from '../database/apply.ts'
import { type Database, type Limits, usualLimits } from '../database/database.ts'
import { load } from '../load.ts'
import type { App } from '../truth/app.ts'
import { pretty } from './format.ts'
import { openApp, whoRuns } from './open.ts'

export const migrateActions = ['plan', 'apply', 'status'] as const
export type MigrateAction = (typeof migrateActions)[number]

export type MigrateOptions = { readonly json?: boolean; readonly allowDataLoss?: boolean }

/** Large tables take long to be made again, and nobody waits for an answer meanwhile. */
const limits: Limits = { ...usualLimits, transaction: 3_600_000, request: 600_000 }

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))
const indent = (text: string): string => text.replaceAll(/^/gm, '    ')

function printRefused(refused: readonly Refusal[]): void {
  if (refused.length === 0) return
  print(`${pc.red('This cannot be done, and nothing was changed.')}\n`)
  for (const { message, fix } of refused) print(`  ${message}\n  ${fix}\n`)
}

function printPreview({ steps, refused, notes }: Preview): void {
  if (steps.length === 0 && refused.length === 0) print('The database is as the app wants it.')
  for (const { says, sql } of steps) print(`${pc.bold(says)}\n${sql.map((text) => indent(`${text};`)).join('\n')}`)
  for (const note of notes) print(`${pc.yellow('note')} ${note}`)
  printRefused(refused)
}

async function plan(database: Database, app: App, options: MigrateOptions): Promise<number> {
  const preview = await previewSchema(database, app, options)
  if (options.json) printJson(preview)
  else printPreview(preview)
  return preview.refused.length > 0 ? 1 : 0
}

async function apply(database: Database, app: App, options: MigrateOptions): Promise<number> {
  const applied = await applySchema(database, app, { ...options, by: whoRuns('truth migrate apply') })
  if (options.json) printJson(applied)
  else if ('refused' in applied) printRefused(applied.refused)
  else {
    for (const change of applied.changes) print(`${pc.green('done')} ${change}`)
    for (const note of applied.notes) print(`${pc.yellow('note')} ${note}`)
    if (applied.changes.length === 0) print('The database is as the app wants it.')
  }
  return 'refused' in applied ? 1 : 0
}

/** Exit code 1 also tells that something is left to do. */
async function status(database: Database, app: App, options: MigrateOptions): Promise<number> {
  const before = await appliedBefore(database)
  const { steps, refused } = await previewSchema(database, app, options)
  const pending = steps.map(({ says }) => says)
  const isDone = pending.length + refused.length === 0
  if (options.json) printJson({ applied: before, pending, refused })
  else {
    for (const { at, by, changes } of before) print(`${at}  ${by}\n${indent(changes.join('\n'))}`)
    for (const change of pending) print(`${pc.yellow('to do')} ${change}`)
    for (const { message } of refused) print(`${pc.red('refused')} ${message}`)
    if (isDone) print('The database is as the app wants it.')
  }
  return isDone ? 0 : 1
}

/** Exit code: 0 when the database fits or was made to fit, 1 when the app is faulty or a step is refused. */
export async function migrate(action: MigrateAction, path: string, options: MigrateOptions): Promise<number> {
  const loaded = await load(path)
  const { app, folder } = loaded
  if (!app) {
    process.stderr.write(`${pretty(loaded, false)}\n`)
    return 1
  }
  const database = await openApp(app, folder, action === 'apply' ? 'use' : 'look', limits)
  try {
    return await { plan, apply, status }[action](database, app, options)
  } finally {
    await database.close()
  }
}
