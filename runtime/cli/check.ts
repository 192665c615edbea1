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

async function once(path: string, options: CheckOptions): Promise<Loaded> {
  const loaded = await load(path)
  const printed = printers[options.format](loaded)
  if (printed) process.stdout.write(`${printed}\n`)
  if (options.report) writeReport(loaded)
  return loaded
}

const count = (number: number): string => number.toLocaleString('en')

/** Asks every rule by each of its evaluators; whether they all said the same. What is told goes to standard error. */
async function proved({ app }: Loaded): Promise<boolean> {
  if (!app) return true
  const { prove } = await import('./prove.ts')
  const { rules, asked, sampled, disagreements } = await prove(app)
  for (const { path, source, user, row, answers } of disagreements) {
    const told = JSON.stringify({ row, user, answers })
    process.stderr.write(
      `${path}: \`${source}\` comes out differently by its evaluators. Please report this: ${told}\n`,
    )
  }
  const rest = sampled > 0 ? `; of ${sampled} of them a sample of all combinations` : ''
  const verdict = disagreements.length > 0 ? `${disagreements.length} of` : 'All of'
  const said = disagreements.length > 0 ? 'come out differently' : 'come out the same in the server and in the database'
  process.stderr.write(`${verdict} ${count(rules)} rules ${said}, asked on ${count(asked)} small rows${rest}.\n`)
  return disagreements.length === 0
}

/** Exit code: 0 without errors, 1 with, or when a proof that was asked for fails. With `watch` it goes on until it is interrupted. */
export async function check(path: string, options: CheckOptions): Promise<number> {
  const loaded = await once(path, options)
  const sound = options.prove ? await proved(loaded) : true
  if (options.watch) {
    const { watchFiles } = await import('../dev/watch.ts')
    const watcher = await watchFiles(loaded.paths, async () => (await once(path, options)).paths)
    await new Promise<void>((stop) => process.once('SIGINT', stop))
    await watcher.stop()
  }
  return counts(loaded.diagnostics).error > 0 || !sound ? 1 : 0
}
