// Code actions: the fixes that diagnostics suggest, what is missing added, and a few rewritings.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { converterOf } from '../position.ts'
import type { Action } from './action.ts'
import { additionsFor } from './action-additions.ts'
import { rewritingsAt } from './action-rewritings.ts'
import type { Edit } from './edits.ts'

type Span = { readonly start: number; readonly end: number }

/** A diagnostic's place as offsets. */
function spanOf(files: ReadonlyMap<string, string>, { file, range }: Pick<Diagnostic, 'file' | 'range'>): Span {
  const { offsetAt } = converterOf(files.get(file) ?? '', 'utf-16')
  return { start: offsetAt(range.start), end: offsetAt(range.end) }
}

function fixesOf({ files }: Analysis, diagnostic: Diagnostic): Action[] {
  const suggestions = diagnostic.suggestions ?? []
  return suggestions.map(({ message, edits }) => ({
    title: message,
    kind: 'quickfix',
    diagnostic,
    preferred: suggestions.length === 1,
    edits: edits.map(({ file, range, text }) => ({ place: { file, ...spanOf(files, { file, range }) }, text })),
  }))
}

/** What can be done at a stretch of a file. */
export function actionsAt(analysis: Analysis, file: string, { start, end }: Span): readonly Action[] {
  const { diagnostics, files } = analysis
  const here = diagnostics.filter((diagnostic) => {
    if (diagnostic.file !== file) return false
    const span = spanOf(files, diagnostic)
    return span.start <= end && start <= span.end
  })
  const fixes = here.flatMap((diagnostic) => [...fixesOf(analysis, diagnostic), ...additionsFor(analysis, diagnostic)])
  return [...fixes, ...rewritingsAt(analysis, file, { start, end }), ...fixAll(analysis, file)]
}

/** Every fault of the file that has one fix, mended at once. */
function fixAll(analysis: Analysis, file: string): Action[] {
  const edits: Edit[] = []
  for (const diagnostic of analysis.diagnostics) {
    const [only, another] = diagnostic.file === file ? fixesOf(analysis, diagnostic) : []
    if (!only || another || only.edits.some((edit) => edits.some((other) => overlap(edit, other)))) continue
    edits.push(...only.edits)
  }
  return edits.length > 0 ? [{ title: 'Fix all that has one fix', kind: 'source.fixAll', edits }] : []
}

const overlap = (a: Edit, b: Edit): boolean =>
  a.place.file === b.place.file && a.place.start <= b.place.end && b.place.start <= a.place.end
