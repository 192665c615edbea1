// What is wrong with a file, of all the apps that use it.

import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { nameOf } from '../path.ts'
import type { Snapshot } from '../projects.ts'
import { holdsAlone } from './alone.ts'

/** A part that no app uses is not wrong for exporting no app. */
const isNoise = (diagnostic: Diagnostic, path: string): boolean =>
  diagnostic.code === 'T1003' && nameOf(path) !== 'app.truth.ts'

const identity = ({ code, message, range: { start, end } }: Diagnostic): string =>
  `${code} ${start.line}:${start.character}-${end.line}:${end.character} ${message}`

function foundIn(snapshot: Snapshot, path: string): Found[] {
  const file = snapshot.fileOf(path) ?? nameOf(path)
  return snapshot.analysis.diagnostics
    .filter((diagnostic) => diagnostic.file === file && !isNoise(diagnostic, path))
    .filter((diagnostic) => !snapshot.isPart || holdsAlone(diagnostic, snapshot.analysis))
    .map((diagnostic) => ({ diagnostic, snapshot }))
}

/** As many of a file as editors show. */
const most = 1_000

/** Those that are told: errors before others, where there are too many. What is left out is told of at the last. */
function bounded(found: readonly Found[]): readonly Found[] {
  if (found.length <= most) return found
  const isError = ({ diagnostic }: Found): boolean => diagnostic.severity === 'error'
  const told = [...found.filter(isError), ...found.filter((one) => !isError(one))].slice(0, most)
  const last = told[most - 1]
  if (!last) return told
  const message = `${last.diagnostic.message} (${found.length - most} more problems of this file are not shown: \`truth check\` lists all.)`
  return [...told.slice(0, -1), { ...last, diagnostic: { ...last.diagnostic, message } }]
}

/** The diagnostics of one file. Several apps that share it may find the same thing: it is said once. */
export function diagnosticsOf(path: string, snapshots: readonly Snapshot[]): readonly Found[] {
  const [only, another] = snapshots
  if (only && !another) return bounded(foundIn(only, path))
  const found = new Map<string, Found>()
  for (const snapshot of snapshots) {
    for (const one of foundIn(snapshot, path)) {
      const key = identity(one.diagnostic)
      if (!found.has(key)) found.set(key, one)
    }
  }
  return bounded([...found.values()])
}

export type Found = { readonly diagnostic: Diagnostic; readonly snapshot: Snapshot }
