// A word that is no name here: an option of an enum without its quotes, or a name that was mistyped.

import type { EnumKind } from './described.ts'
import type { Faulty, FieldNames, Model, Odd } from './fields.ts'
import type { OptionOf } from './kinds.ts'
import type { CallWithout, UnknownName, Unquoted } from './messages.ts'
import type { IsUnion, Near } from './text.ts'

/** Where an expression stands: the app, the entity of its row, and the rows that lambdas have named. */
export type Scope = { readonly model: Model; readonly entity: unknown; readonly rows: object }

/** Names that could stand alone. */
export type NameIn<X extends Scope> =
  | FieldNames<X['model'], X['entity']>
  | (keyof X['rows'] & string)
  | 'user'
  | 'owner'
  | 'authenticated'

/** A word that is the name of nothing. */
export type NoName<X extends Scope, N extends string> = N extends 'undefined'
  ? Faulty<UnknownName<N>, N, 'null'>
  : N extends 'today'
    ? Faulty<CallWithout<N>, N, `${N}()`>
    : EnumPath<X, N> extends infer P extends string
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
  ? F extends Odd
    ? F
    : Text extends OptionOf<Other>
      ? Faulty<Unquoted<Text, OtherText>, Text, `'${Text}'`>
      : F
  : F
