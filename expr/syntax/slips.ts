// What other languages write: `=`, `and`, `<>`, `not`. Each slip names the spelling that works, and is read as that.

import type { TokenType } from 'chevrotain'
import type { Suggestion } from '../codes.ts'
import * as say from '../messages/syntax.ts'
import { type Fault, replaceBy } from '../problems.ts'
import * as t from './tokens.ts'

export type Slip = {
  readonly fault: Fault
  readonly suggestions: readonly Suggestion[]
  /** The operator that was meant; without it the sentence cannot be read on. */
  readonly instead?: { readonly type: TokenType; readonly image: string }
  /** How many tokens the slip takes, and where it ends. */
  readonly tokens: number
  readonly end: number
}

const words: ReadonlyMap<string, { readonly type: TokenType; readonly image: string }> = new Map([
  ['and', { type: t.And, image: '&&' }],
  ['or', { type: t.Or, image: '||' }],
  ['is', { type: t.Equality, image: '==' }],
  ['equals', { type: t.Equality, image: '==' }],
  ['=', { type: t.Equality, image: '==' }],
  ['&', { type: t.And, image: '&&' }],
  ['|', { type: t.Or, image: '||' }],
  ['<>', { type: t.Equality, image: '!=' }],
])

const spelled: ReadonlySet<TokenType> = new Set([t.Name, t.Assign, t.SingleAnd, t.SingleOr, t.SqlUnequal])

/** A slip where an operator must stand. */
export function operatorSlip(token: t.Token, next: t.Token | undefined): Slip | undefined {
  const end = t.endOf(token)
  const at = { start: token.startOffset, end }
  if (token.tokenType === t.ForeignOperator) {
    const fault = token.image === '??' ? say.nullish() : token.image === '?' ? say.conditional() : undefined
    return fault && { fault, suggestions: [], tokens: 1, end }
  }
  if (!spelled.has(token.tokenType)) return undefined
  const word = token.image.toLowerCase()
  if (word === 'not' && next?.tokenType === t.In) {
    const instead = { type: t.In, image: 'in' }
    return { fault: say.notInSlip(), suggestions: [], instead, tokens: 2, end: t.endOf(next) }
  }
  const instead = words.get(word)
  if (!instead) return undefined
  const fault = say.writeInstead(token.image, instead.image)
  return { fault, suggestions: [replaceBy(instead.image, at)], instead, tokens: 1, end }
}

const valueStarts: ReadonlySet<TokenType> = new Set([t.Name, t.Text, t.Numeral, t.True, t.False, t.Null, t.LeftParen])

/** `not` in front of a value. */
export function valueSlip(token: t.Token, next: t.Token | undefined): Slip | undefined {
  if (token.image.toLowerCase() !== 'not' || !next || !(valueStarts.has(next.tokenType) || next.image === '!')) {
    return undefined
  }
  const at = { start: token.startOffset, end: next.startOffset }
  return {
    fault: say.writeInstead(token.image, '!'),
    suggestions: [replaceBy('!', at)],
    tokens: 1,
    end: t.endOf(token),
  }
}
