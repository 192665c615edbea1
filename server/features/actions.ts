// Code actions: the fixes that diagnostics suggest, what is missing added, and a few rewritings.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { nodeAt } from '../../runtime/truth/node.ts'
import type { Action } from './action.ts'
import { additionsFor } from './action-additions.ts'
import { rewritingsAt } from './action-rewritings.ts'
import { valueFixes } from './action-values.ts'
import { pathIn } from './diagnostic-path.ts'
import type { Edit } from './edits.ts'
import { type Span, spanFinder } from './span.ts'

type SpanOf = ReturnType<typeof spanFinder>

/** Fixes that put something in the place of what is wrong. */
function replacements(analysis: Analysis, diagnostic: Diagnostic, spanOf: SpanOf): readonly Action[] {
  const suggested = (diagnostic.suggestions ?? []).flatMap(({ message, edits: given }): Action[] => {
    const edits = given.map(({ file, range, text }) => ({ place: { file, ...spanOf({ file, range }) }, text }))
    if (edits.some((edit) => isTaken(analysis, diagnostic, edit))) return []
    return [{ title: message, kind: 'quickfix', diagnostic, edits }]
  })
  const fixes = [...suggested, ...valueFixes(analysis, diagnostic)]
  return fixes.map((fix) => ({ ...fix, preferred: fixes.length === 1 }))
}

/** Whether an edit would give a key a name that its object has already. */
function isTaken({ root }: Analysis, { path: text }: Diagnostic, { place, text: name }: Edit): boolean {
  if (!root) return false
  const path = pathIn(root, text)
  const holder = nodeAt(root, path.slice(0, -1))
  if (holder?.kind !== 'object' || !holder.entries.has(name)) return false
  const key = holder.entries.get(String(path.at(-1)))?.key
  return key !== undefined && key.file === place.file && key.start === place.start
}

/** What can be done at a stretch of a file. */
export function actionsAt(analysis: Analysis, file: string, { start, end }: Span): readonly Action[] {
  const spanOf = spanFinder(analysis.files)
  const fixes = analysis.diagnostics.flatMap((diagnostic) => {
    const span = diagnostic.file === file ? spanOf(diagnostic) : undefined
    if (!span || span.start > end || start > span.end) return []
    return [...replacements(analysis, diagnostic, spanOf), ...additionsFor(analysis, diagnostic, span)]
  })
  return [...fixes, ...rewritingsAt(analysis, file, { start, end }), ...fixAll(analysis, file, spanOf)]
}

/** Every fault of the file that has one fix, mended at once. */
function fixAll(analysis: Analysis, file: string, spanOf: SpanOf): Action[] {
  const edits: Edit[] = []
  for (const diagnostic of analysis.diagnostics) {
    const [only, another] = diagnostic.file === file ? replacements(analysis, diagnostic, spanOf) : []
    if (!only || another || only.edits.some((edit) => edits.some((other) => overlap(edit, other)))) continue
    edits.push(...only.edits)
  }
  return edits.length > 0 ? [{ title: 'Fix all that has one fix', kind: 'source.fixAll', edits }] : []
}

const overlap = (a: Edit, b: Edit): boolean =>
  a.place.file === b.place.file && a.place.start <= b.place.end && b.place.start <= a.place.end
