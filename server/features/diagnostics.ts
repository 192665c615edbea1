// What is wrong with a file, of all the apps that use it.

import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { nameOf } from '../path.ts'
import type { Snapshot } from '../projects.ts'

/** A part that no app uses is not wrong for exporting no app. */
const isNoise = (diagnostic: Diagnostic, path: string): boolean =>
  diagnostic.code === 'T1003' && nameOf(path) !== 'app.truth.ts'

const identity = ({ code, message, range: { start, end } }: Diagnostic): string =>
  `${code} ${start.line}:${start.character}-${end.line}:${end.character} ${message}`

/** The diagnostics of one file. Several apps that share it may find the same thing: it is said once. */
export function diagnosticsOf(path: string, snapshots: readonly Snapshot[]): readonly Found[] {
  const found = new Map<string, Found>()
  for (const snapshot of snapshots) {
    const file = snapshot.fileOf(path) ?? nameOf(path)
    for (const diagnostic of snapshot.analysis.diagnostics) {
      if (diagnostic.file !== file || isNoise(diagnostic, path)) continue
      const key = identity(diagnostic)
      if (!found.has(key)) found.set(key, { diagnostic, snapshot })
    }
  }
  return [...found.values()]
}

export type Found = { readonly diagnostic: Diagnostic; readonly snapshot: Snapshot }
