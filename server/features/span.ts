// A stretch of a file as offsets.

import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { type Converter, converterOf } from '../position.ts'

export type Span = { readonly start: number; readonly end: number }

/** Ranges as offsets. PERF: the lines of a file are counted once. */
export function spanFinder(files: ReadonlyMap<string, string>): (at: Pick<Diagnostic, 'file' | 'range'>) => Span {
  const kept = new Map<string, Converter>()
  return ({ file, range }) => {
    const converter = kept.get(file) ?? converterOf(files.get(file) ?? '', 'utf-16')
    kept.set(file, converter)
    return { start: converter.offsetAt(range.start), end: converter.offsetAt(range.end) }
  }
}
