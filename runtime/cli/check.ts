// `truth check`: everything that is wrong with an app, once or on every save.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type Loaded, load } from '../load.ts'
import { counts, type Format, github, json, pretty, report, sarif } from './format.ts'
import { version } from './version.ts'

export type CheckOptions = {
  readonly format: Format
  readonly watch?: boolean
  readonly report?: boolean
  /** True unless told otherwise. */
  readonly prove?: boolean
}

const printers: Readonly<Record<Format, (loaded: Loaded) => string>> = {
  pretty: (loaded) => pretty(loaded, process.stdout.isTTY === true && !process.env.NO_COLOR),
  json,
  github,
  sarif: (loaded) => sarif(loaded, version),
}

/** Writes `schema_validation_result.txt` beside the app. */
export function writeReport(loaded: Loaded): void {
  writeFileSync(join(loaded.folder, 'schema_validation_result.txt'), report(loaded))
}

type Checked = { readonly loaded: Loaded; readonly isGood: boolean }

async function once(path: string, options: CheckOptions): Promise<Checked> {
  const loaded = await load(path)
  const printed = printers[options.format](loaded)
  if (printed) process.stdout.write(`${printed}\n`)
  if (options.report) writeReport(loaded)
  const isProved = options.prove === false || (await prove(loaded, options.format))
  return { loaded, isGood: isProved && counts(loaded.diagnostics).error === 0 }
}

/** Whether every rule is answered alike everywhere. Only asked of an app without errors. */
async function prove(loaded: Loaded, format: Format): Promise<boolean> {
  const { app, folder } = loaded
  if (!app) return true
  const { provedText, proveRules } = await import('./prove.ts')
  const { keepProofs, knownProofs } = await import('./known-proofs.ts')
  const known = knownProofs(folder, app.schema)
  const { proofs, faults } = await proveRules(loaded, app, known)
  if (proofs.size !== known.size || [...proofs.keys()].some((key) => !known.has(key))) {
    keepProofs(folder, app.schema, proofs)
  }
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  if (faults.length === 0 && format === 'pretty') process.stdout.write(`${provedText(proofs)}\n`)
  return faults.length === 0
}

/** Exit code: 0 without errors, 1 with, or with a rule that is not answered alike everywhere. With `watch` it goes on until it is interrupted, or nobody reads it any more. */
export async function check(path: string, options: CheckOptions): Promise<number> {
  const stopped = new Promise<void>((stop) => {
    if (!options.watch) return
    process.once('SIGINT', stop)
    process.stdout.once('error', () => stop())
  })
  const { loaded, isGood } = await once(path, options)
  if (options.watch) {
    const { watchFiles } = await import('../dev/watch.ts')
    const watcher = await watchFiles(loaded.paths, async () => (await once(path, options)).loaded.paths)
    await stopped
    await watcher.stop()
  }
  return isGood ? 0 : 1
}
