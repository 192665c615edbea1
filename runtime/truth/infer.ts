// The rows of an app as types, from its literal: what the API sends and what it takes.

import type { Entities } from '../../expr/static/fields.ts'
import type { AppDefinition } from './definition.ts'

type Plain = {
  string: string
  text: string
  uuid: string
  date: string
  datetime: string
  number: number
  integer: number
  boolean: boolean
  json: unknown
}

type OptionsOf<F> = F extends { readonly options: readonly (infer O)[] }
  ? O
  : F extends { readonly values: readonly (infer O)[] }
    ? O
    : string

/** One value of a field, without lists and missing ones. A relation is the id of its row. */
type One<F> = F extends keyof Plain
  ? Plain[F]
  : F extends { readonly type: infer T }
    ? T extends keyof Plain
      ? Plain[T]
      : T extends 'enum'
        ? OptionsOf<F>
        : string
    : never

type Value<F> = F extends { readonly many: true } ? readonly One<F>[] : One<F>
type OrNull<F> = F extends { readonly required: true } ? Value<F> : Value<F> | null

type Fields<A extends { readonly entities: Entities }, E extends keyof A['entities']> = A['entities'][E]['fields']

/** The other side of a to-one relation has no value of its own. */
type IsMirror<A extends { readonly entities: Entities }, F> = F extends {
  readonly type: 'relation'
  readonly to: infer To extends string
  readonly many: true
  readonly inverse: infer Back extends string
}
  ? A['entities'][To]['fields'] extends { readonly [K in Back]: { readonly many: true } }
    ? false
    : true
  : false

type Credential<A, E> = A extends { readonly settings: { readonly auth: { readonly entity: E } } }
  ? 'password'
  : E extends 'User'
    ? 'password'
    : never

/** The fields that a row is sent with. */
type SentKeys<A extends { readonly entities: Entities }, E extends keyof A['entities']> = {
  [K in keyof Fields<A, E>]: Fields<A, E>[K] extends { readonly secret: true }
    ? never
    : IsMirror<A, Fields<A, E>[K]> extends true
      ? never
      : K extends Credential<A, E>
        ? never
        : K
}[keyof Fields<A, E>]

/** Fields with a `read` rule are left out where it does not hold. */
type HiddenKeys<A extends { readonly entities: Entities }, E extends keyof A['entities']> = {
  [K in keyof Fields<A, E>]: Fields<A, E>[K] extends { readonly read: unknown } ? K : never
}[keyof Fields<A, E>]

type System = { readonly id: string; readonly createdAt: string; readonly updatedAt: string }
type Show<T> = { [K in keyof T]: T[K] } & {}

/** A row as the API sends it. Dates are ISO text, a relation is an id, what is missing is null. */
export type Row<A extends { readonly entities: Entities }, E extends keyof A['entities']> = Show<
  System & {
    readonly [K in Exclude<SentKeys<A, E>, HiddenKeys<A, E> | keyof System>]: OrNull<Fields<A, E>[K]>
  } & {
    readonly [K in Extract<SentKeys<A, E>, HiddenKeys<A, E>>]?: OrNull<Fields<A, E>[K]>
  } & (A['entities'][E] extends { readonly computed: infer C } ? { readonly [K in keyof C]: unknown } : unknown)
>

/** All but what is read-only, what the runtime sets, and what mirrors the other side of a relation. */
type SettableKeys<A extends { readonly entities: Entities }, E extends keyof A['entities']> = {
  [K in keyof Fields<A, E>]: Fields<A, E>[K] extends { readonly readonly: true } | { readonly inverse: string }
    ? never
    : K extends keyof System | Credential<A, E>
      ? never
      : K
}[keyof Fields<A, E>]

type NeededKeys<A extends { readonly entities: Entities }, E extends keyof A['entities']> = {
  [K in SettableKeys<A, E>]: Fields<A, E>[K] extends { readonly required: true }
    ? Fields<A, E>[K] extends { readonly default: unknown }
      ? never
      : K
    : never
}[SettableKeys<A, E>]

/** What a new row takes. */
export type CreateInput<A extends { readonly entities: Entities }, E extends keyof A['entities']> = Show<
  { [K in NeededKeys<A, E>]: Value<Fields<A, E>[K]> } & {
    [K in Exclude<SettableKeys<A, E>, NeededKeys<A, E>>]?: OrNull<Fields<A, E>[K]>
  }
>

/** Some links of a relation to many, instead of all of them. */
type LinkChange<F> = F extends { readonly type: 'relation'; readonly many: true }
  ? { readonly add?: readonly string[]; readonly remove?: readonly string[] }
  : never

type ChangeableKeys<A extends { readonly entities: Entities }, E extends keyof A['entities']> = {
  [K in SettableKeys<A, E>]: Fields<A, E>[K] extends { readonly immutable: true } ? never : K
}[SettableKeys<A, E>]

/** What a change of a row takes. */
export type UpdateInput<A extends { readonly entities: Entities }, E extends keyof A['entities']> = {
  [K in ChangeableKeys<A, E>]?: OrNull<Fields<A, E>[K]> | LinkChange<Fields<A, E>[K]>
}

type Kept =
  | { readonly immutable: true }
  | { readonly secret: true }
  | { readonly read: unknown }
  | { readonly update: unknown }

/** What a replacement of a row takes. */
export type ReplaceInput<A extends { readonly entities: Entities }, E extends keyof A['entities']> = {
  [K in ChangeableKeys<A, E>]?: OrNull<Fields<A, E>[K]>
} & {
  [K in NeededKeys<A, E> as Fields<A, E>[K] extends Kept ? never : K]: Value<Fields<A, E>[K]>
}

/** The behaviors of an entity, by name, with what they take. */
export type Behaviors<
  A extends { readonly entities: Entities },
  E extends keyof A['entities'],
> = A['entities'][E] extends { readonly behaviors: infer B }
  ? { readonly [K in keyof B]: B[K] extends { readonly input: infer I } ? InputOf<I> : Record<string, never> }
  : Record<never, never>

type InputOf<I> = Show<
  { [K in keyof I as I[K] extends { readonly required: true } ? K : never]: Value<I[K]> } & {
    [K in keyof I as I[K] extends { readonly required: true } ? never : K]?: Value<I[K]> | null
  }
>

/** All rows of an app, by entity. */
export type InferApp<A extends AppDefinition> = { readonly [E in keyof A['entities']]: Row<A, E> }
