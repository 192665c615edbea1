// Fields at the type level: what a name is on an entity of a literal app, and where a path leads.

import type { Missing, UnknownField } from './messages.ts'
import type { Near } from './text.ts'

/** The entities of an app, as their literal type. */
export type Entities = { readonly [entity: string]: { readonly fields: object } }

/** What expressions are checked in: the app's entities and the name of the one whose rows are the users. */
export type Model = { readonly entities: Entities; readonly auth: string }

export type System<E> = {
  readonly id: { readonly kind: 'id'; readonly entity: E }
  readonly createdAt: 'datetime'
  readonly updatedAt: 'datetime'
}

type SystemName = keyof System<string>

/** The declaration of a field; `undefined` when there is none, `unknown` when nothing certain is known of it. */
export type DeclaredAt<M extends Model, E, N extends string> = E extends keyof M['entities']
  ? N extends keyof M['entities'][E]['fields']
    ? N extends SystemName
      ? unknown
      : M['entities'][E]['fields'][N]
    : N extends SystemName
      ? System<E>[N]
      : undefined
  : unknown

/** The same of a field that can be read: there are no secret ones. */
export type FieldAt<M extends Model, E, N extends string> =
  DeclaredAt<M, E, N> extends infer F ? (F extends { readonly secret: true } ? undefined : F) : never

/** The names that an entity's rows have; `never` when they are not known. */
export type FieldNames<M extends Model, E> = E extends keyof M['entities']
  ? Readable<M['entities'][E]['fields']> | keyof System<E>
  : never

type Readable<F> = { [N in keyof F]: F[N] extends { readonly secret: true } ? never : N & string }[keyof F]

/** The entity that a field leads to, when it is a relation to one row, and no secret. */
type TargetOf<F> = F extends { readonly type: 'relation'; readonly to: infer To }
  ? F extends { readonly many: true } | { readonly secret: true }
    ? undefined
    : To
  : undefined

/** The entity that a relation of an entity leads to. */
export type TargetAt<M extends Model, E, N extends string> = TargetOf<DeclaredAt<M, E, N>>

/** Something that is wrong: in which words, at which piece of the text, and what could stand there instead. */
export type Faulty<Message extends string, At extends string = never, Instead extends string = never> = {
  readonly fault: Message
  readonly at: At
  readonly instead: Instead
}

export type AnyFault = Faulty<string, string, string>

/** Stands for a piece that is no operand: what is wrong, if anything is, is told of the whole text. */
export type Odd = Faulty<'odd'>

/** A path that goes on behind a field that is no row: something is asked of the field's value. */
export type Beyond<F, Rest extends string> = { readonly beyond: F; readonly rest: Rest }

/** What a path leads to from an entity: a declaration, or what is wrong with it. `Whole` is the path as it was written. */
export type Walk<
  M extends Model,
  E,
  Path extends string,
  Whole extends string,
> = Path extends `${infer Head}.${infer Rest}`
  ? FieldAt<M, E, Head> extends infer F
    ? F extends undefined
      ? NoField<M, E, Head, Whole>
      : TargetOf<F> extends infer To
        ? [To] extends [string]
          ? Walk<M, To, Rest, Whole>
          : [To] extends [undefined]
            ? Beyond<F, Rest>
            : unknown
        : never
    : never
  : FieldAt<M, E, Path> extends infer F
    ? F extends undefined
      ? NoField<M, E, Path, Whole>
      : F
    : never

type NoField<M extends Model, E, Name extends string, Whole extends string> = Name extends ''
  ? Faulty<Missing, Whole, `${Whole}${FieldNames<M, E>}`>
  : Faulty<UnknownField<Name, E & string>, Whole, Renamed<Whole, Name, Near<Name, FieldNames<M, E>>>>

/** A path with one of its names replaced. */
type Renamed<Path extends string, Name extends string, By extends string> = Path extends `${infer L}.${Name}.${infer R}`
  ? `${L}.${By}.${R}`
  : Path extends `${infer L}.${Name}`
    ? `${L}.${By}`
    : Path extends `${Name}.${infer R}`
      ? `${By}.${R}`
      : By
