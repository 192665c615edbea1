// Fixes for the words of a query that are misspelt: `wher`, `ordr by`, `descending`.

import { closest } from '../closest.ts'
import type { Suggestion } from '../codes.ts'
import { replaceBy } from '../problems.ts'
import type { Span } from '../syntax/ast.ts'
import * as t from '../syntax/tokens.ts'

const words = ['where', 'order', 'limit'] as const

/** What may have been meant at the place of a problem of a query. */
export function queryFixes(source: string, code: string, { start, end }: Span): readonly Suggestion[] {
  const tokens = t.tokenize(source)
  if (code === 'T4303') return orderFixes(tokens.filter((token) => token.startOffset >= start && t.endOf(token) <= end))
  const at = tokens.findIndex((token) => token.startOffset === start)
  const token = tokens[at]
  if (!token || at === 0 || !t.valueEnds.has(tokens[at - 1]?.tokenType)) return []
  return code === 'T4302' || code === 'T4002' ? wordFixes(token, tokens[at + 1]) : []
}

/** The fix for a name that stands where only a word of the query can. */
function wordFixes(token: t.Token, next: t.Token | undefined): readonly Suggestion[] {
  if (token.tokenType !== t.Name) return []
  const word = token.image.toLowerCase()
  const [start, end] = [token.startOffset, t.endOf(token)]
  if (/^(?:order|sort)_?by$/.test(word)) return [replaceBy('order by', { start, end })]
  const meant = word === 'sort' || word === 'sorted' ? 'order' : closest(word, words)
  if (meant === undefined || meant === token.image) {
    const isOrder = meant === 'order' && !(next && next.tokenType === t.Name && next.image === 'by')
    return isOrder ? [replaceBy('order by', { start, end: endWithBy(end, next) })] : []
  }
  return [
    replaceBy(meant === 'order' ? 'order by' : meant, { start, end: meant === 'order' ? endWithBy(end, next) : end }),
  ]
}

/** `by`, or what is as short and begins so, belongs to the word before it. */
const endWithBy = (end: number, next: t.Token | undefined): number =>
  next !== undefined && next.tokenType === t.Name && /^b\w?$/i.test(next.image) ? t.endOf(next) : end

/** The fix for what stands behind a field in `order by`. */
function orderFixes(tokens: readonly t.Token[]): readonly Suggestion[] {
  const at = tokens.findIndex(
    (token, index) =>
      index > 0 &&
      token.tokenType === t.Name &&
      tokens[index - 1]?.tokenType !== t.Dot &&
      !/^(?:asc|desc)$/.test(token.image),
  )
  const token = tokens[at]
  if (!token) return []
  const direction = /^(?:asc|desc)/i.exec(token.image)?.[0].toLowerCase()
  if (direction) return [replaceBy(direction, { start: token.startOffset, end: t.endOf(token) })]
  return wordFixes(token, tokens[at + 1])
}
