// Path → app: the one door for the command line, the server and the tests. Beside it, only `load-provider` may run a
// user's file.

import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { evaluateFile, evaluationFault } from './evaluate.ts'
import { type AnalyseOptions, type Analysis, analyse } from './truth/analyse.ts'
import { faultDiagnostic } from './truth/present.ts'
import { placed } from './truth/read/parts.ts'

export type Loaded = Analysis & {
  /** The app's folder; diagnostics name files relative to it. */
  readonly folder: string
  readonly entry: string
  /** Absolute paths of every truth file that was read or missed, for watching. */
  readonly paths: readonly string[]
}

/** Larger truth files are refused unread. */
const largestFile = 16 * 1024 * 1024

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** The text of a file, or undefined when it cannot be read. A byte order mark is not part of the text. */
function textOf(path: string): string | undefined {
  try {
    if (statSync(path).size > largestFile) return undefined
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return undefined
  }
}

/** Loads the app of a folder (its `app.truth.ts`) or of a file. Faults of the file are diagnostics, never thrown. */
export async function load(path: string): Promise<Loaded> {
  const whole = resolve(path)
  const folder = isFolder(whole) ? whole : dirname(whole)
  const entry = isFolder(whole) ? 'app.truth.ts' : whole.slice(folder.length).replace(/^[\\/]/, '')
  const asked = new Set<string>()
  const read = (file: string): string | undefined => {
    asked.add(join(folder, file))
    return textOf(join(folder, file))
  }
  const options: AnalyseOptions = { entry, env: (name) => process.env[name] }
  const analysis = analyse(read, options)
  const loaded = { folder, entry, paths: [...asked] }
  const unreadable = analysis.diagnostics.some(({ code }) => code.startsWith('T1') && code !== 'T1004')
  if (!analysis.computed || unreadable) return { ...analysis, ...loaded }
  const evaluated = await evaluateFile(join(folder, entry))
  if ('parts' in evaluated) {
    const { parts } = evaluated
    const evaluatedRoot: AnalyseOptions['evaluated'] = (node, file) =>
      placed(parts, node, node?.place ?? { file, start: 0, end: 0 })
    return { ...analyse(read, { ...options, evaluated: evaluatedRoot }), ...loaded }
  }
  const fault = evaluationFault(evaluated, entry, analysis.files.get(entry) ?? '')
  const known = analysis.diagnostics.filter(({ code }) => code !== 'T1004')
  return { ...analysis, ...loaded, diagnostics: [...known, faultDiagnostic(fault, analysis.files)] }
}
