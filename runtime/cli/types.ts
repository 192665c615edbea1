// `truth types`: TypeScript declarations of the app's rows, beside the truth file.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { typesText } from '../generate/types.ts'
import { type Loaded, load } from '../load.ts'
import { pretty } from './format.ts'

export type TypesOptions = { readonly out?: string; readonly watch?: boolean }

const colour = process.stdout.isTTY === true && !process.env.NO_COLOR
const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** Writes only when the text differs, so that whoever watches the file is left in peace. */
function write(loaded: Loaded, out: string | undefined): number {
  if (!loaded.app) {
    print(pretty(loaded, colour))
    return 1
  }
  const file = out ?? join(loaded.folder, 'app.types.ts')
  const text = typesText(loaded.app)
  const shown = relative(process.cwd(), file)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    print(`${shown} is up to date.`)
    return 0
  }
  writeFileSync(file, text)
  print(`Wrote ${shown}.`)
  return 0
}

/** Exit code: 0, or 1 when the app is faulty; with `watch` it goes on until it is stopped. */
export async function types(path: string, { out, watch }: TypesOptions): Promise<number> {
  const first = await load(path)
  const code = write(first, out)
  if (!watch) return code
  const { watchFiles } = await import('../dev/watch.ts')
  const watcher = await watchFiles(first.paths, async () => {
    const loaded = await load(path)
    write(loaded, out)
    return loaded.paths
  })
  await new Promise<void>((stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
  await watcher.stop()
  return 0
}
