// `in` at the type level: a value in a list literal, in a field that is a list, or among related rows.

import type { Element } from './compare.ts'
import type { AnyFault, Faulty } from './fields.ts'
import type { Constant, Null, NumberKind, TextLiteral } from './kinds.ts'
import type * as say from './messages.ts'
import type { Side } from './sides.ts'
import type { TooLong, Trim } from './text.ts'
import type { Beside, Scope } from './words.ts'

export type Membership<X extends Scope, L extends string, R extends string> =
  Side<X, L> extends infer A
    ? A extends AnyFault
      ? A
      : A extends Null
        ? Faulty<say.NullOnlyEquality<'in'>>
        : R extends `[${infer Items}]`
          ? Trim<Items> extends ''
            ? Faulty<say.EmptyList>
            : Items extends TooLong
              ? never
              : InLiteral<A, KindsIn<X, A, L, Items>>
          : Side<X, R> extends infer B
            ? B extends AnyFault
              ? B extends { readonly items: infer I extends Items }
                ? InList<A, L, I>
                : B
              : unknown extends A
                ? never
                : unknown extends B
                  ? never
                  : Within<A, B>
            : never
    : never

type Items = readonly (readonly [kind: unknown, text: string])[]

/** A list literal whose elements are known, each with its text. */
export type ListOf<I extends Items> = Faulty<say.ListHere> & { readonly items: I }

/** A value in a list literal whose elements are known. */
export type InList<A, L extends string, I extends Items> = I extends readonly []
  ? Faulty<say.EmptyList>
  : InLiteral<A, BesideEach<A, L, I>>

type BesideEach<A, L extends string, I extends Items> = {
  [N in keyof I]: I[N][0] extends AnyFault ? Beside<I[N][0], I[N][1], A, L> : I[N][0]
}

/** A value in what is no list literal. */
export type Within<A, B> = B extends { readonly kind: 'list'; readonly element: infer K }
  ? unknown extends K
    ? never
    : Element<A, K, A, K>
  : B extends { readonly kind: 'collection'; readonly entity: infer E }
    ? Element<A, { readonly kind: 'record'; readonly entity: E }, A, { readonly kind: 'record'; readonly entity: E }>
    : Faulty<say.NotAList<B>>

/** What the elements of a list literal are, each of them. */
type KindsIn<
  X extends Scope,
  A,
  L extends string,
  Items extends string,
  Done extends readonly unknown[] = [],
> = Items extends `${infer I},${infer Rest}`
  ? KindsIn<X, A, L, Rest, [...Done, ItemKind<X, A, L, Trim<I>>]>
  : [...Done, ItemKind<X, A, L, Trim<Items>>]

type ItemKind<X extends Scope, A, L extends string, I extends string> =
  Side<X, I> extends infer K ? (K extends AnyFault ? Beside<K, I, A, L> : K) : never

/** Where one element is not known, nothing is certain but the faults of the others. Else the questions are, in the checker's order: each element by itself, all of them together, each beside the value. A text among options or dates becomes one of them, so it is compared with the first alone. */
type InLiteral<A, K extends readonly unknown[]> = unknown extends K[number]
  ? FirstFault<K>
  : [Extract<K[number], AnyFault>] extends [never]
    ? [Extract<K[number], Null>] extends [never]
      ? MixedIn<K[0], K> extends infer F
        ? [F] extends [never]
          ? unknown extends A
            ? never
            : A extends Constant
              ? K[number] extends Constant
                ? Faulty<say.TwoConstants<'in'>>
                : Wrong<A, A extends TextLiteral ? [K[0]] : K>
              : Wrong<A, K>
          : F
        : never
      : Faulty<say.NullElement>
    : FirstFault<K>

type FirstFault<K extends readonly unknown[]> = K extends readonly [infer One, ...infer Rest]
  ? unknown extends One
    ? FirstFault<Rest>
    : One extends AnyFault
      ? One
      : FirstFault<Rest>
  : never

type Family<K> = K extends NumberKind
  ? 'number'
  : K extends { readonly kind: 'string' | 'id' | 'record' | 'enum' | 'date' | 'datetime' }
    ? 'text'
    : K extends { readonly kind: infer Name }
      ? Name
      : never

type MixedIn<First, K extends readonly unknown[]> = K extends readonly [infer One, ...infer Rest]
  ? Family<One> extends Family<First>
    ? MixedIn<First, Rest>
    : Faulty<say.MixedList<First, One>>
  : never

type Wrong<A, K extends readonly unknown[]> = K extends readonly [infer One, ...infer Rest]
  ? Element<A, One, One, A> extends infer F
    ? [F] extends [never]
      ? Wrong<A, Rest>
      : F
    : never
  : never
