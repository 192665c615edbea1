// Text to syntax tree. Trees of equal texts are shared: they do not depend on names or types.

import type { Problem } from '../codes.ts'
import { maxLength, tooLong, unexpected } from '../messages/syntax.ts'
import { problemAt, type Report } from '../problems.ts'
import type { Node } from './ast.ts'
import { ExpressionParser } from './grammar.ts'
import { repair } from './repair.ts'
import { endOf, tokenize } from './tokens.ts'

/** The tree is there, with error nodes, for half-typed text too; it is absent past a bound. */
export type Parsed = { readonly tree?: Node; readonly problems: readonly Problem[] }

const maxCached = 10_000
const cache = new Map<string, Parsed>()
let parser: ExpressionParser | undefined

/** Parses an expression; never throws. */
export function parseExpression(source: string): Parsed {
  const known = cache.get(source)
  if (known) return known
  const parsed = parse(source)
  if (cache.size >= maxCached) cache.clear()
  if (source.length <= maxLength) cache.set(source, parsed)
  return parsed
}

function parse(source: string): Parsed {
  const problems: Problem[] = []
  const report: Report = (fault, at, ...suggestions) => void problems.push(problemAt(fault, at, suggestions))
  if (source.length > maxLength) {
    report(tooLong(source.length), { start: maxLength, end: source.length })
    return { problems }
  }
  const tokens = repair(tokenize(source), source, report)
  if (!tokens) return { problems }
  parser ??= new ExpressionParser()
  parser.input = tokens
  const tree: Node | undefined = parser.expression()
  const [error] = parser.errors
  if (!error) return { tree, problems }
  // INVARIANT: the mended tokens fit the grammar. Should they not, the user still gets a problem at a place.
  const { token } = error
  if (!problems.length)
    report(unexpected(token.image), { start: token.startOffset || 0, end: endOf(token) || source.length })
  return { problems }
}
