// Walks over the tokens once, knowing only whether a value or an operator must come next and which brackets are open.
// Reports every fault of structure, mends it (so that the grammar always fits), and keeps the bounds: the parser never
// sees more nesting than it can bear.

import * as say from '../messages/syntax.ts'
import type { Report } from '../problems.ts'
import { replaceBy } from '../problems.ts'
import { reservedWords } from './ast.ts'
import { decodeNumber, decodeText } from './literals.ts'
import { operatorSlip, valueSlip } from './slips.ts'
import * as t from './tokens.ts'

type Bracket = {
  readonly opener: t.Token
  readonly kind: 'group' | 'call' | 'method' | 'list'
  /** Prefix operators that stood before the bracket; they nest as brackets do. */
  readonly prefixes: number
  /** The comparison that was open outside. */
  readonly comparison: t.Token | undefined
  elements: number
}

const binaryOperators: ReadonlySet<unknown> = new Set([
  t.Or,
  t.And,
  t.Equality,
  t.Relational,
  t.In,
  t.Additive,
  t.Multiplicative,
])
const comparisons: ReadonlySet<unknown> = new Set([t.Equality, t.Relational, t.In])
const literals: ReadonlySet<unknown> = new Set([t.Text, t.Numeral, t.True, t.False, t.Null])
const closers: ReadonlySet<unknown> = new Set([t.RightParen, t.RightBracket])
const keywords: ReadonlySet<unknown> = new Set([t.True, t.False, t.Null, t.In])

const spanOf = (token: t.Token) => ({ start: token.startOffset, end: t.endOf(token) })
const closerOf = (bracket: Bracket) => (bracket.kind === 'list' ? t.RightBracket : t.RightParen)

/** The tokens in a form that the grammar accepts, or undefined when a bound is exceeded. */
export function repair(tokens: readonly t.Token[], source: string, report: Report): t.Token[] | undefined {
  const out: t.Token[] = []
  const open: Bracket[] = []
  let comparison: t.Token | undefined
  let prefixes = 0
  let nesting = 0
  let operators = 0
  let wantsValue = true
  let index = 0

  const last = () => out[out.length - 1]
  const missing = (offset: number) => {
    out.push(t.virtualToken(t.Missing, '', offset))
    wantsValue = false
  }
  const openBracket = (token: t.Token, kind: Bracket['kind']) => {
    open.push({ opener: token, kind, prefixes, comparison, elements: 1 })
    out.push(token)
    nesting += 1 + prefixes
    prefixes = 0
    comparison = undefined
    wantsValue = true
  }
  const closeBracket = (token: t.Token) => {
    const bracket = open.pop()!
    out.push(token.tokenType === closerOf(bracket) ? token : t.retype(token, closerOf(bracket)))
    nesting -= 1 + bracket.prefixes
    prefixes = bracket.prefixes
    comparison = bracket.comparison
    wantsValue = false
  }
  /** Drops a value that stands where none can, up to where the sentence can go on. */
  const skip = () => {
    let depth = 0
    for (; index < tokens.length; index++) {
      const type = tokens[index]!.tokenType
      if (depth === 0 && (type === t.Or || type === t.And || type === t.Comma || closers.has(type))) return
      if (type === t.LeftParen || type === t.LeftBracket) depth += 1
      if (closers.has(type)) depth -= 1
    }
  }

  while (index < tokens.length) {
    if (nesting + prefixes > say.maxNesting) return void report(say.tooDeep(), spanOf(tokens[index - 1]!))
    if (operators > say.maxOperators) return void report(say.tooManyOperators(), spanOf(tokens[index - 1]!))
    const token = tokens[index]!
    const type = token.tokenType
    const next = tokens[index + 1]
    const at = spanOf(token)
    const bracket = open[open.length - 1]

    if (closers.has(type)) {
      if (!bracket) {
        report(say.unopened(token.image), at, replaceBy('', at, 'Remove it'))
        index += 1
        continue
      }
      const empty = last() === bracket.opener
      if (wantsValue && empty && bracket.kind === 'group') {
        report(say.emptyParentheses(), { start: bracket.opener.startOffset, end: at.end })
        missing(at.start)
      } else if (wantsValue && !empty) {
        report(say.missingAfter(last()!.image), spanOf(last()!))
        missing(at.start)
      }
      if (type !== closerOf(bracket)) {
        const right = bracket.kind === 'list' ? ']' : ')'
        report(say.wrongCloser(bracket.opener.image, token.image), at, replaceBy(right, at))
      }
      closeBracket(token)
      index += 1
    } else if (wantsValue) {
      if (literals.has(type)) {
        const value = literalValue(token, report)
        out.push(value === undefined ? token : { ...token, value })
        wantsValue = false
        index += 1
      } else if (type === t.Name) {
        const before = last()
        const first = before === bracket?.opener || before?.tokenType === t.Comma
        if (next?.tokenType === t.Arrow && bracket?.kind === 'method' && first) {
          if (/[\r\n]/.test(source.slice(at.end, next.startOffset))) report(say.arrowLine(), spanOf(next))
          if (reservedWords.has(token.image)) report(say.reserved(token.image), at)
          out.push(token, next)
          index += 2
          continue
        }
        const slip = valueSlip(token, next)
        if (slip) {
          report(slip.fault, at, ...slip.suggestions)
          out.push(t.retype(token, t.Prefix, '!'))
          prefixes += 1
        } else {
          if (reservedWords.has(token.image)) report(say.reserved(token.image), at)
          out.push(token)
          wantsValue = false
        }
        index += 1
      } else if (type === t.Prefix || token.image === '-') {
        out.push(type === t.Prefix ? token : t.retype(token, t.Prefix))
        prefixes += 1
        operators += 1
        index += 1
      } else if (type === t.LeftParen) {
        openBracket(token, 'group')
        index += 1
      } else if (type === t.LeftBracket) {
        openBracket(token, 'list')
        index += 1
      } else if (token.image === '+') {
        report(say.unaryPlus(), at, replaceBy('', at, 'Remove it'))
        index += 1
      } else if (type === t.OpenText) {
        report(say.unclosedText(token.image[0]!), { start: at.start, end: at.start + 1 })
        out.push({ ...t.retype(token, t.Text), value: token.image.slice(1) })
        wantsValue = false
        index += 1
      } else if (type === t.Template) {
        report(say.templateText(), at)
        missing(at.start)
        index += 1
      } else if (binaryOperators.has(type) || type === t.Comma || type === t.Dot || operatorSlip(token, next)) {
        const before = last()
        if (before && before !== bracket?.opener) report(say.missingAfter(before.image), spanOf(before))
        else report(say.missingBefore(token.image), at)
        missing(at.start)
      } else {
        reportOdd(token, report)
        index += 1
      }
    } else {
      const slip = operatorSlip(token, next)
      if (binaryOperators.has(type) || slip?.instead) {
        if (slip) report(slip.fault, { start: at.start, end: slip.end }, ...slip.suggestions)
        const operator = slip?.instead ? t.retype(token, slip.instead.type, slip.instead.image) : token
        if (comparisons.has(operator.tokenType)) {
          if (comparison) report(say.chained(comparison.image, operator.image), spanOf(operator))
          comparison = operator
        } else if (operator.tokenType === t.And || operator.tokenType === t.Or) comparison = undefined
        out.push(operator)
        prefixes = 0
        operators += 1
        wantsValue = true
        index += slip?.tokens ?? 1
      } else if (type === t.Dot || type === t.OptionalDot) {
        if (type === t.OptionalDot) report(say.optionalChaining(), at, replaceBy('.', at))
        const named = next && (next.tokenType === t.Name || keywords.has(next.tokenType))
        if (!named) report(say.missingName(), at)
        out.push(t.retype(token, t.Dot))
        out.push(named ? t.retype(next, t.Name) : t.virtualToken(t.Name, '', at.end))
        index += named ? 2 : 1
        if (tokens[index]?.tokenType === t.LeftParen) {
          openBracket(tokens[index]!, 'method')
          index += 1
        }
      } else if (type === t.LeftParen && last()?.tokenType === t.Name) {
        openBracket(token, 'call')
        index += 1
      } else if (type === t.Comma && bracket && bracket.kind !== 'group') {
        out.push(token)
        bracket.elements += 1
        if (bracket.elements > say.maxElements) return void report(say.tooManyElements(), spanOf(bracket.opener))
        comparison = undefined
        prefixes = 0
        wantsValue = true
        index += 1
      } else {
        if (slip) report(slip.fault, at, ...slip.suggestions)
        else reportMisplaced(token, last()!, bracket, report)
        if (type !== t.LeftParen && type !== t.LeftBracket) index += 1
        if (type !== t.Other && type !== t.Comment) skip()
      }
    }
  }
  if (nesting + prefixes > say.maxNesting) return void report(say.tooDeep(), spanOf(last()!))
  if (wantsValue) {
    const before = last()
    if (before && before === open[open.length - 1]?.opener) {
      if (open[open.length - 1]!.kind === 'group') missing(source.length)
    } else {
      report(before ? say.missingAfter(before.image) : say.emptyExpression(), before ? spanOf(before) : whole(source))
      missing(source.length)
    }
  }
  for (const bracket of open.toReversed()) {
    const right = bracket.kind === 'list' ? ']' : ')'
    const end = { start: source.length, end: source.length }
    report(say.unclosed(bracket.opener.image), spanOf(bracket.opener), replaceBy(right, end, `Add ${right}`))
    out.push(t.virtualToken(closerOf(bracket), '', source.length))
  }
  return out
}

const whole = (source: string) => ({ start: 0, end: source.length })

function literalValue(token: t.Token, report: Report): string | number | boolean | undefined {
  if (token.tokenType === t.Text) return decodeText(token.image, token.startOffset, report)
  if (token.tokenType === t.Numeral) return decodeNumber(token.image, token.startOffset, report)
  if (token.tokenType === t.Null) return undefined
  return token.tokenType === t.True
}

function reportOdd(token: t.Token, report: Report): void {
  const at = spanOf(token)
  if (token.tokenType === t.Comment) report(say.comment(), at, replaceBy('', at, 'Remove it'))
  else if (token.tokenType === t.Arrow) report(say.strayArrow(), at)
  else if (token.tokenType === t.Other) report(say.strangeCharacter(token.image), at)
  else report(say.foreign(token.image), at)
}

/** Reports a token that cannot follow a value. */
function reportMisplaced(token: t.Token, before: t.Token, bracket: Bracket | undefined, report: Report): void {
  const at = spanOf(token)
  const type = token.tokenType
  if (type === t.LeftBracket) return report(say.computedMember(), at)
  if (type === t.LeftParen) return report(say.notCallable(), spanOf(before))
  if (type === t.Comma) return report(say.strayComma(), at)
  if (type === t.Template) return report(say.templateText(), at)
  if (type === t.OpenText) return report(say.unclosedText(token.image[0]!), { start: at.start, end: at.start + 1 })
  if (type === t.Name || literals.has(type) || type === t.Prefix) {
    const inside = bracket && bracket.kind !== 'group'
    return report(inside ? say.missingComma(token.image) : say.adjacent(token.image), at)
  }
  reportOdd(token, report)
}
