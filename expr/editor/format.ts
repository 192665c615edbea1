// The usual spacing of an expression: one blank around operators, none inside brackets. Nothing but blanks changes.

import { parseExpression } from '../syntax/parse.ts'
import * as t from '../syntax/tokens.ts'

const spaced: ReadonlySet<unknown> = new Set([
  t.Or,
  t.And,
  t.Equality,
  t.Relational,
  t.In,
  t.Additive,
  t.Multiplicative,
  t.Arrow,
])

/** The expression with its usual spacing; as it is when it is faulty, or written over several lines. */
export function formatExpression(source: string): string {
  if (/[\r\n]/.test(source) || parseExpression(source).problems.length > 0) return source
  let text = ''
  let before: t.Token | undefined
  let prefixed = false
  for (const token of t.tokenize(source)) {
    const prefix = token.tokenType === t.Prefix || (token.image === '-' && !t.valueEnds.has(before?.tokenType))
    const operator = !prefix && spaced.has(token.tokenType)
    const glued =
      before !== undefined &&
      (before.tokenType === t.LeftParen || before.tokenType === t.LeftBracket || before.tokenType === t.Dot || prefixed)
    const blank =
      operator || (before !== undefined && !glued && (before.tokenType === t.Comma || spaced.has(before.tokenType)))
    text += `${blank && text !== '' ? ' ' : ''}${token.image}`
    before = token
    prefixed = prefix
  }
  return text
}
