// The checker's twin in TypeScript's own type system, so that plain `tsc` finds what can be told from the text of an
// expression in a literal app: faults of structure, unknown names, fields and options, operands that do not go together.
// It never reports what the checker accepts; whatever it cannot tell, it lets pass.

import type { Or, Wanted } from './conditions.ts'
import type { Model, Odd } from './fields.ts'
import type { IsFine, Row, Term } from './fine.ts'
import type { Read, Unread } from './parentheses.ts'
import type { Broken } from './sentence.ts'
import type { Chain, Gap, Holding, IsBalanced, IsLiteral, Plain, Spaced, Times32, TooLong, Twice } from './text.ts'
import type { IsWorked, Suspect, Worked } from './worked.ts'

/** The first fault of an expression; `never` when nothing is wrong as far as can be told. */
export type FaultOf<M extends Model, E, S extends string, W extends Wanted = 'boolean'> = [S] extends [Suspect]
  ? Parsed<M, E, S, W>
  : IsFine<S, Term<M, E>, Row<M, E>> extends true
    ? never
    : Sorted<Usual<M, E, S, W>, S>

/** Of a text in which something may be called, worked out or put in parentheses. */
type Parsed<M extends Model, E, S extends string, W extends Wanted> =
  IsWorked<S> extends true
    ? IsLiteral<S> extends true
      ? Read<M, E, S, W, Worked> extends infer F
        ? Sorted<F extends Unread<infer Otherwise> ? First<Usual<M, E, S, W>, Otherwise> : F, S>
        : never
      : never
    : S extends Nested | Chain
      ? never
      : IsFine<S, Term<M, E>, Row<M, E>> extends true
        ? S extends OnePair
          ? S extends ThreeParentheses
            ? Balanced<S>
            : never
          : Balanced<S>
        : Sorted<Usual<M, E, S, W>, S>

/** More parentheses in a row than are taken away one by one. */
type Nested = Holding<Twice<Times32<'('>> | Twice<Times32<')'>>>
type OnePair = `${string}(${string})${string}`
type Parentheses = Holding<'(' | ')'>
type ThreeParentheses = `${Parentheses}${Parentheses}${Parentheses}`

type Balanced<S extends string> = IsBalanced<S> extends true ? never : Broken<S>

type First<A, B> = [A] extends [never] ? B : A

/** A fault of structure goes before others, but for a bracket that is yet to be closed. */
type Sorted<F, S extends string> = [F] extends [never] ? never : Before<Broken<S>, F>

type Before<B, F> = [B] extends [never]
  ? Exclude<F, Odd>
  : F extends Odd
    ? B
    : B extends { readonly fault: (F & { readonly fault: unknown })['fault'] | `${string} is never closed.${string}` }
      ? F
      : B

/** Of a text in which nothing is called or worked out. */
type Usual<M extends Model, E, S extends string, W extends Wanted> =
  IsLiteral<S> extends true
    ? S extends TooLong
      ? never
      : Plain<S> extends infer P
        ? [P] extends [never]
          ? Odd
          : P extends `${string}${Gap}${string}`
            ? never
            : P extends `${string}=>${string}`
              ? Odd
              : Cut<M, E, S, W, Spaced<P & string>>
        : never
    : never

/** Cut at its operators, when it is no matter yet which parentheses belong together. Where it is, the text is read. */
type Cut<M extends Model, E, S extends string, W extends Wanted, P extends string> =
  Or<{ readonly model: M; readonly entity: E; readonly rows: Record<never, never> }, P, W> extends infer F
    ? [F] extends [never]
      ? P extends Parentheses
        ? IsBalanced<P> extends true
          ? never
          : Odd
        : never
      : F extends Odd | 'unsure'
        ? Read<M, E, S, W> extends infer G
          ? G extends Unread
            ? Odd
            : G
          : never
        : F
    : never
