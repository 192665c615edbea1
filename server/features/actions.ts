// Code actions: the fixes that diagnostics suggest, what is missing added, and a few rewritings.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { codes } from '../../runtime/truth/codes.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { nodeAt } from '../../runtime/truth/node.ts'
import type { Action } from './action.ts'
import { additionsFor } from './action-additions.ts'
import { expressionActions } from './action-expressions.ts'
import { rewritingsAt } from './action-rewritings.ts'
import { valueFixes } from './action-values.ts'
import { pathIn } from './diagnostic-path.ts'
import type { Edit } from './edits.ts'
import { type Span, spanFinder } from './span.ts'

type SpanOf = ReturnType<typeof spanFinder>

/** Fixes that put something in the place of what is wrong. */
function replacements(analysis: Analysis, diagnostic: Diagnostic, spanOf: SpanOf): readonly Action[] {
  const inside = expressionActions(analysis, diagnostic, spanOf(diagnostic))
  const fixes = [...(inside ?? suggested(analysis, diagnostic, spanOf)), ...valueFixes(analysis, diagnostic)]
  return fixes.map((fix) => ({ ...fix, preferred: fixes.length === 1 }))
}

/** The fixes that a diagnostic brings along. */
function suggested(analysis: Analysis, diagnostic: Diagnostic, spanOf: SpanOf): readonly Action[] {
  return (diagnostic.suggestions ?? []).flatMap(({ message, edits: given }): Action[] => {
    const edits = given.map(({ file, range, text }) =>
      asKey(analysis, diagnostic, { place: { file, ...spanOf({ file, range }) }, text }),
    )
    const known = edits.filter((edit) => edit !== undefined)
    return known.length < edits.length ? [] : [{ title: message, kind: 'quickfix', diagnostic, edits: known }]
  })
}

/** An edit that gives a key another name: none where its object has that name, and `{ a }` becomes `{ b: a }`. */
function asKey({ root, files }: Analysis, { path: text }: Diagnostic, edit: Edit): Edit | undefined {
  const path = root ? pathIn(root, text) : []
  const holder = root && nodeAt(root, path.slice(0, -1))
  const key = holder?.kind === 'object' ? holder.entries.get(String(path.at(-1)))?.key : undefined
  const { place, text: name } = edit
  if (holder?.kind !== 'object' || key?.file !== place.file || key.start !== place.start) return edit
  if (holder.entries.has(name)) return undefined
  const source = files.get(place.file) ?? ''
  const isShort = /^\s*[,}]/.test(source.slice(place.end, place.end + 200))
  return isShort ? { place, text: `${name}: ${source.slice(place.start, place.end)}` } : edit
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

/** Faults whose fix says what was meant, and may grant what was not: for somebody to look at, one by one. */
const interpreted = new Set(['T4108', 'T4211'])

/**
 * SECURITY: what is mended at once, perhaps on every save, must be meant for sure. Around a slip of the syntax nothing is
 * where it belongs, and beside a faulty name or field an expression is often faulty for that alone.
 */
function fixableAtOnce({ diagnostics }: Analysis): readonly Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => code === codes.syntax.id)) return []
  const around = errors.some(({ code }) => /^T[123]/.test(code))
  return diagnostics.filter(({ code }) => !interpreted.has(code) && !(around && code.startsWith('T4')))
}

/** Every fault of the file that has one fix, mended at once. */
function fixAll(analysis: Analysis, file: string, spanOf: SpanOf): Action[] {
  const edits: Edit[] = []
  for (const diagnostic of fixableAtOnce(analysis)) {
    const [only, another] = diagnostic.file === file ? replacements(analysis, diagnostic, spanOf) : []
    if (!only || another || only.edits.some((edit) => edits.some((other) => overlap(edit, other)))) continue
    edits.push(...only.edits)
  }
  return edits.length > 0 ? [{ title: 'Fix all that has one fix', kind: 'source.fixAll', edits }] : []
}

const overlap = (a: Edit, b: Edit): boolean =>
  a.place.file === b.place.file && a.place.start <= b.place.end && b.place.start <= a.place.end
