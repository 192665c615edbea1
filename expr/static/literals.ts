// What is wrong with the spelling of a number or a text, letter by letter: asked only of odd ones.

import type { Faulty } from './fields.ts'
import type {
  LoneSurrogate,
  MalformedNumber,
  NumberOverflow,
  NumberTooLarge,
  RawLineBreak,
  UnknownEscape,
} from './messages.ts'
import type { AreDigits, Digit, LineBreak, Sixteen, WordCharacter } from './text.ts'

/** The fault of a number, without a sign in front of it. */
export type NumberFault<I extends string> =
  IsNumber<I> extends true
    ? I extends `${number}`
      ? I extends Sixteen
        ? AreDigits<I> extends true
          ? IsSafe<I> extends true
            ? never
            : Faulty<NumberTooLarge<I>>
          : never
        : never
      : Faulty<NumberOverflow<I>>
    : Faulty<MalformedNumber<I>>

type IsNumber<I extends string> = I extends `${infer M}e${infer X}`
  ? Both<IsDecimal<M>, IsExponent<X>>
  : I extends `${infer M}E${infer X}`
    ? Both<IsDecimal<M>, IsExponent<X>>
    : IsDecimal<I>

type Both<A, B> = A extends true ? B : false

type IsExponent<X extends string> = X extends `${'+' | '-'}${infer D}` ? AreDigits<D> : AreDigits<X>

type IsDecimal<I extends string> = I extends `${infer W}.${infer F}` ? Both<IsWhole<W>, AreDigits<F>> : IsWhole<I>

type IsWhole<W extends string> = W extends `0${infer More}` ? (More extends '' ? true : false) : AreDigits<W>

/** Of 16 digits and more: whether numbers up to there are exact. */
type IsSafe<I extends string> = I extends `${Sixteen}${Digit}` ? false : IsUpTo<I, '9007199254740991'>

type IsUpTo<I extends string, Most extends string> = I extends `${infer A}${infer R}`
  ? Most extends `${infer B}${infer More}`
    ? A extends B
      ? IsUpTo<R, More>
      : '0123456789' extends `${string}${A}${string}${B}${string}`
        ? true
        : false
    : false
  : true

/** The fault of what stands between two quotes. */
export type TextFault<V extends string> = V extends `${infer A}\\${infer C}${infer R}`
  ? A extends `${string}${LineBreak}${string}`
    ? Faulty<RawLineBreak>
    : C extends '\\' | "'" | '"' | 'n' | 'r' | 't'
      ? TextFault<R>
      : C extends 'u'
        ? Code<R>
        : Faulty<UnknownEscape<`\\${C}`>>
  : V extends `${string}${LineBreak}${string}`
    ? Faulty<RawLineBreak>
    : never

/** Behind `\u`. */
type Code<S extends string> = S extends `{${infer D}}${infer R}`
  ? AreHex<D> extends true
    ? TextFault<R>
    : Faulty<UnknownEscape<'\\u'>>
  : S extends `${infer A}${infer B}${infer C}${infer D}${infer R}`
    ? AreHex<`${A}${B}${C}${D}`> extends true
      ? `${A}${B}` extends `${'d' | 'D'}${'8' | '9' | 'a' | 'b' | 'A' | 'B'}`
        ? R extends '' | `${WordCharacter | ' '}${string}`
          ? Faulty<LoneSurrogate>
          : R extends `\\${'u'}${infer Low}`
            ? Code<Low>
            : TextFault<R>
        : TextFault<R>
      : Faulty<UnknownEscape<'\\u'>>
    : Faulty<UnknownEscape<'\\u'>>

type HexDigit = Digit | 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'A' | 'B' | 'C' | 'D' | 'E' | 'F'

type AreHex<S extends string> = S extends `${infer C}${infer R}`
  ? C extends HexDigit
    ? R extends ''
      ? true
      : AreHex<R>
    : false
  : false
