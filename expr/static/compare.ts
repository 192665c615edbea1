// Whether two sides can be compared at the type level: `never`, or what is wrong. The order of the questions is the checker's.

import type { IsDate } from './dates.ts'
import type { EnumKind } from './described.ts'
import type { Faulty, Odd } from './fields.ts'
import type {
  Constant,
  DurationKind,
  InstantKind,
  Null,
  NumberKind,
  OptionOf,
  SeveralKind,
  TextLiteral,
} from './kinds.ts'
import type * as say from './messages.ts'
import type { Near } from './text.ts'

/** `==` and `!=`. `L` and `R` are the texts of the sides. */
export type Equality<A, B, Op extends string, L extends string, R extends string> = A extends Null
  ? NullTest<B, Op, R>
  : B extends Null
    ? NullTest<A, Op, L>
    : A extends Constant
      ? B extends Constant
        ? Faulty<say.TwoConstants<Op>>
        : Unify<A, B>
      : Unify<A, B>

export type NullTest<K, Op extends string, P extends string> = K extends Constant | Null
  ? Faulty<say.TwoConstants<Op>>
  : K extends { readonly kind: 'collection' }
    ? Faulty<say.NeverNull<`The collection \`${P}\``>>
    : K extends { readonly always: infer Text extends string }
      ? Faulty<say.NeverNull<`\`${Text}\``>>
      : P extends 'authenticated' | 'now' | 'now()' | 'today()' | 'entity' | 'next'
        ? Faulty<say.NeverNull<`\`${P}\``>>
        : never

export type Unify<A, B> = A extends SeveralKind
  ? Faulty<say.NoComparison<A>>
  : A extends { readonly kind: 'json' }
    ? Faulty<say.JsonComparison>
    : B extends SeveralKind
      ? Faulty<say.NoComparison<B>>
      : B extends { readonly kind: 'json' }
        ? Faulty<say.JsonComparison>
        : A extends EnumKind
          ? WithEnum<A, B>
          : B extends EnumKind
            ? WithEnum<B, A>
            : A extends InstantKind
              ? WithInstant<B, A, B>
              : B extends InstantKind
                ? WithInstant<A, A, B>
                : Alike<A, B> extends true
                  ? never
                  : Faulty<say.CannotCompare<A, B>>

type WithEnum<E extends EnumKind, K> = K extends { readonly text: infer V extends string }
  ? V extends OptionOf<E>
    ? never
    : V extends '§'
      ? Odd
      : Faulty<say.UnknownOption<V>, `'${V}'`, `'${NearOption<V, OptionOf<E>>}'`>
  : K extends { readonly kind: 'string' }
    ? Faulty<say.EnumWithString<E>>
    : K extends EnumKind
      ? OptionOf<E> & OptionOf<K> extends never
        ? Faulty<say.NoCommonOption<E, K>>
        : never
      : Faulty<say.CannotCompare<E, K>>

type NearOption<V extends string, Options extends string> = [Near<V, Options>] extends [never]
  ? Options
  : Near<V, Options>

/** What stands beside a date or a datetime; `A` and `B` are both sides as they stand. */
type WithInstant<K, A, B> = K extends TextLiteral
  ? DateFault<K['text']>
  : K extends InstantKind
    ? never
    : Faulty<say.CannotCompare<A, B>>

type DateFault<V extends string> = V extends '§'
  ? Odd
  : IsDate<V extends `${infer Day}T${string}` ? Day : V> extends true
    ? never
    : Faulty<say.BadDate<V>>

type Alike<A, B> = A extends NumberKind
  ? B extends NumberKind
    ? true
    : false
  : A extends { readonly entity: infer E }
    ? B extends { readonly entity: E } | { readonly kind: 'string' }
      ? true
      : false
    : B extends { readonly entity: unknown }
      ? A extends { readonly kind: 'string' }
        ? true
        : false
      : A extends { readonly kind: infer K }
        ? B extends { readonly kind: K }
          ? true
          : false
        : true

/** `<`, `<=`, `>` and `>=`. */
export type Ordering<A, B, Op extends string> = A extends Null
  ? Faulty<say.NullOnlyEquality<Op>>
  : B extends Null
    ? Faulty<say.NullOnlyEquality<Op>>
    : A extends Constant
      ? B extends Constant
        ? Faulty<say.TwoConstants<Op>>
        : Ordered<A, B, Op>
      : Ordered<A, B, Op>

type Ordered<A, B, Op extends string> = A extends InstantKind
  ? B extends TextLiteral
    ? DateFault<B['text']>
    : B extends InstantKind
      ? never
      : B extends NumberKind | DurationKind
        ? Faulty<say.CannotCompare<A, B>>
        : Faulty<say.NotOrdered<Op, B>>
  : B extends InstantKind
    ? A extends TextLiteral
      ? DateFault<A['text']>
      : A extends NumberKind | DurationKind
        ? Faulty<say.CannotCompare<A, B>>
        : Faulty<say.NotOrdered<Op, A>>
    : A extends NumberKind
      ? B extends NumberKind
        ? never
        : B extends DurationKind
          ? Faulty<say.CannotCompare<A, B>>
          : Faulty<say.NotOrdered<Op, B>>
      : A extends DurationKind
        ? B extends DurationKind
          ? never
          : B extends NumberKind
            ? Faulty<say.CannotCompare<A, B>>
            : Faulty<say.NotOrdered<Op, B>>
        : Faulty<say.NotOrdered<Op, A>>

/** A value beside one element of a list, or beside what its elements are. `V` and `K` are named in this order. */
export type Element<A, B, V, K> = A extends Null
  ? Faulty<say.NullOnlyEquality<'in'>>
  : Unify<A, B> extends infer F
    ? F extends { readonly fault: `'${string}` } | Odd
      ? F
      : F extends { readonly fault: string }
        ? Faulty<say.WrongElement<V, K>>
        : never
    : never
