// A side of a comparison, or a term by itself: what it is, or what is wrong with it.

import type { EnumKind } from './described.ts'
import type { AnyFault, Faulty, FieldAt, FieldNames, Model, Walk } from './fields.ts'
import type { KindOf, OptionOf, RowOf } from './kinds.ts'
import type { ListHere, UnknownName, Unquoted } from './messages.ts'
import type { IsPath, IsUnion, Mark, Near } from './text.ts'

/** Where an expression stands: the app, the entity of its row, and the rows that lambdas have named. */
export type Scope = { readonly model: Model; readonly entity: unknown; readonly rows: object }

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

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** The kind of a side, `unknown` where nothing is certain, or a fault. */
export type Side<X extends Scope, P extends string> = P extends keyof Literals
  ? Literals[P]
  : P extends `'${infer V}'`
    ? V extends `${string}'${string}`
      ? unknown
      : { readonly kind: 'string'; readonly constant: true; readonly text: V }
    : P extends `${bigint}`
      ? { readonly kind: 'integer'; readonly constant: true }
      : P extends `${number}`
        ? { readonly kind: 'number'; readonly constant: true }
        : P extends `[${string}]`
          ? Faulty<ListHere>
          : P extends '' | 'undefined' | 'today' | `${Digit}${string}` | `${string}${Mark}${string}`
            ? unknown
            : P extends Word
              ? FieldAt<X['model'], X['entity'], P> extends undefined
                ? WordKind<X, P>
                : unknown
              : P extends keyof X['rows']
                ? RowOf<X['model'], X['rows'][P]>
                : Found<X, P, Resolve<X, P>>

type Found<X extends Scope, P extends string, F> = F extends AnyFault
  ? Spelt<P> extends true
    ? F
    : unknown
  : KindOf<X['model'], F>

/** Whether a path is spelt as one; others are faulty in another way. */
type Spelt<P extends string> = P extends `${infer Q}.` ? IsPath<Q> : IsPath<P>

/** What a path leads to: a declaration, or a fault. */
export type Resolve<X extends Scope, P extends string> = P extends `${infer Root}.${infer Rest}`
  ? Root extends keyof X['rows']
    ? Walk<X['model'], X['rows'][Root], Rest, P>
    : Root extends 'entity' | 'next' | 'previous'
      ? Walk<X['model'], X['entity'], Rest, P>
      : Root extends 'user' | 'owner'
        ? Walk<X['model'], X['model']['auth'], Rest, P>
        : Root extends 'input' | 'event'
          ? unknown
          : FieldAt<X['model'], X['entity'], Root> extends undefined
            ? Rest extends ''
              ? Faulty<UnknownName<Root>>
              : Faulty<UnknownName<Root>, P, `${Near<Root, NameIn<X>>}.${Rest}`>
            : Walk<X['model'], X['entity'], P, P>
  : FieldAt<X['model'], X['entity'], P> extends infer F
    ? F extends undefined
      ? NoName<X, P>
      : F
    : never

/** Names that could stand alone. */
export type NameIn<X extends Scope> =
  | FieldNames<X['model'], X['entity']>
  | (keyof X['rows'] & string)
  | 'user'
  | 'owner'
  | 'authenticated'

type NoName<X extends Scope, N extends string> =
  EnumPath<X, N> extends infer P extends string
    ? [P] extends [never]
      ? Faulty<UnknownName<N>, N, Near<N, NameIn<X>>>
      : IsUnion<P> extends true
        ? unknown
        : Faulty<Unquoted<N, P>, N, `${P} == '${N}'`>
    : never

/** The enum field that a bare word is an option of: the user's first, then the row's. */
type EnumPath<X extends Scope, W> =
  EnumNames<X['model'], X['model']['auth'], W> extends infer N
    ? [N] extends [never]
      ? `entity.${EnumNames<X['model'], X['entity'], W> & string}`
      : `user.${N & string}`
    : never

type EnumNames<M extends Model, E, W> = E extends keyof M['entities']
  ? WithOption<M['entities'][E]['fields'], W>
  : never

type WithOption<F, W> = {
  [N in keyof F]: F[N] extends { readonly secret: true } | { readonly many: true }
    ? never
    : F[N] extends
          | { readonly type: 'enum'; readonly options: readonly (infer O extends string)[] }
          | { readonly type: 'enum'; readonly values: readonly (infer O extends string)[] }
      ? W extends `${O}`
        ? N
        : never
      : never
}[keyof F]

/** A fault beside another side: a word without quotes beside an enum that has it as an option is that. */
export type Beside<F, Text extends string, Other, OtherText extends string> = Other extends EnumKind
  ? Text extends OptionOf<Other>
    ? Faulty<Unquoted<Text, OtherText>, Text, `'${Text}'`>
    : F
  : F
