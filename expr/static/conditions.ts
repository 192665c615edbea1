// Conditions at the type level: a text without parentheses, cut at its operators, and whether each of its terms is one.

import type { Equality, Ordering } from './compare.ts'
import type { EnumKind } from './described.ts'
import type { AnyFault, Faulty, Odd } from './fields.ts'
import type { Null, OptionOf } from './kinds.ts'
import type { Membership } from './membership.ts'
import type * as say from './messages.ts'
import type { Arithmetic, Side } from './sides.ts'
import type { Bare, Holding, IsUnion, Trim } from './text.ts'
import type { Beside, NameIn, Scope } from './words.ts'

/** What a whole expression must be. */
export type Wanted = 'boolean' | 'any'

/** What stands around a term: an operator, nothing but the end of the text, or something that is not known. */
export type Around = '&&' | '||' | '!' | Quantifier | Wanted | 'unsure'

export type Quantifier = 'some' | 'every'

/** The first fault of a text without parentheses; `W` is what stands around it. */
export type Or<X extends Scope, S extends string, W extends Around> = S extends `${infer L}||${infer R}`
  ? And<X, L, '||', true> extends infer F
    ? [F] extends [never]
      ? Or<X, R, '||'>
      : F
    : never
  : And<X, S, W>

type And<X extends Scope, S extends string, W extends Around, More = false> = S extends `${infer L}&&${infer R}`
  ? InTerm<X, L, '&&'> extends infer F
    ? [F] extends [never]
      ? And<X, R, '&&', More>
      : F
    : never
  : More extends true
    ? InTerm<X, S, W>
    : Last<X, S, W>

/** The same texts, which compilers then tell one by one instead of by the name of their type. */
type Plainly<Names extends string> = keyof { [N in Names as `${N}`]: 1 } & string

/** The last term: there must be one. */
type Last<X extends Scope, S extends string, W extends Around> =
  Trim<S> extends ''
    ? W extends '&&' | '||'
      ? Faulty<say.MissingValue<W>, '', NameIn<X>>
      : W extends Wanted
        ? Faulty<say.Empty, '', Plainly<NameIn<X>>>
        : Odd
    : InTerm<X, S, W>

type Compared = Holding<'=' | '<' | '>' | ' in '>
type NotInParentheses = '!(' | `${'!' | '!!' | '!!!'}(${string}`
type Composed = Holding<'.' | '§'>

/** Of a term in parentheses it is not known what it belongs to: it is `'unsure'` how its fault is told. */
type InTerm<X extends Scope, S extends string, W extends Around> =
  Bare<S> extends infer T extends string
    ? T extends ''
      ? Odd
      : T extends Compared
        ? Trim<S> extends T | NotInParentheses
          ? Comparison<X, T>
          : S extends `${string}!${T}${string}`
            ? X extends { readonly parts: object }
              ? Comparison<X, Trim<S>>
              : 'unsure'
            : Comparison<X, T>
        : Trim<S> extends T
          ? AsBoolean<X, T, W>
          : Trim<S> extends `!${T}`
            ? T extends Arithmetic
              ? AsBoolean<X, Trim<S>, W>
              : AsBoolean<X, T, '!'>
            : AsBoolean<X, T, X extends { readonly parts: object } ? '!' : 'unsure'>
    : never

type AsBoolean<X extends Scope, T extends string, W extends Around> =
  Side<X, T> extends infer K
    ? unknown extends K
      ? never
      : K extends AnyFault
        ? K extends { readonly fault: say.ListHere }
          ? W extends Wanted
            ? ListAlone<K, T, W>
            : W extends 'unsure'
              ? W
              : Faulty<say.ListHere>
          : K
        : K extends { readonly kind: 'boolean' }
          ? never
          : W extends Quantifier
            ? Faulty<say.BodyNeedsBoolean<W, K>>
            : K extends { readonly kind: 'record'; readonly entity: infer E }
              ? RecordAlone<X, T, W, K, E>
              : W extends '&&' | '||' | '!'
                ? Faulty<say.NeedsBoolean<W, K>>
                : W extends 'boolean'
                  ? Faulty<say.ConditionNeedsBoolean<K>>
                  : W extends 'unsure'
                    ? W
                    : never
    : never

/** A list is named after what it holds, where that is one kind of values. */
type ListAlone<K, T, W> = K extends { readonly items: infer I extends readonly (readonly [unknown, string])[] }
  ? T extends `§${bigint}§`
    ? W extends 'boolean'
      ? I[number][0] extends infer One extends { readonly kind: string }
        ? One extends Null
          ? never
          : IsUnion<One> extends true
            ? never
            : Faulty<say.ConditionNeedsBoolean<{ readonly kind: 'list'; readonly element: One }>>
        : never
      : never
    : Faulty<say.ListHere>
  : T extends `[${string}`
    ? 'unsure'
    : K

/** A record of the auth entity asks whether it is the user. */
type RecordAlone<X extends Scope, T extends string, W extends Around, K, E> = W extends 'any'
  ? never
  : E extends X['model']['auth']
    ? T extends 'user'
      ? Faulty<say.UserAsBoolean, T, 'authenticated'>
      : never
    : W extends 'unsure'
      ? W
      : Faulty<say.RecordAsBoolean<K, T>, T, `${T} != null`>

// `===` and `!==` are cut in their middle: what is left of them hangs on a side.
type Comparison<X extends Scope, T extends string> = T extends `${infer L} == ${infer R}`
  ? Sides<X, Trim<L>, Trim<R>, '=='>
  : T extends `${infer L}==${infer R}`
    ? L extends `${infer Rest}!`
      ? Sides<X, Trim<Rest>, AfterEqual<R>, '!='>
      : Sides<X, Trim<L>, AfterEqual<R>, '=='>
    : T extends `${infer L}!=${infer R}`
      ? Sides<X, Trim<L>, Trim<R>, '!='>
      : T extends `${infer L} in ${infer R}`
        ? L extends `${string}.`
          ? Odd
          : Membership<X, Trim<L>, Trim<R>>
        : T extends `${infer L}<${infer R}`
          ? Order<X, Trim<L>, R, '<'>
          : T extends `${infer L}>${infer R}`
            ? Order<X, Trim<L>, R, '>'>
            : T extends `${infer L}=${infer R}`
              ? L extends `${string}!${string}`
                ? Odd
                : Faulty<say.WriteInstead<'=', '=='>, T, `${L}==${R}`>
              : never

type AfterEqual<R extends string> = R extends `=${infer Rest}` ? Trim<Rest> : Trim<R>

type Order<X extends Scope, L extends string, R extends string, Op extends '<' | '>'> = R extends `=${infer Rest}`
  ? Sides<X, L, Trim<Rest>, `${Op}=`>
  : Sides<X, L, Trim<R>, Op>

type Sides<X extends Scope, L extends string, R extends string, Op extends string> =
  Side<X, L> extends infer A
    ? Side<X, R> extends infer B
      ? A extends AnyFault
        ? R extends Composed
          ? Beside<A, L, B, R>
          : A
        : R extends ''
          ? Faulty<say.MissingValue<Op>, '', A extends EnumKind ? `'${OptionOf<A>}'` : never>
          : B extends AnyFault
            ? Beside<B, R, A, L>
            : unknown extends A
              ? never
              : unknown extends B
                ? never
                : Op extends '==' | '!='
                  ? Equality<A, B, Op, L, R>
                  : Ordering<A, B, Op>
      : never
    : never
