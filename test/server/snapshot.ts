// A file as the features see it, without a server: text with a mark for the cursor, or several files by name.

import { readFileSync } from 'node:fs'
import { analyse } from '../../runtime/truth/analyse.ts'
import type { Snapshot } from '../../server/projects.ts'

export function snapshotOf(
  files: string | ReadonlyMap<string, string> | ((file: string) => string | undefined),
): Snapshot {
  const analysis = analyse(files)
  return {
    entry: '/app/app.truth.ts',
    analysis,
    pathOf: (file) => `/app/${file}`,
    fileOf: (path) => {
      const file = path.replace(/^\/app\//, '')
      return analysis.files.has(file) ? file : undefined
    },
  }
}

/** The files of one of the examples. */
export function exampleFiles(name: string): ReadonlyMap<string, string> {
  const folder = new URL(`../../examples/${name}/`, import.meta.url)
  const { files } = analyse((file) => readFileSync(new URL(file, folder), 'utf8'))
  return files
}

export const cursorIn = (marked: string): { readonly text: string; readonly offset: number } => {
  const offset = marked.indexOf('¦')
  return { text: marked.replace('¦', ''), offset }
}
