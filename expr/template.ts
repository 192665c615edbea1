// Texts with expressions in them: `Done: ${entity.title}`.

import type { Context } from './closure/context.ts'
import type { Problem } from './codes.ts'
import { compileExpression, type Expression, type Scope } from './compile.ts'
import { unclosedTemplate } from './messages/types.ts'
import { isUsable, problemAt, shiftProblems } from './problems.ts'

export type Template = {
  readonly source: string
  readonly parts: readonly (string | Expression)[]
  /** The text with its values; what is missing is written as nothing, a list as JSON. */
  render(context: Context): string
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template; readonly diagnostics: readonly Problem[] }
  | { readonly ok: false; readonly diagnostics: readonly Problem[] }

/** Up to the brace that closes an expression: braces inside its texts do not count. */
const expressionPart = /\$\{((?:[^'"}]|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")*)\}/g

/** The expression of a text that is nothing but one, as in `${entity.id}`; undefined for any other text. */
export function soleExpression(source: string): string | undefined {
  const [first] = source.matchAll(expressionPart)
  return first?.[0] === source ? first[1] : undefined
}

/** Parses and checks a template; never throws. */
export function compileTemplate(source: string, scope: Scope): CompiledTemplate {
  const diagnostics: Problem[] = []
  const parts: (string | Expression)[] = []
  let last = 0
  let told = true
  const plain = (end: number): void => {
    const text = source.slice(last, end)
    const open = text.indexOf('${')
    if (open >= 0) diagnostics.push(problemAt(unclosedTemplate(), { start: last + open, end: last + open + 2 }))
    if (text !== '') parts.push(text)
  }
  for (const match of source.matchAll(expressionPart)) {
    plain(match.index)
    last = match.index + match[0].length
    const compiled = compileExpression(match[1] ?? '', { ...scope, expects: 'value' })
    const problems = shiftProblems(compiled.diagnostics, match.index + 2)
    const whole = { start: match.index, end: last }
    diagnostics.push(...problems.map((problem) => (match[1]?.trim() ? problem : { ...problem, ...whole })))
    if (compiled.ok) parts.push(compiled.expression)
    else told = false
  }
  plain(source.length)
  if (!told || !isUsable(diagnostics)) return { ok: false, diagnostics }
  const render = (context: Context): string =>
    parts.map((part) => (typeof part === 'string' ? part : textOf(part.value(context)))).join('')
  return { ok: true, template: { source, parts, render }, diagnostics }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
