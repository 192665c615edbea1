// The tokens. Besides those of the grammar there are some for common slips, which `repair.ts` reports and mends, so
// that the grammar itself only ever sees well-formed sentences.

import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain'

/** A token; `value` is the decoded value of a literal. */
export type Token = IToken & { value?: string | number | boolean | null }

const token = (name: string, pattern: RegExp | string, longer?: TokenType): TokenType =>
  createToken({ name, pattern, ...(longer && { longer_alt: longer }) })

export const Name = token('Name', /[A-Za-z_$][A-Za-z0-9_$]*/)
export const True = token('True', 'true', Name)
export const False = token('False', 'false', Name)
export const Null = token('Null', 'null', Name)
export const In = token('In', 'in', Name)
export const Text = token('Text', /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/)
/** Takes in malformed numbers too, so that they are reported whole. */
export const Numeral = token('Numeral', /\.?\d(?:[eE][+-]\d|[A-Za-z0-9_$]|\.(?!\.))*/)
export const Or = token('Or', '||')
export const And = token('And', '&&')
export const Equality = token('Equality', /[=!]==?/)
export const Relational = token('Relational', /[<>]=?/)
export const Additive = token('Additive', /[+-]/)
export const Multiplicative = token('Multiplicative', /[*/%]/)
/** `!`, and a `-` in front of an operand (retyped by `repair.ts`). */
export const Prefix = token('Prefix', '!')
export const Dot = token('Dot', '.')
export const Comma = token('Comma', ',')
export const LeftParen = token('LeftParen', '(')
export const RightParen = token('RightParen', ')')
export const LeftBracket = token('LeftBracket', '[')
export const RightBracket = token('RightBracket', ']')
export const Arrow = token('Arrow', '=>')
/** Stands for an operand that is not there. */
export const Missing = createToken({ name: 'Missing', pattern: Lexer.NA })

// The slips.
export const OpenText = token('OpenText', /['"][\s\S]*/)
export const Template = token('Template', /`(?:[^`\\]|\\[\s\S])*`?/)
export const Comment = token('Comment', /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/)
export const OptionalDot = token('OptionalDot', /\?\.(?!\d)/)
export const SqlUnequal = token('SqlUnequal', '<>')
export const Assign = token('Assign', '=')
export const SingleAnd = token('SingleAnd', '&')
export const SingleOr = token('SingleOr', '|')
/** Operators of JavaScript that the language does not have. */
export const ForeignOperator = token('ForeignOperator', /\*\*|\+\+|--|\?\?|<<|>>>?|[?:^~;{}]/)
/** A character that begins no token; made from what the lexer could not read. */
export const Other = createToken({ name: 'Other', pattern: Lexer.NA })

const Blank = createToken({ name: 'Blank', pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED })

/** The order matters: the first pattern that matches wins. */
export const vocabulary: TokenType[] = [
  Blank,
  Comment,
  True,
  False,
  Null,
  In,
  Name,
  Numeral,
  Text,
  OpenText,
  Template,
  OptionalDot,
  SqlUnequal,
  ForeignOperator,
  Arrow,
  Equality,
  Relational,
  Or,
  And,
  Assign,
  SingleAnd,
  SingleOr,
  Prefix,
  Additive,
  Multiplicative,
  Dot,
  Comma,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  Other,
  Missing,
]

let lexer: Lexer | undefined

/** The tokens of a source text; every character but blanks is in one. */
export function tokenize(source: string): Token[] {
  lexer ??= new Lexer(vocabulary, { positionTracking: 'onlyOffset', skipValidations: true, ensureOptimizations: false })
  const { tokens, errors } = lexer.tokenize(source)
  if (errors.length === 0) return tokens
  const odd = errors.flatMap(({ offset, length }) => oddTokens(source.slice(offset, offset + length), offset))
  return [...tokens, ...odd].sort((a, b) => a.startOffset - b.startOffset)
}

function oddTokens(text: string, offset: number): Token[] {
  let at = offset
  return [...text].map((character) => {
    const token = virtualToken(Other, character, at)
    at += character.length
    return token
  })
}

/** The end offset of a token, exclusive; Chevrotain's own is inclusive, and absent on tokens that it made itself. */
export const endOf = (token: Token): number =>
  token.endOffset === undefined ? token.startOffset + token.image.length : token.endOffset + 1

/** A token that the source does not contain. */
export function virtualToken(type: TokenType, image: string, offset: number): Token {
  const end = offset + image.length - 1
  return { image, startOffset: offset, endOffset: end, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 }
}

/** The same text read as a token of another type. */
export function retype(token: Token, type: TokenType, image: string = token.image): Token {
  return { ...token, image, endOffset: endOf(token) - 1, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 }
}

/** The tokens a value can end with: after one of them, a word is a keyword or an operator. */
export const valueEnds: ReadonlySet<unknown> = new Set([
  Name,
  Text,
  Numeral,
  True,
  False,
  Null,
  RightParen,
  RightBracket,
])
