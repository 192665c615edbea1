// A side of a comparison, or a term by itself: what it is, or what is wrong with it.

import type { Combined, Negated, Start } from './arithmetic.ts'
import type { AnyFault, Beyond, Faulty, FieldAt, Odd, TargetAt, Walk } from './fields.ts'
import type { KindOf, RowOf } from './kinds.ts'
import type { NumberFault } from './literals.ts'
import type { MemberOf } from './members.ts'
import type { ListHere, UnknownName } from './messages.ts'
import type { Bare, Digit, Holding, IsPath, Long, Mark, Near, One, Sixteen, Trim } from './text.ts'
import type { NameIn, NoName, Scope } from './words.ts'

/** A part of a text that is known already, which stands in it by its number: its kind or its fault, and how it was written. */
export type Part<N extends number, K, Said extends string> = {
  readonly [I in `${N}`]: { readonly is: K; readonly said: Said }
}

/** Where the parts of a text are known that take a parser: calls, lists, whatever stands in parentheses. */
export type Parted = Scope & { readonly parts: object }

type Literals = {
  true: { readonly kind: 'boolean'; readonly constant: true }
  false: { readonly kind: 'boolean'; readonly constant: true }
  null: { readonly kind: 'null' }
  'now()': { readonly kind: 'datetime' }
  'today()': { readonly kind: 'date' }
}

/** Names that no field must be found for. Which of them a place knows is the loader's to say. */
type Word = 'user' | 'owner' | 'entity' | 'next' | 'previous' | 'authenticated' | 'now' | 'input' | 'event'

type WordKind<X extends Scope, W> = W extends 'user' | 'owner'
  ? RowOf<X['model'], X['model']['auth']>
  : W extends 'entity' | 'next' | 'previous'
    ? RowOf<X['model'], X['entity']>
    : W extends 'authenticated'
      ? { readonly kind: 'boolean' }
      : W extends 'now'
        ? { readonly kind: 'datetime' }
        : unknown

type NoPath = '' | `${Digit}${string}` | Holding<Mark>
type OddInteger = `${'' | '-'}0${One}${string}` | Sixteen
export type Arithmetic = Holding<'+' | '-' | '*' | '/' | '%'>
type Multiplied = Holding<'*' | '/' | '%'>

/** The kind of a side, `unknown` where nothing is certain, or a fault. */
export type Side<X extends Scope, P extends string> = P extends keyof Literals
  ? Literals[P]
  : P extends `'${infer V}'`
    ? V extends `${string}'${string}`
      ? Odd
      : { readonly kind: 'string'; readonly constant: true; readonly text: V }
    : P extends `${bigint}`
      ? P extends OddInteger
        ? Spelled<P, 'integer'>
        : { readonly kind: 'integer'; readonly constant: true }
      : P extends `${infer N extends number}`
        ? number extends N
          ? Spelled<P, 'number'>
          : { readonly kind: 'number'; readonly constant: true }
        : P extends `[${string}]`
          ? Faulty<ListHere>
          : P extends NoPath
            ? X extends { readonly parts: infer Parts }
              ? OfParts<X, Parts, P>
              : Odd
            : P extends Word
              ? FieldAt<X['model'], X['entity'], P> extends undefined
                ? WordKind<X, P>
                : unknown
              : P extends keyof X['rows']
                ? RowOf<X['model'], X['rows'][P]>
                : Found<X, P, Resolve<X, P>>

/** A number that is spelt in an uncommon way. */
type Spelled<P extends string, Kind> = P extends Long
  ? Odd
  : [NumberFault<P extends `-${infer N}` ? N : P>] extends [never]
    ? { readonly kind: Kind; readonly constant: true }
    : Odd

type Found<X extends Scope, P extends string, F> = F extends AnyFault
  ? Spelt<P> extends true
    ? F
    : Odd
  : F extends Beyond<infer D, infer More>
    ? MemberOf<X['model'], KindOf<X['model'], D>, More, P>
    : KindOf<X['model'], F>

/** Whether a path is spelt as one; others are faulty in another way. */
type Spelt<P extends string> = P extends Long | 'in' ? false : P extends `${infer Q}.` ? IsPath<Q> : IsPath<P>

type NoNames = '' | `.${string}` | `${string}.` | `${string}..${string}`

/** What a path leads to: a declaration, or a fault. */
export type Resolve<X extends Scope, P extends string> = P extends `${infer Root}.${infer Rest}`
  ? Root extends keyof X['rows']
    ? Walk<X['model'], X['rows'][Root], Rest, P>
    : Root extends 'entity'
      ? Walk<X['model'], X['entity'], Rest, P>
      : Root extends 'user' | 'owner' | 'next' | 'previous'
        ? Walk<X['model'], Named<X, Root, Root extends 'user' | 'owner' ? X['model']['auth'] : X['entity']>, Rest, P>
        : Root extends 'input' | 'event' | 'authenticated' | 'now' | 'true' | 'false' | 'null'
          ? Rest extends NoNames
            ? Odd
            : unknown
          : FieldAt<X['model'], X['entity'], Root> extends undefined
            ? NoRoot<NoName<X, Root>, X, Root, Rest, P>
            : Walk<X['model'], X['entity'], P, P>
  : FieldAt<X['model'], X['entity'], P> extends infer F
    ? F extends undefined
      ? NoName<X, P>
      : F
    : never

/** A path whose first name is that of nothing. */
type NoRoot<F, X extends Scope, Root extends string, Rest extends string, P extends string> = F extends {
  readonly fault: UnknownName<Root>
}
  ? Faulty<UnknownName<Root>, P, Rest extends '' ? never : `${Near<Root, NameIn<X>>}.${Rest}`>
  : F

/** The entity of a name that some places know, and others take for a field; `unknown` where it matters which. */
type Named<X extends Scope, N extends string, E> =
  FieldAt<X['model'], X['entity'], N> extends undefined
    ? E
    : TargetAt<X['model'], X['entity'], N> extends E
      ? E
      : unknown

/** A side that is made of parts, or by arithmetic. */
type OfParts<X extends Scope, Parts, P extends string> = P extends `§${infer N}§`
  ? N extends keyof Parts
    ? Parts[N] extends { readonly is: infer K }
      ? K
      : unknown
    : Worked<X, Parts, P>
  : Worked<X, Parts, P>

type Worked<X extends Scope, Parts, P extends string> = P extends Arithmetic
  ? Sum<X, P>
  : P extends `§${infer N}§.${infer More}`
    ? N extends keyof Parts
      ? Parts[N] extends { readonly is: infer K }
        ? Asked<MemberOf<X['model'], K, More, P>, More>
        : unknown
      : Odd
    : P extends `!${string}`
      ? Side<X, Bare<P>> extends infer K
        ? K extends AnyFault
          ? K extends { readonly items: unknown }
            ? Faulty<ListHere>
            : K
          : { readonly kind: 'boolean' }
        : never
      : Odd

/** What is asked of a part, if that is a path. */
type Asked<K, Path extends string> = K extends AnyFault ? (Spelt<Path> extends true ? K : Odd) : K

// A minus in front of an operand is written `~` here, once it is told from one between two.
type Sum<X extends Scope, S extends string, A = Start, Op extends string = ''> = S extends `${infer L}+${infer R}`
  ? Sum<X, R, Difference<X, L, A, Op>, '+'>
  : Difference<X, S, A, Op>

/** More minus signs in a row than are looked into. */
type Negations = `${string}~${string}~${string}~${string}~${string}~${string}~${string}~${string}~${string}`

type Difference<
  X extends Scope,
  S extends string,
  A,
  Op extends string,
  Before extends string = '',
> = S extends `${infer L}-${infer R}`
  ? Before extends Negations
    ? Odd
    : Trim<`${Before}${L}`> extends '' | `${string}${'*' | '/' | '%' | '~'}`
      ? Difference<X, R, A, Op, `${Before}${L}~`>
      : Difference<X, R, Combined<A, Op, Product<X, `${Before}${L}`>>, '-'>
  : Combined<A, Op, Product<X, `${Before}${S}`>>

type Product<X extends Scope, S extends string> = S extends Multiplied ? Times<X, S> : Factor<X, Trim<S>>

type Times<X extends Scope, S extends string, A = Start, Op extends string = ''> = S extends `${infer L}*${infer R}`
  ? Times<X, R, Ratio<X, L, A, Op>, '*'>
  : Ratio<X, S, A, Op>

type Ratio<X extends Scope, S extends string, A, Op extends string> = S extends `${infer L}/${infer R}`
  ? Ratio<X, R, Rest<X, L, A, Op>, '/'>
  : Rest<X, S, A, Op>

type Rest<X extends Scope, S extends string, A, Op extends string> = S extends `${infer L}%${infer R}`
  ? Rest<X, R, Combined<A, Op, Factor<X, Trim<L>>>, '%'>
  : Combined<A, Op, Factor<X, Trim<S>>>

type Factor<X extends Scope, S extends string> = S extends `~${infer R}` ? Negated<Factor<X, Trim<R>>> : Side<X, S>
