// Fixes for the words of a query that are misspelt: `wher`, `ordr by`, `descending`.

import { closest } from './closest.ts'
import type { Suggestion } from './codes.ts'
import { replaceBy } from './problems.ts'
import * as t from './syntax/tokens.ts'

const words = ['where', 'order', 'limit'] as const

/** The fix for a name that stands where only a word of the query can. */
export function wordFixes(token: t.Token, next: t.Token | undefined): readonly Suggestion[] {
  if (token.tokenType !== t.Name) return []
  const word = token.image.toLowerCase()
  const [start, end] = [token.startOffset, t.endOf(token)]
  if (/^(?:order|sort)_?by$/.test(word)) return [replaceBy('order by', { start, end })]
  const meant = word === 'sort' || word === 'sorted' ? 'order' : closest(word, words)
  if (meant !== 'order') return meant === undefined ? [] : [replaceBy(meant, { start, end })]
  const by = next !== undefined && next.tokenType === t.Name && /^b\w?$/i.test(next.image)
  return [replaceBy('order by', { start, end: by ? t.endOf(next) : end })]
}

/** The fix for what stands behind a field in `order by`. */
export function orderFixes(tokens: readonly t.Token[]): readonly Suggestion[] {
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
