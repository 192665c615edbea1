// `truth check`: everything that is wrong with an app, once or on every save.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type Loaded, load } from '../load.ts'
import { counts, type Format, github, json, pretty, report, sarif } from './format.ts'
import { version } from './version.ts'

export type CheckOptions = { readonly format: Format; readonly watch?: boolean; readonly report?: boolean }

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

/** Exit code: 0 without errors, 1 with. With `watch` it goes on until it is interrupted. */
export async function check(path: string, options: CheckOptions): Promise<number> {
  const loaded = await once(path, options)
  if (options.watch) {
    const { watchFiles } = await import('../dev/watch.ts')
    const watcher = watchFiles(loaded.paths, async () => {
      const again = await once(path, options)
      watcher.follow(again.paths)
    })
    await new Promise<void>((stop) => process.once('SIGINT', stop))
    await watcher.stop()
  }
  return counts(loaded.diagnostics).error > 0 ? 1 : 0
}
