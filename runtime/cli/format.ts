// How diagnostics are printed: for people, for programs, for GitHub's annotations, for code-scanning tools.

import { isAbsolute, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { codeFrameColumns } from '@babel/code-frame'
import pc from 'picocolors'
import type { Severity } from '../../expr/codes.ts'
import type { Loaded } from '../load.ts'
import type { Diagnostic, Range } from '../truth/diagnostic.ts'

export type Format = 'pretty' | 'json' | 'github' | 'sarif'

export const formats: readonly Format[] = ['pretty', 'json', 'github', 'sarif']

type Colours = ReturnType<typeof pc.createColors>

const paint: Readonly<Record<Severity, (colours: Colours) => (text: string) => string>> = {
  error: (colours) => colours.red,
  warning: (colours) => colours.yellow,
  information: (colours) => colours.cyan,
}

/** Columns are one-based there, and the end is one past the last character. */
const frameLocation = (range: Range) => {
  const { start, end } = range
  const sameLine = start.line === end.line
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    ...(sameLine && { end: { line: end.line + 1, column: Math.max(end.character, start.character + 1) + 1 } }),
  }
}

export const counts = (diagnostics: readonly Diagnostic[]): Record<Severity, number> => {
  const total: Record<Severity, number> = { error: 0, warning: 0, information: 0 }
  for (const { severity } of diagnostics) total[severity]++
  return total
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

export function summary(loaded: Loaded): string {
  const { error, warning, information } = counts(loaded.diagnostics)
  if (error + warning + information === 0) {
    const entities = loaded.app?.entities.size ?? 0
    return `No problems. ${plural(entities, entities === 1 ? 'entity' : 'entitie')}, ${plural(loaded.app?.views.size ?? 0, 'view')}, ${plural(loaded.app?.workflows.size ?? 0, 'workflow')}.`
  }
  const parts = [
    error && plural(error, 'error'),
    warning && plural(warning, 'warning'),
    information && plural(information, 'note'),
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

/** A path as the person at the terminal would type it. */
const shown = (loaded: Loaded, file: string): string => {
  const path = relative(process.cwd(), resolve(loaded.folder, file))
  return path.startsWith('..') ? resolve(loaded.folder, file) : path
}

/** Code frames with a caret under the token. */
export function pretty(loaded: Loaded, colour: boolean): string {
  const colours = pc.createColors(colour)
  const blocks = loaded.diagnostics.map((diagnostic) => {
    const { code, severity, message, file, range, related, suggestions } = diagnostic
    const where = `${shown(loaded, file)}:${range.start.line + 1}:${range.start.character + 1}`
    const head = `${paint[severity](colours)(`${severity} ${code}`)} ${message}\n  ${colours.dim('at')} ${colours.cyan(where)}`
    const text = loaded.files.get(file)
    const frame =
      text === undefined
        ? ''
        : `\n${codeFrameColumns(text, frameLocation(range), { highlightCode: colour, linesAbove: 1, linesBelow: 1 })}`
    const notes = (related ?? []).map(
      (place) =>
        `\n  ${colours.dim('see')} ${shown(loaded, place.file)}:${place.range.start.line + 1}:${place.range.start.character + 1} ${place.message}`,
    )
    const fixes = (suggestions ?? []).map(({ message: fix }) => `\n  ${colours.green('fix')} ${fix}`)
    return head + frame + notes.join('') + fixes.join('')
  })
  return [...blocks, summary(loaded)].join('\n\n')
}

export const json = (loaded: Loaded): string =>
  JSON.stringify(
    { ok: loaded.app !== undefined, ...counts(loaded.diagnostics), diagnostics: loaded.diagnostics },
    null,
    2,
  )

const githubLevel: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice' }

/** Workflow commands of GitHub Actions; `%`, line breaks and, in properties, `:` and `,` are escaped as it asks. */
export function github(loaded: Loaded): string {
  const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
  return loaded.diagnostics
    .map(({ severity, code, message, file, range }) => {
      const { start, end } = range
      const place = `file=${property(shown(loaded, file))},line=${start.line + 1},endLine=${end.line + 1},col=${start.character + 1},endColumn=${end.character + 1}`
      return `::${githubLevel[severity]} ${place},title=${property(code)}::${data(message)}`
    })
    .join('\n')
}

const sarifLevel: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' }

/** A reference that stands where programs look for one: relative, or of a file elsewhere with its scheme. */
const uriOf = (path: string): string =>
  isAbsolute(path) ? pathToFileURL(path).href : path.split(sep).map(encodeURIComponent).join('/')

/** SARIF 2.1.0. */
export function sarif(loaded: Loaded, version: string): string {
  const results = loaded.diagnostics.map(({ code, severity, message, file, range }) => ({
    ruleId: code,
    level: sarifLevel[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(shown(loaded, file)) },
          region: {
            startLine: range.start.line + 1,
            startColumn: range.start.character + 1,
            endLine: range.end.line + 1,
            endColumn: range.end.character + 1,
          },
        },
      },
    ],
  }))
  const rules = [...new Set(loaded.diagnostics.map(({ code }) => code))].map((id) => ({ id }))
  const run = { tool: { driver: { name: 'truth', version, rules } }, columnKind: 'utf16CodeUnits', results }
  return JSON.stringify(
    { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] },
    null,
    2,
  )
}

/** The text of `schema_validation_result.txt`. */
export const report = (loaded: Loaded): string => `${pretty(loaded, false)}\n`
