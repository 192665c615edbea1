// The structure of a text at the type level: token by token, knowing only whether a value or an operator must come next
// and which brackets are open, as the checker's `repair.ts` does. What it finds is the first fault that `repair.ts` reports.
// PERF: a tail call for each token, so that a text may have as many tokens as characters.

import type { ReservedWord } from './characters.ts'
import type { Faulty } from './fields.ts'
import type { NumberFault, TextFault } from './literals.ts'
import type * as say from './messages.ts'
import type { Holding, IsLiteral, LineBreak, Long, Times32 } from './text.ts'
import type { Token } from './tokens.ts'

/** What is wrong with the structure of a text; `never` when nothing is, or when it is too long to be read. */
export type Broken<S extends string> =
  IsLiteral<S> extends true
    ? S extends Long | Negated
      ? never
      : Value<S, '', '', ''> extends infer F
        ? F extends Slip<infer Found, infer Meant, infer Rest>
          ? Mended<S, Found, Meant, Rest>
          : F
        : never
    : never

/** An operator of another language, what is meant by it, and the text behind it. */
type Slip<Found extends string, Meant extends string, Rest extends string> = {
  readonly found: Found
  readonly meant: Meant
  readonly rest: Rest
}

type Mended<S extends string, Found extends string, Meant extends string, Rest extends string> = Faulty<
  say.WriteInstead<Found, Meant>,
  S,
  S extends `${infer Before}${Found}${Rest}`
    ? Meant extends '!'
      ? `${Before}!${Rest extends ` ${infer Value}` ? Value : Rest}`
      : `${Before}${Meant}${Rest}`
    : never
>

type Comparing = '==' | '===' | '!=' | '!==' | '<' | '<=' | '>' | '>=' | 'in'
type Binary = Comparing | '||' | '&&' | '+' | '-' | '*' | '/' | '%'

/**
 * A value must come next. `Open` are the brackets that are open, the innermost first: of what kind (a call is `c`, a
 * method `m`), then the comparison that was open outside, then `;`. `Last` is the operator or comma that was read last,
 * nothing at a beginning.
 */
type Value<S extends string, Open extends string, Compared extends string, Last extends string> =
  Token<S> extends readonly [infer K, infer I extends string, infer R extends string]
    ? K extends 'name'
      ? NameFault<I, R, Open, Last> extends infer F
        ? [F] extends [never]
          ? After<R, Open, Compared, 'c'>
          : F extends { readonly body: infer Body extends string }
            ? Value<Body, Open, Compared, '=>'>
            : F
        : never
      : K extends 'constant'
        ? After<R, Open, Compared, ''>
        : K extends 'number' | 'text'
          ? LiteralFault<I> extends infer F
            ? [F] extends [never]
              ? After<R, Open, Compared, ''>
              : F
            : never
          : K extends '!' | '-'
            ? Value<R, Open, Compared, I>
            : K extends '(' | '['
              ? Open extends Deep
                ? never
                : Value<R, `${K}${Compared};${Open}`, '', ''>
              : K extends ')' | ']'
                ? Closed<K, Open, Last> extends readonly [infer Outer extends string, infer Outside extends string]
                  ? After<R, Outer, Outside, ''>
                  : Closed<K, Open, Last>
                : K extends 'end'
                  ? Faulty<Last extends '' ? (Open extends '' ? say.Empty : Unclosed<Open>) : say.MissingValue<Last>>
                  : K extends '+'
                    ? Faulty<say.UnaryPlus>
                    : K extends Binary | ',' | '.' | '=' | '&' | '|' | '<>' | '?' | '??'
                      ? Faulty<Last extends '' ? say.MissingBefore<I> : say.MissingValue<Last>>
                      : OddFault<K, I>
    : never

type Unclosed<Open extends string> = say.Unclosed<Open extends `[${string}` ? '[' : '('>

/** What is open behind a bracket that closes, and the comparison there; or what is wrong with it. */
type Closed<
  K extends string,
  Open extends string,
  Last extends string,
> = Open extends `${infer Kind}${infer Outside};${infer Outer}`
  ? Last extends '' | 'value'
    ? `${Last}${Kind}` extends '('
      ? Faulty<say.EmptyParentheses>
      : K extends (Kind extends '[' ? ']' : ')')
        ? readonly [Outer, Outside]
        : Faulty<say.WrongCloser<Kind extends '[' ? '[' : '(', K>>
    : Faulty<say.MissingValue<Last>>
  : Faulty<say.Unopened<K>>

/** More brackets, and more signs in a row, than are looked into. */
type Deep = Times32<`${string};`>
type Negated = Holding<Times32<'!'> | Times32<'! '> | Times32<'- '>>

/** Behind a value. `Called` is what a parenthesis would open here: a call, a method, or nothing. */
type After<S extends string, Open extends string, Compared extends string, Called extends string> =
  Token<S> extends readonly [infer K, infer I extends string, infer R extends string]
    ? K extends Binary
      ? K extends Comparing
        ? Compared extends ''
          ? Value<R, Open, I, I>
          : Faulty<say.Chained<Compared, I>>
        : Value<R, Open, K extends '&&' | '||' ? '' : Compared, I>
      : K extends 'end'
        ? Open extends ''
          ? never
          : Faulty<Unclosed<Open>>
        : K extends ')' | ']'
          ? Closed<K, Open, 'value'> extends readonly [infer Outer extends string, infer Outside extends string]
            ? After<R, Outer, Outside, ''>
            : Closed<K, Open, 'value'>
          : K extends '.'
            ? Token<R> extends readonly [infer N, string, infer More extends string]
              ? N extends 'name' | 'constant' | 'in'
                ? After<More, Open, Compared, 'm'>
                : Faulty<say.Missing>
              : never
            : K extends '('
              ? Called extends ''
                ? Faulty<say.NotCallable>
                : Open extends Deep
                  ? never
                  : Value<R, `${Called}${Compared};${Open}`, '', ''>
              : K extends ','
                ? Open extends `${'[' | 'c' | 'm'}${string}`
                  ? Value<R, Open, '', ','>
                  : Faulty<say.StrayComma>
                : OperatorFault<K, I, R, Open>
    : never

/** What is wrong with a name where a value must stand, or the body of the condition whose parameter it is. */
type NameFault<I extends string, R extends string, Open extends string, Last extends string> =
  Token<R> extends readonly [infer K, unknown, infer More extends string]
    ? K extends '=>'
      ? Open extends `m${string}`
        ? Last extends '' | ','
          ? R extends `${infer Gap}=>${string}`
            ? Gap extends `${string}${LineBreak}${string}`
              ? Faulty<say.ArrowLine>
              : I extends ReservedWord
                ? Faulty<say.Reserved<I>>
                : { readonly body: More }
            : never
          : WordFault<I>
        : WordFault<I>
      : Lowercase<I> extends 'not'
        ? K extends 'name' | 'text' | 'number' | 'constant' | '(' | '!'
          ? Slip<I, '!', R>
          : never
        : WordFault<I>
    : never

type WordFault<I extends string> = I extends ReservedWord ? Faulty<say.Reserved<I>> : never

type LiteralFault<I extends string> = I extends `${"'" | '"'}${string}`
  ? I extends `${string}${'\\' | LineBreak}${string}`
    ? I extends `'${infer V}'` | `"${infer V}"`
      ? TextFault<V>
      : never
    : never
  : NumberFault<I>

/** What stands behind a value and cannot. */
type OperatorFault<K, I extends string, R extends string, Open extends string> = K extends 'name'
  ? Lowercase<I> extends keyof Words
    ? Slip<I, Words[Lowercase<I>], R>
    : Lowercase<I> extends 'not'
      ? Token<R> extends readonly ['in', ...unknown[]]
        ? Faulty<say.NotIn>
        : Beside<I, Open>
      : Beside<I, Open>
  : K extends 'text' | 'number' | 'constant' | '!'
    ? Beside<I, Open>
    : K extends keyof Words
      ? Slip<I, Words[K], R>
      : K extends keyof Others
        ? Faulty<Others[K]>
        : OddFault<K, I>

type Words = {
  readonly and: '&&'
  readonly or: '||'
  readonly is: '=='
  readonly equals: '=='
  readonly '=': '=='
  readonly '&': '&&'
  readonly '|': '||'
  readonly '<>': '!='
}

type Others = {
  readonly '[': say.ComputedMember
  readonly '?.': say.OptionalChaining
  readonly '?': say.Conditional
  readonly '??': say.Nullish
}

type Beside<I extends string, Open extends string> = Faulty<
  Open extends '' | `(${string}` ? say.Adjacent<I> : say.MissingComma<I>
>

/** What cannot stand anywhere. */
type OddFault<K, I extends string> = Faulty<
  K extends '//' | '/*'
    ? say.Comment
    : K extends '=>'
      ? say.StrayArrow
      : K extends '`'
        ? say.TemplateText
        : K extends 'open'
          ? say.UnclosedText<I>
          : K extends 'other'
            ? say.StrangeCharacter<I>
            : say.Foreign<I>
>
