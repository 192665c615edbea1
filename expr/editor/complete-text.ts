// Completion in the texts that hold expressions: templates (`Done: ${entity.title}`) and the queries of views.

import type { Schema } from '../schema.ts'
import type { Scope } from '../scope.ts'
import * as t from '../syntax/tokens.ts'
import { type CompleteOptions, type Completion, completeExpression } from './complete.ts'
import type { Item } from './items.ts'

/** The expression part of a template around an offset, up to its brace or the end of the text. */
export function templatePartAt(
  source: string,
  offset: number,
): { readonly start: number; readonly end: number } | undefined {
  for (let open = source.indexOf('${'); open >= 0 && open + 2 <= offset; ) {
    const end = closingBrace(source, open + 2)
    if (offset <= end) return { start: open + 2, end }
    open = source.indexOf('${', end)
  }
  return undefined
}

function closingBrace(source: string, start: number): number {
  let quote = ''
  for (let index = start; index < source.length; index++) {
    const unit = source[index] ?? ''
    if (quote !== '' && unit === '\\') index += 1
    else if (quote !== '') quote = unit === quote ? '' : quote
    else if (unit === "'" || unit === '"') quote = unit
    else if (unit === '}') return index
  }
  return source.length
}

const shift = (items: readonly Completion[], by: number): Completion[] =>
  items.map((item) => ({ ...item, start: item.start + by, end: item.end + by }))

export function completeTemplate(
  source: string,
  offset: number,
  scope: Scope,
  options?: CompleteOptions,
): readonly Completion[] {
  const part = templatePartAt(source, offset)
  if (!part) return []
  const inner = source.slice(part.start, part.end)
  return shift(completeExpression(inner, offset - part.start, { ...scope, expects: 'any' }, options), part.start)
}

const clause = (label: string, detail: string): Item => ({ label, kind: 'keyword', detail, insert: `${label} $0` })
const clauses = [clause('where', 'which rows'), clause('order by', 'in which order'), clause('limit', 'how many')]

export function completeQuery(
  source: string,
  offset: number,
  schema: Schema,
  options?: CompleteOptions,
): readonly Completion[] {
  const tokens = t.tokenize(source.slice(0, offset))
  const last = tokens.at(-1)
  const typing = last?.tokenType === t.Name && t.endOf(last) === offset
  const start = typing ? last.startOffset : offset
  const end = offset + (/^[A-Za-z0-9_$]*/.exec(source.slice(offset))?.[0].length ?? 0)
  const at = (items: readonly Item[], rank = 0): Completion[] => items.map((item) => ({ ...item, start, end, rank }))
  const done = typing ? tokens.slice(0, -1) : tokens
  const [first] = done
  if (!first) return at([...schema.entities.keys()].map((label) => ({ label, kind: 'entity', detail: 'entity' })))
  if (!schema.entities.has(first.image)) return []
  const scope: Scope = { schema, place: 'view', entity: first.image }
  const keyword = lastClause(done)
  const before = done.at(-1)
  const free =
    keyword === undefined ? done.length === 1 : t.valueEnds.has(before?.tokenType) && done.length - 1 > keyword.index
  const following = free ? clauses.slice(keyword ? keyword.order + 1 : 0) : []
  if (!keyword) return at(following)
  const from = keyword.end
  if (keyword.order === 2) return []
  const inner = completeExpression(
    source.slice(from),
    offset - from,
    keyword.order === 1 ? { ...scope, expects: 'any' } : scope,
    options,
  )
  const found = shift(inner, from)
  if (keyword.order === 0) return [...found, ...at(following, 2)]
  if (!free || before?.tokenType === t.Comma || before?.tokenType === t.Dot)
    return found.filter(({ kind, label }) => kind === 'field' && label !== 'length')
  const directions: Item[] = /^(?:asc|desc)$/.test(before?.image ?? '')
    ? []
    : [
        { label: 'asc', kind: 'keyword', detail: 'smallest first' },
        { label: 'desc', kind: 'keyword', detail: 'greatest first' },
      ]
  return [...at(directions), ...at(following, 2)]
}

/** The clause that the last of these tokens is in. */
function lastClause(tokens: readonly t.Token[]): { order: 0 | 1 | 2; end: number; index: number } | undefined {
  let found: { order: 0 | 1 | 2; end: number; index: number } | undefined
  let depth = 0
  for (let index = 1; index < tokens.length; index++) {
    const token = tokens[index]!
    if (token.tokenType === t.LeftParen || token.tokenType === t.LeftBracket) depth += 1
    if (token.tokenType === t.RightParen || token.tokenType === t.RightBracket) depth -= 1
    const free =
      depth === 0 &&
      (found === undefined ? index === 1 : t.valueEnds.has(tokens[index - 1]!.tokenType) && index - 1 > found.index)
    if (!free || token.tokenType !== t.Name) continue
    if (token.image === 'where') found = { order: 0, end: t.endOf(token), index }
    else if (token.image === 'limit') found = { order: 2, end: t.endOf(token), index }
    else if (token.image === 'order' && tokens[index + 1]?.image === 'by') {
      index += 1
      found = { order: 1, end: t.endOf(tokens[index]!), index }
    }
  }
  return found
}
