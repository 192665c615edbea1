// The checker's twin in TypeScript's own type system, so that plain `tsc` finds what can be told from the text of an
// expression in a literal app: unknown names and fields, also through relations, and options that an enum does not have.
// It never reports what the checker accepts; whatever it cannot tell, it lets pass.

import type { FieldAt, Model, Walk } from './fields.ts'
import type { UnknownName, UnknownOption } from './messages.ts'
import type { Bare, IsLiteral, IsPath, Mark, Plain, Trim } from './text.ts'

/** The first fault of an expression, as its message; `never` when nothing is wrong as far as can be told. */
export type FaultOf<M extends Model, E, S extends string> =
  IsLiteral<S> extends true
    ? Plain<S> extends infer P
      ? [P] extends [never]
        ? never
        : P extends string
          ? InOr<M, E, P>
          : never
      : never
    : never

type InOr<M extends Model, E, S extends string> = S extends `${infer L}||${infer R}`
  ? InAnd<M, E, L> extends infer F
    ? [F] extends [never]
      ? InOr<M, E, R>
      : F
    : never
  : InAnd<M, E, S>

type InAnd<M extends Model, E, S extends string> = S extends `${infer L}&&${infer R}`
  ? InTerm<M, E, Bare<L>> extends infer F
    ? [F] extends [never]
      ? InAnd<M, E, R>
      : F
    : never
  : InTerm<M, E, Bare<S>>

/** A term: a comparison of two sides, a membership, or a value by itself. */
type InTerm<M extends Model, E, T extends string> = T extends Word
  ? never
  : T extends `${string}${'=' | '<' | '>' | ' in '}${string}`
    ? InComparison<M, E, T>
    : PathFault<M, E, T>

// `===` and `!==` are cut in their middle: what is left of them hangs on a side.
// PERF: the usual spelling first.
type InComparison<M extends Model, E, T extends string> = T extends `${infer L} == ${infer R}`
  ? InSides<M, E, L, R>
  : T extends `${infer L}==${infer R}`
    ? InSides<M, E, Left<L>, Right<R>>
    : T extends `${infer L}!=${infer R}`
      ? InSides<M, E, Trim<L>, Trim<R>>
      : T extends `${infer L} in ${string}`
        ? PathFault<M, E, Trim<L>>
        : T extends `${infer L}<${infer R}`
          ? InSides<M, E, Trim<L>, Right<R>>
          : T extends `${infer L}>${infer R}`
            ? InSides<M, E, Trim<L>, Right<R>>
            : never

type Left<L extends string> = L extends `${infer Rest}!` ? Trim<Rest> : Trim<L>
type Right<R extends string> = R extends `=${infer Rest}` ? Trim<Rest> : Trim<R>

type InSides<M extends Model, E, L extends string, R extends string> = R extends `'${infer V}'`
  ? WithText<M, E, L, V>
  : L extends `'${infer V}'`
    ? WithText<M, E, R, V>
    : [PathFault<M, E, L>] extends [never]
      ? PathFault<M, E, R>
      : PathFault<M, E, L>

/** Names that need no field; where they may stand is the loader's to say. */
type Word =
  | ''
  | 'true'
  | 'false'
  | 'null'
  | 'undefined'
  | 'user'
  | 'authenticated'
  | 'owner'
  | 'entity'
  | 'next'
  | 'previous'
  | 'input'
  | 'event'
  | 'now'
  | 'today'

type Numeral = `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}${string}`

/** What is wrong with a path; `never` for anything that is no path. */
type PathFault<M extends Model, E, P extends string> = P extends Word
  ? never
  : P extends `${string}${Mark}${string}` | Numeral
    ? never
    : Resolve<M, E, P> extends { readonly fault: infer F }
      ? Certain<P, F>
      : never

/** A fault of a path that is spelt as one; others are faulty in another way. */
type Certain<P extends string, Fault> = IsPath<P> extends true ? Fault : never

/** What a path leads to: a declaration, or a fault. */
type Resolve<M extends Model, E, P extends string> = P extends `${infer Root}.${infer Rest}`
  ? Root extends 'entity' | 'next' | 'previous'
    ? Walk<M, E, Rest>
    : Root extends 'user' | 'owner'
      ? Walk<M, M['auth'], Rest>
      : Root extends 'input' | 'event'
        ? unknown
        : FieldAt<M, E, Root> extends undefined
          ? { readonly fault: UnknownName<Root> }
          : Walk<M, E, P>
  : FieldAt<M, E, P> extends infer F
    ? F extends undefined
      ? { readonly fault: UnknownName<P> }
      : F
    : never

/** The options of an enum as texts, those of a TypeScript enum too; `string` when they are not known. */
type OptionsOf<F> = F extends { readonly options: readonly (infer O extends string)[] }
  ? `${O}`
  : F extends { readonly values: readonly (infer O extends string)[] }
    ? `${O}`
    : string

/** A path beside a text: what is wrong with the path, or with the text as an option of an enum. */
type WithText<M extends Model, E, P extends string, V extends string> = P extends Word | `${string}${Mark}${string}`
  ? never
  : Resolve<M, E, P> extends infer F
    ? F extends { readonly fault: infer Fault }
      ? Certain<P, Fault>
      : F extends { readonly type: 'enum' }
        ? V extends '' | OptionsOf<F> | `${string}'${string}`
          ? never
          : F extends { readonly many: true }
            ? never
            : UnknownOption<V>
        : never
    : never
