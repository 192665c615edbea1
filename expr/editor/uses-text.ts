// The names in the texts that hold expressions: templates and queries.

import { clausesOf, splitAtCommas } from '../query.ts'
import type { Schema } from '../schema.ts'
import type { Scope } from '../scope.ts'
import * as t from '../syntax/tokens.ts'
import { templatePartAt } from './complete-text.ts'
import { type Use, usesIn } from './uses.ts'

/** The name of the entity that a query is about. */
export type EntityUse = { readonly start: number; readonly end: number; readonly entity: string }

const shift = (uses: readonly Use[], by: number): Use[] =>
  uses.map((use) => {
    const moved = { ...use, start: use.start + by, end: use.end + by }
    if (use.meaning.is !== 'parameter') return moved
    const { start, end } = use.meaning.declared
    return { ...moved, meaning: { ...use.meaning, declared: { start: start + by, end: end + by } } }
  })

/** The expressions in a template, with where they stand. */
export function templateParts(source: string): readonly { readonly start: number; readonly end: number }[] {
  const parts: { start: number; end: number }[] = []
  for (let open = source.indexOf('${'); open >= 0; ) {
    const part = templatePartAt(source.slice(open), 2)
    if (!part) break
    parts.push({ start: open + part.start, end: open + part.end })
    open = source.indexOf('${', open + part.end)
  }
  return parts
}

export const usesInTemplate = (source: string, scope: Scope): readonly Use[] =>
  templateParts(source).flatMap(({ start, end }) =>
    shift(usesIn(source.slice(start, end), { ...scope, expects: 'any' }), start),
  )

export function usesInQuery(
  source: string,
  schema: Schema,
): { readonly entity?: EntityUse; readonly uses: readonly Use[] } {
  const [first, ...rest] = t.tokenize(source)
  if (first?.tokenType !== t.Name || !schema.entities.has(first.image)) return { uses: [] }
  const entity = { start: first.startOffset, end: t.endOf(first), entity: first.image }
  const scope: Scope = { schema, place: 'view', entity: first.image }
  const uses: Use[] = []
  for (const clause of clausesOf(rest, () => {})) {
    if (clause.name === 'limit') continue
    const parts = clause.name === 'where' ? [clause.tokens] : splitAtCommas(clause.tokens)
    for (const tokens of parts) {
      const last = tokens.at(-1)
      const ordered = clause.name === 'order by' && tokens.length > 1 && /^(?:asc|desc)$/.test(last?.image ?? '')
      const used = ordered ? tokens.slice(0, -1) : tokens
      const [start, end] = [used[0], used.at(-1)]
      if (!start || !end) continue
      const text = source.slice(start.startOffset, t.endOf(end))
      uses.push(
        ...shift(usesIn(text, clause.name === 'where' ? scope : { ...scope, expects: 'any' }), start.startOffset),
      )
    }
  }
  return { entity, uses }
}
