// What an expression must be given, read out of its text: `authenticated` asks for the user and for no row,
// `entity.status == 'done'` for a row with a `status`. Texts that are not known to the letter, that are long, or that take a
// real parser, ask for everything.

import type { Context } from '../closure/context.ts'
import type { Bare, IsLiteral, Long, Mark, Plain, Trim } from './text.ts'

/** A text that is known to the letter, else any. */
export type KnownText<S extends string> = IsLiteral<S> extends true ? S : string

/** The paths that a text reads; what stands alone as a condition is marked with `?`. `unknown` when it is not certain. */
export type PathsIn<S extends string> =
  IsLiteral<S> extends true
    ? S extends Long
      ? unknown
      : Plain<S> extends infer P
        ? [P] extends [never]
          ? unknown
          : P extends `${string}=>${string}`
            ? unknown
            : P extends string
              ? InOr<P>
              : unknown
        : unknown
    : unknown

type InOr<S extends string> = S extends `${infer L}||${infer R}` ? InAnd<L> | InOr<R> : InAnd<S>
type InAnd<S extends string> = S extends `${infer L}&&${infer R}` ? InTerm<Bare<L>> | InAnd<R> : InTerm<Bare<S>>

type InTerm<T extends string> = T extends `${infer L}==${infer R}`
  ? OfSide<L> | OfSide<R>
  : T extends `${infer L}!=${infer R}`
    ? OfSide<L> | OfSide<R>
    : T extends `${infer L} in ${infer R}`
      ? OfSide<L> | OfSide<R>
      : T extends `${infer L}<${infer R}`
        ? OfSide<L> | OfSide<R>
        : T extends `${infer L}>${infer R}`
          ? OfSide<L> | OfSide<R>
          : Alone<OfSide<T>>

type Alone<P> = P extends string ? `?${P}` : P

/** A side without what is left of `===`, `!==`, `<=` and `>=`. */
type OfSide<S extends string> = S extends `=${infer R}`
  ? OfSide<R>
  : S extends `${infer L}!`
    ? OfSide<L>
    : OfPath<Trim<S>>

type OfPath<P extends string> = P extends 'true' | 'false' | 'null' | `'${string}'` | `${number}` | `[${string}]`
  ? P extends `[${string}${'.' | '('}${string}]`
    ? unknown
    : never
  : P extends 'now' | 'now()' | 'today()'
    ? 'now'
    : P extends '' | `${string}${Mark | '=' | '<' | '>' | '!'}${string}`
      ? unknown
      : P

type Head<P> = P extends `${infer First}.${string}` ? First : P

/** The fields read of a row that goes by a name. */
type FieldsOf<P, Root extends string> = P extends `${Root}.${infer Rest}` ? Head<Rest> : never

/** Words that are no field of the row. */
type Word = 'user' | 'authenticated' | 'owner' | 'entity' | 'next' | 'previous' | 'input' | 'event' | 'now'

type OwnFields<P> = FieldsOf<P, 'entity'> | Exclude<Head<P>, Word>

type Fields<Names> = { readonly [N in Names & string]: unknown }

type Plainly<P> = P extends `?${infer Path}` ? Path : P

/** What stands alone may be a relation to the user: it asks who they are. */
type AsksUser<P> = Extract<P, `?${string}` | 'user' | `user.${string}` | 'owner'>

type Part<Key extends string, Asked, Value> = [Asked] extends [never] ? unknown : { readonly [K in Key]: Value }

type Needed<P, All = Plainly<P>> = Part<
  'user',
  Exclude<AsksUser<P>, '?true' | '?false'>,
  Fields<FieldsOf<All, 'user'>> | null
> &
  Part<'entity', OwnFields<All> | Extract<All, 'owner' | 'entity'>, Fields<OwnFields<All>> | null> &
  Part<'next', Extract<All, 'next' | `next.${string}`>, Fields<FieldsOf<All, 'next'>>> &
  Part<'previous', Extract<All, 'previous' | `previous.${string}`>, Fields<FieldsOf<All, 'previous'>> | null> &
  Part<'input', Extract<All, `input.${string}`>, Fields<FieldsOf<All, 'input'>>> &
  Part<'event', Extract<All, `event.${string}`>, Fields<FieldsOf<All, 'event'>>> &
  Part<'now', Extract<All, 'now'>, string>

/** What an expression is evaluated in, as far as its text asks for it. Relations are followed through `rows`. */
export type ContextFor<S extends string> =
  unknown extends PathsIn<S> ? Context : Omit<Partial<Context>, keyof Needed<PathsIn<S>>> & Needed<PathsIn<S>>
