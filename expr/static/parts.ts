// What parentheses hold, at the type level: the arguments of a call, a condition on rows, a list, or a value of its own.

import type { Called } from './calls.ts'
import type { Or, Quantifier } from './conditions.ts'
import type { Faulty, Odd } from './fields.ts'
import type { ListOf } from './membership.ts'
import type { LambdaHere, ListHere } from './messages.ts'
import type { Method, Quantified, RowsBy } from './methods.ts'
import type { Parted, Side } from './sides.ts'
import type { Digit, Holding, Parameter, Trim } from './text.ts'

/** `rows.some(p => …`, once it is known what the rows are. */
type Lambda = { readonly of: unknown; readonly method: Quantifier; readonly by: string; readonly at: string }

/** What parentheses belong to, the rows that are named in them, and what is left to read. */
export type Opened<X extends Parted, Name extends string, S extends string> = S extends `${infer P}=>${infer Body}`
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
export type PartOf<X extends Parted, Callee, T extends string> = T extends `${string}=>${string}`
  ? readonly [Odd, '']
  : Callee extends Lambda
    ? readonly [OfLambda<X, Callee, T>, `${Callee['at']}.${Callee['method']}(${Callee['by']} => ${T})`]
    : Callee extends ''
      ? readonly [Whole<Value<X, T>>, `(${T})`]
      : Callee extends '['
        ? T extends `${infer I}]`
          ? readonly [ListOf<Items<X, I>>, `[${I}]`]
          : readonly [Odd, '']
        : Callee extends readonly ['=>', infer Name extends string]
          ? readonly [
              Name extends `${string}.${string}` ? Call<X, Name, [Faulty<LambdaHere>], ''> : Odd,
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
    ? Odd
    : Method<Side<X, Object>, Name, V, At, T>

type Condition = Holding<'||' | '&&' | '=' | '<' | '>' | ' in '> | `${'!' | ' !'}${string}`

/** What a text without parentheses is, or what is wrong with it. */
type Value<X extends Parted, T extends string> = T extends Condition
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
