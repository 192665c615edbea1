// Texts with calls, at the type level. Whatever stands in parentheses is looked at from within, and then stands in the
// text as a number between two `§`; so at last there is a text without parentheses. Each piece is read once.

import type { Called } from './calls.ts'
import type { Or, Quantifier, Wanted } from './conditions.ts'
import type { Faulty, Model } from './fields.ts'
import type { ListOf } from './membership.ts'
import type { LambdaHere, ListHere } from './messages.ts'
import type { Method, Quantified, RowsBy } from './methods.ts'
import type { Part, Parted, Side } from './sides.ts'
import type { Mark, OneQuote, Parameter, Trim } from './text.ts'

/** The first fault of a text; `'unread'` where it is not of the `Form` that is asked for, or takes a real parser. */
export type Read<
  M extends Model,
  E,
  S extends string,
  W extends Wanted,
  Form = string,
> = S extends `${string}§${string}`
  ? 'unread'
  : Lifted<OneQuote<S>> extends readonly [infer T extends string, infer Parts extends readonly Part[]]
    ? T extends Form
      ? Spaced<T> extends infer B extends string
        ? B extends `${string}${'. ' | ' .' | '//' | '/*'}${string}`
          ? 'unread'
          : Next<M, E, W, Lists<B>, '', '', Nobody, [], Parts>
        : never
      : 'unread'
    : 'unread'

type Nobody = Record<never, never>

/** Text literals are parts too, so that nothing in them is taken for code. */
type Lifted<
  S extends string,
  Parts extends readonly Part[] = [],
  Done extends string = '',
> = S extends `${infer L}'${infer Rest}`
  ? Rest extends `${infer V}'${infer R}`
    ? Lifted<R, [...Parts, Literal<V>], `${Done}${L}§${Parts['length']}§`>
    : never
  : readonly [`${Done}${S}`, Parts]

type Literal<V extends string> = readonly [
  { readonly kind: 'string'; readonly constant: true; readonly text: V },
  `'${V}'`,
]

/** With blanks where lines end. */
type Spaced<S extends string> = S extends `${string}${'\n' | '\t' | '\r'}${string}`
  ? S extends `${infer L}\n${infer R}`
    ? Spaced<`${L} ${R}`>
    : S extends `${infer L}\t${infer R}`
      ? Spaced<`${L} ${R}`>
      : S extends `${infer L}\r${infer R}`
        ? Spaced<`${L} ${R}`>
        : never
  : S

/** A list is written as a call of `[`, so that there is one kind of parentheses. */
type Lists<S extends string, Done extends string = ''> = S extends `${infer L}[${infer R}`
  ? Lists<R, `${Done}${L}[(`>
  : Closed<`${Done}${S}`>

type Closed<S extends string, Done extends string = ''> = S extends `${infer L}]${infer R}`
  ? Closed<R, `${Done}${L})`>
  : `${Done}${S}`

type Scoped<M extends Model, E, Rows extends object, Parts extends readonly Part[]> = {
  readonly model: M
  readonly entity: E
  readonly rows: Rows
  readonly parts: Parts
}

/** What stands before parentheses that are open: its text, what they belong to, and the rows that are named there. */
type Level = readonly [text: string, callee: unknown, rows: object]

/** `rows.some(p => …`, once it is known what the rows are. */
type Lambda = { readonly of: unknown; readonly method: Quantifier; readonly by: string; readonly at: string }

type Next<
  M extends Model,
  E,
  W extends Wanted,
  S extends string,
  Text extends string,
  Callee,
  Rows extends object,
  Around extends readonly Level[],
  Parts extends readonly Part[],
> = S extends `${infer L})${infer R}`
  ? L extends `${infer A}(${infer B}`
    ? Split<A> extends readonly [infer Before extends string, infer Name extends string]
      ? Opened<Scoped<M, E, Rows, Parts>, Name, B> extends readonly [
          infer C,
          infer Inner extends object,
          infer Rest extends string,
        ]
        ? Next<M, E, W, `${Rest})${R}`, '', C, Inner, [[`${Text}${Before}`, Callee, Rows], ...Around], Parts>
        : never
      : never
    : Around extends readonly [infer Outer extends Level, ...infer Others extends readonly Level[]]
      ? Alone<Callee, Trim<`${Text}${L}`>, R> extends true
        ? Next<M, E, W, `${Trim<`${Text}${L}`>}${R}`, Outer[0], Outer[1], Outer[2], Others, Parts>
        : Next<
            M,
            E,
            W,
            `${Callee extends '[' ? ' ' : ''}§${Parts['length']}§${R}`,
            Outer[0],
            Outer[1],
            Outer[2],
            Others,
            [...Parts, PartOf<Scoped<M, E, Rows, Parts>, Callee, `${Text}${L}`>]
          >
      : 'unread'
  : S extends `${string}(${string}`
    ? 'unread'
    : Around extends readonly []
      ? Told<Or<Scoped<M, E, Rows, Parts>, `${Text}${S}`, W>, Parts>
      : 'unread'

/** Parentheses around a single value are none. */
type Alone<Callee, Text extends string, After extends string> = Callee extends ''
  ? Text extends '' | `${string}${Exclude<Mark, '§'> | '=' | '<' | '>' | '&' | '|'}${string}`
    ? false
    : After extends `.${string}`
      ? false
      : true
  : false

/** What stands before the name or path at the end of a text, and that itself: what the parentheses behind it belong to. */
type Split<S extends string, Before extends string = ''> = S extends `${infer L} ${infer R}`
  ? Split<R, `${Before}${L} `>
  : S extends `${infer L}[`
    ? readonly [`${Before}${L}`, '[']
    : S extends `${string}${Operator}${string}`
      ? AfterOperator<S, Before>
      : readonly [Before, S]

type Operator = '!' | ',' | '+' | '-' | '*' | '/' | '%' | '=' | '<' | '>' | '&' | '|'

type AfterOperator<S extends string, Before extends string> = S extends `${infer L}!${infer R}`
  ? AfterOperator<R, `${Before}${L}!`>
  : S extends `${infer L},${infer R}`
    ? AfterOperator<R, `${Before}${L},`>
    : S extends `${infer L}+${infer R}`
      ? AfterOperator<R, `${Before}${L}+`>
      : S extends `${infer L}-${infer R}`
        ? AfterOperator<R, `${Before}${L}-`>
        : S extends `${infer L}*${infer R}`
          ? AfterOperator<R, `${Before}${L}*`>
          : S extends `${infer L}/${infer R}`
            ? AfterOperator<R, `${Before}${L}/`>
            : S extends `${infer L}%${infer R}`
              ? AfterOperator<R, `${Before}${L}%`>
              : S extends `${infer L}=${infer R}`
                ? AfterOperator<R, `${Before}${L}=`>
                : S extends `${infer L}<${infer R}`
                  ? AfterOperator<R, `${Before}${L}<`>
                  : S extends `${infer L}>${infer R}`
                    ? AfterOperator<R, `${Before}${L}>`>
                    : S extends `${infer L}&${infer R}`
                      ? AfterOperator<R, `${Before}${L}&`>
                      : S extends `${infer L}|${infer R}`
                        ? AfterOperator<R, `${Before}${L}|`>
                        : readonly [Before, S]

/** What parentheses belong to, the rows that are named in them, and what is left to read. */
type Opened<X extends Parted, Name extends string, S extends string> = S extends `${infer P}=>${infer Body}`
  ? Parameter<P> extends infer By extends string
    ? [By] extends [never]
      ? readonly [Name, X['rows'], S]
      : Name extends `${infer Path}.${Quantifier}`
        ? Name extends `${Path}.${infer Method extends Quantifier}`
          ? Side<X, Path> extends infer K
            ? readonly [
                { readonly of: RowsBy<X, K, By>; readonly method: Method; readonly by: By; readonly at: Path },
                X['rows'] &
                  Record<By, K extends { readonly kind: 'collection'; readonly entity: infer E } ? E : unknown>,
                Body,
              ]
            : never
          : never
        : readonly [readonly ['=>', Name], X['rows'] & Record<By, unknown>, Body]
    : never
  : readonly [Name, X['rows'], S]

/** What parentheses hold, as a part of the text around them. */
type PartOf<X extends Parted, Callee, T extends string> = T extends `${string}=>${string}`
  ? readonly [unknown, string]
  : Callee extends Lambda
    ? readonly [OfLambda<X, Callee, T>, `${Callee['at']}.${Callee['method']}(${Callee['by']} => ${T})`]
    : Callee extends ''
      ? readonly [Whole<Value<X, T>>, `(${T})`]
      : Callee extends '['
        ? readonly [ListOf<Items<X, T>>, `[${T}]`]
        : Callee extends readonly ['=>', infer Name extends string]
          ? readonly [
              Name extends `${string}.${string}` ? Call<X, Name, [Faulty<LambdaHere>], ''> : unknown,
              `${Name}(${T})`,
            ]
          : Callee extends string
            ? readonly [Whole<Call<X, Callee, Values<X, T>, Trim<T>>>, `${Callee}(${T})`]
            : never

/** A list is one only where it stands itself; what is made of it has its fault alone. */
type Whole<K> = K extends { readonly items: unknown } ? Faulty<ListHere> : K

type OfLambda<X extends Parted, L extends Lambda, T extends string> = T extends `${string},${string}`
  ? Method<L['of'], L['method'], Values<X, T>, L['at'], T>
  : Quantified<L['of'], L['method'], Or<X, T, L['method']>>

type Call<
  X extends Parted,
  Callee extends string,
  V extends readonly unknown[],
  T extends string,
> = Callee extends `${infer Head}.${infer Rest}` ? OfMethod<X, Head, Rest, V, Callee, T> : Called<Callee, V, T>

type OfMethod<
  X extends Parted,
  Object extends string,
  Name extends string,
  V extends readonly unknown[],
  At extends string,
  T extends string,
> = Name extends `${infer Head}.${infer Rest}`
  ? OfMethod<X, `${Object}.${Head}`, Rest, V, At, T>
  : Object extends '' | `${Digit}${string}`
    ? unknown
    : Method<Side<X, Object>, Name, V, At, T>

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** What a text without parentheses is, or what is wrong with it. */
type Value<X extends Parted, T extends string> = T extends
  | `${string}${'||' | '&&' | '=' | '<' | '>' | ' in '}${string}`
  | `${'!' | ' !'}${string}`
  ? Or<X, T, 'any'> extends infer F
    ? [F] extends [never]
      ? { readonly kind: 'boolean' }
      : F
    : never
  : Side<X, Trim<T>>

type Values<
  X extends Parted,
  T extends string,
  Done extends readonly unknown[] = [],
> = T extends `${infer A},${infer R}`
  ? Values<X, R, [...Done, Value<X, A>]>
  : Done extends readonly []
    ? Trim<T> extends ''
      ? []
      : [Value<X, T>]
    : [...Done, Value<X, T>]

type Items<
  X extends Parted,
  T extends string,
  Done extends readonly (readonly [unknown, string])[] = [],
> = T extends `${infer A},${infer R}`
  ? Items<X, R, [...Done, readonly [Value<X, A>, Trim<A>]]>
  : Done extends readonly []
    ? Trim<T> extends ''
      ? []
      : [readonly [Value<X, T>, Trim<T>]]
    : [...Done, readonly [Value<X, T>, Trim<T>]]

/** A fault with the parts that it names as they were written. */
type Told<F, Parts extends readonly Part[]> =
  F extends Faulty<infer Message, infer At, infer Instead>
    ? `${Message}${At}` extends `${string}§${string}`
      ? Faulty<Written<Message, Parts>, Written<At, Parts>, Written<Instead, Parts>>
      : F
    : never

type Written<S extends string, Parts extends readonly Part[]> = S extends `${infer L}§${infer N}§${infer R}`
  ? N extends keyof Parts
    ? Parts[N] extends Part
      ? Written<`${L}${Parts[N][1]}${R}`, Parts>
      : never
    : never
  : S
