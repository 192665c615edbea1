// The one shape of a problem (loader, command line, editor, development overlay), and how a place becomes lines.

import type { Severity } from '../../expr/codes.ts'
import type { Place } from './node.ts'

/** Zero-based line and character, in UTF-16 units. */
export type Position = { readonly line: number; readonly character: number }
export type Range = { readonly start: Position; readonly end: Position }

export type Diagnostic = {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** The place in the app, such as `entities.Task.permissions.update`; empty for the file as a whole. */
  readonly path: string
  readonly file: string
  readonly range: Range
  readonly related?: readonly { readonly message: string; readonly file: string; readonly range: Range }[]
  readonly suggestions?: readonly DiagnosticFix[]
  /** Relative link to the code's section in the documentation. */
  readonly docs: string
}

export type DiagnosticFix = {
  readonly message: string
  readonly edits: readonly { readonly file: string; readonly range: Range; readonly text: string }[]
}

/** Offsets at which lines start. Lines end as the language server protocol says: `\n`, `\r\n` or `\r`. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  // PERF: nearly every text has `\n` alone, and the engine finds those much faster than a loop does.
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    return starts
  }
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === 13 && text.charCodeAt(index + 1) === 10) continue
    if (unit === 10 || unit === 13) starts.push(index + 1)
  }
  return starts
}

export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low, character: offset - (starts[low] ?? 0) }
}

/** Turns places into ranges, keeping each file's line starts. */
export function rangeFinder(textOf: (file: string) => string): (place: Place) => Range {
  const kept = new Map<string, readonly number[]>()
  return (place) => {
    let starts = kept.get(place.file)
    if (!starts) {
      starts = lineStarts(textOf(place.file))
      kept.set(place.file, starts)
    }
    return { start: positionAt(starts, place.start), end: positionAt(starts, place.end) }
  }
}

// PERF: comparing by the rules of a language is slow, and nearly all are equal.
const order = (a: string, b: string): number => (a === b ? 0 : a.localeCompare(b))

export const compareDiagnostics = (a: Diagnostic, b: Diagnostic): number =>
  order(a.file, b.file) ||
  a.range.start.line - b.range.start.line ||
  a.range.start.character - b.range.start.character ||
  order(a.code, b.code)
