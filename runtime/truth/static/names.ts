// Names of entities and fields in a literal app.

import type { Model, System } from '../../../expr/static/fields.ts'
import type { IsLiteral, Near } from '../../../expr/static/text.ts'
import type { Fault } from './expression.ts'

export type EntityName<M extends Model, N> = N extends keyof M['entities']
  ? N
  : N extends string
    ? IsLiteral<N> extends true
      ? Fault<`Unknown entity \`${N}\`.`> | Near<N, keyof M['entities'] & string>
      : N
    : N

/** Names of fields, one or a list of them; what is shown may be worked out. */
export type Shown<M extends Model, E, T> = T extends string
  ? FieldName<M, E, T>
  : T extends readonly unknown[]
    ? { readonly [I in keyof T]: FieldName<M, E, T[I]> }
    : T

type FieldName<M extends Model, E, N> = N extends string
  ? E extends keyof M['entities']
    ? N extends KnownNames<M['entities'][E]>
      ? N
      : IsLiteral<N> extends true
        ? Fault<`Unknown field \`${N}\` on ${E & string}.`> | Near<N, KnownNames<M['entities'][E]>>
        : N
    : N
  : N

type KnownNames<T> =
  | (T extends { readonly fields: infer F } ? keyof F & string : string)
  | (T extends { readonly computed: infer C } ? keyof C & string : never)
  | keyof System<T>
