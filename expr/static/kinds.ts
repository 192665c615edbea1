// What a value is, at the type level: the checker's types. `unknown` wherever the literal type of an app does not say it
// for certain.

import type { Model } from './fields.ts'
import type { IsUnion } from './text.ts'

type Plain = {
  string: 'string'
  text: 'string'
  uuid: 'string'
  number: 'number'
  integer: 'integer'
  boolean: 'boolean'
  date: 'date'
  datetime: 'datetime'
  json: 'json'
}

/** The kind of a field's value, from its declaration. */
export type KindOf<M extends Model, F> = Sure<Declared<M, F>>

/** Declarations that are known by their wide type only may be of several kinds. */
type Sure<K> = [K] extends [{ readonly kind: infer Name }] ? (IsUnion<Name> extends true ? unknown : K) : unknown

type Declared<M extends Model, F> = F extends keyof Plain
  ? { readonly kind: Plain[F] }
  : F extends { readonly kind: 'id' }
    ? F
    : F extends { readonly type: infer T }
      ? 'many' extends keyof F
        ? F extends { readonly many: true }
          ? T extends 'relation'
            ? Related<M, F, 'collection'>
            : { readonly kind: 'list'; readonly element: One<M, F, T> }
          : F extends { readonly many: false }
            ? One<M, F, T>
            : unknown
        : One<M, F, T>
      : unknown

type One<M extends Model, F, T> = T extends 'relation'
  ? Related<M, F, 'record'>
  : T extends 'enum'
    ? F extends { readonly options: infer O extends readonly string[] }
      ? Options<O>
      : F extends { readonly values: infer O extends readonly string[] }
        ? Options<O>
        : unknown
    : T extends keyof Plain
      ? { readonly kind: Plain[T] }
      : unknown

type Options<O extends readonly string[]> = number extends O['length']
  ? unknown
  : string extends O[number]
    ? unknown
    : { readonly kind: 'enum'; readonly options: { readonly [I in keyof O]: `${O[I]}` } }

type Related<M extends Model, F, Kind extends string> = F extends { readonly to: infer To extends keyof M['entities'] }
  ? string extends To
    ? unknown
    : { readonly kind: Kind; readonly entity: To }
  : unknown

/** A row of an entity; `unknown` when its name is not known. */
export type RowOf<M extends Model, E> = E extends keyof M['entities']
  ? string extends E
    ? unknown
    : { readonly kind: 'record'; readonly entity: E }
  : unknown

export type NumberKind = { readonly kind: 'number' | 'integer' }
export type InstantKind = { readonly kind: 'date' | 'datetime' }
export type SeveralKind = { readonly kind: 'list' | 'collection' }
export type TextLiteral = { readonly kind: 'string'; readonly text: string }

export type IntegerKind = { readonly kind: 'integer' }
export type StringKind = { readonly kind: 'string' }
export type DurationKind = { readonly kind: 'duration' }
/** What does not depend on anything: neither rows, nor the user, nor the time. */
export type Constant = { readonly constant: true }
export type Null = { readonly kind: 'null' }

/** A duration of whole days leaves a date a date. */
export type WholeDays = { readonly whole: true }

/** A kind that comes from others: a constant when all of them are. PERF: equal ones are one type, so that what is asked of them is asked once. */
export type OfKind<Kind, From> = [From] extends [Constant] ? Fixed<Kind> : Varying<Kind>
type Fixed<Kind> = { readonly kind: Kind; readonly constant: true }
type Varying<Kind> = { readonly kind: Kind }

/** The option texts of an enum. */
export type OptionOf<K> = K extends { readonly options: readonly (infer O extends string)[] } ? O : string
