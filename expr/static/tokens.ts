// Tokens at the type level, as the checker's lexer cuts them. This goes letter by letter, so it is asked only of texts in
// which something is odd or wrong.

import type { Digit, FirstCharacter, WordCharacter } from './text.ts'

/** What a text begins with after its blanks: of which kind it is, how it is written, and what comes after it. */
export type Token<S extends string> = S extends `${infer C}${infer R}`
  ? C extends ' ' | '\t' | '\r' | '\n'
    ? Token<R>
    : C extends FirstCharacter
      ? Word<S>
      : C extends Digit
        ? Numeral<S>
        : C extends '.'
          ? R extends `${Digit}${string}`
            ? Numeral<R, '.'>
            : readonly [C, C, R]
          : C extends "'" | '"'
            ? Quoted<C, R>
            : C extends keyof Signs
              ? Sign<S, Signs[C]>
              : C extends '(' | ')' | '[' | ']' | ',' | '%' | ':' | '^' | '~' | ';' | '{' | '}' | '`'
                ? readonly [C, C, R]
                : readonly ['other', C, R]
  : readonly ['end', '', '']

/** Signs of several characters, the longer ones first. */
type Signs = {
  readonly '=': readonly ['=>', '===', '==', '=']
  readonly '!': readonly ['!==', '!=', '!']
  readonly '<': readonly ['<>', '<<', '<=', '<']
  readonly '>': readonly ['>>>', '>>', '>=', '>']
  readonly '&': readonly ['&&', '&']
  readonly '|': readonly ['||', '|']
  readonly '?': readonly ['?.', '??', '?']
  readonly '+': readonly ['++', '+']
  readonly '-': readonly ['--', '-']
  readonly '*': readonly ['**', '*']
  readonly '/': readonly ['//', '/*', '/']
}

type Sign<S extends string, Known extends readonly string[]> = Known extends readonly [
  infer I extends string,
  ...infer More extends readonly string[],
]
  ? S extends `${I}${infer R}`
    ? I extends '?.'
      ? R extends `${Digit}${string}`
        ? readonly ['?', '?', `.${R}`]
        : readonly [I, I, R]
      : readonly [I, I, R]
    : Sign<S, More>
  : never

type Word<S extends string, Done extends string = ''> = S extends `${infer C}${infer R}`
  ? C extends WordCharacter
    ? Word<R, `${Done}${C}`>
    : readonly [WordKind<Done>, Done, S]
  : readonly [WordKind<Done>, Done, '']

type WordKind<W> = W extends 'true' | 'false' | 'null' ? 'constant' : W extends 'in' ? 'in' : 'name'

/** Malformed numbers too are taken whole. */
type Numeral<S extends string, Done extends string = ''> = S extends `${'e' | 'E'}${'+' | '-'}${Digit}${string}`
  ? S extends `${infer A}${infer B}${infer C}${infer R}`
    ? Numeral<R, `${Done}${A}${B}${C}`>
    : never
  : S extends `${infer C}${infer R}`
    ? C extends WordCharacter
      ? Numeral<R, `${Done}${C}`>
      : C extends '.'
        ? R extends `.${string}`
          ? readonly ['number', Done, S]
          : Numeral<R, `${Done}.`>
        : readonly ['number', Done, S]
    : readonly ['number', Done, '']

/** A text literal, `'open'` when its quote is never closed. What stands behind a backslash closes nothing. */
type Quoted<Q extends string, S extends string, Done extends string = ''> = S extends `${infer V}${Q}${infer R}`
  ? V extends `${string}\\${string}`
    ? S extends `${infer A}\\${infer C}${infer More}`
      ? Quoted<Q, More, `${Done}${A}\\${C}`>
      : never
    : readonly ['text', `${Q}${Done}${V}${Q}`, R]
  : readonly ['open', Q, '']
