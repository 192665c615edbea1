// Where a cursor stands in a half-typed expression: after a dot, inside a text, where a value or an operator must come.
// Only what stands before the cursor counts, so that what follows can be as broken as it likes.

import type { Span } from '../syntax/ast.ts'
import * as t from '../syntax/tokens.ts'

export type Cursor = Span & {
  /** `start`…`end` is the word being typed, which a completion replaces; it may be empty. */
  readonly where: 'member' | 'value' | 'operator' | 'text' | 'lambda' | 'parameter' | 'nowhere'
  /** The quote that a text was opened with, and whether it is closed behind the cursor. */
  readonly quote?: string
  readonly closed?: boolean
}

const valueEnds: ReadonlySet<unknown> = new Set([
  t.Name,
  t.Text,
  t.Numeral,
  t.True,
  t.False,
  t.Null,
  t.RightParen,
  t.RightBracket,
])
const words: ReadonlySet<unknown> = new Set([t.Name, t.True, t.False, t.Null, t.In])

export function cursorAt(source: string, offset: number): Cursor {
  const tokens = t.tokenize(source.slice(0, offset))
  const last = tokens.at(-1)
  const nowhere: Cursor = { where: 'nowhere', start: offset, end: offset }
  if (last?.tokenType === t.OpenText) return textCursor(source, last.startOffset, offset)
  if (last?.tokenType === t.Template) return nowhere
  if (last && t.endOf(last) === offset && (last.tokenType === t.Comment || last.tokenType === t.Numeral)) return nowhere
  const typing = last !== undefined && words.has(last.tokenType) && t.endOf(last) === offset
  const start = typing ? last.startOffset : offset
  const end = offset + (/^[A-Za-z0-9_$]*/.exec(source.slice(offset))?.[0].length ?? 0)
  const before = tokens.at(typing ? -2 : -1)
  if (!before) return { where: 'value', start, end }
  if (before.tokenType === t.Dot || before.tokenType === t.OptionalDot) return { where: 'member', start, end }
  // Directly behind a value nothing can begin: `'a'b`.
  if (valueEnds.has(before.tokenType) && !isWordOperator(before, tokens.at(typing ? -3 : -2)))
    return { where: t.endOf(before) < start || !typing ? 'operator' : 'nowhere', start, end }
  const [name, dot] = [tokens.at(typing ? -3 : -2), tokens.at(typing ? -4 : -3)]
  const opensLambda =
    before.tokenType === t.LeftParen && dot?.tokenType === t.Dot && /^(?:some|every)$/.test(name?.image ?? '')
  return { where: opensLambda ? 'lambda' : 'value', start, end }
}

/** `and`, `or`, `not`, which people write for `&&`, `||`, `!`: a value comes next. */
const isWordOperator = (token: t.Token, before: t.Token | undefined): boolean =>
  token.tokenType === t.Name &&
  (/^(?:and|or)$/.test(token.image) ? before !== undefined && valueEnds.has(before.tokenType) : false)

function textCursor(source: string, opened: number, offset: number): Cursor {
  const quote = source[opened] ?? "'"
  const rest = /^(?:\\.|[^'"\\\n=!<>&|()[\],])*/.exec(source.slice(offset))?.[0] ?? ''
  const closed = source[offset + rest.length] === quote
  return { where: 'text', start: opened + 1, end: closed ? offset + rest.length : offset, quote, closed }
}
