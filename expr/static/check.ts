// The checker's twin in TypeScript's own type system, so that plain `tsc` finds what can be told from the text of an
// expression in a literal app: unknown names, fields and options, and operands that do not go together.
// It never reports what the checker accepts; whatever it cannot tell, it lets pass.

import type { Or, Wanted } from './conditions.ts'
import type { Model } from './fields.ts'
import type { IsFine, Row, Term } from './fine.ts'
import type { Read, Unread } from './parentheses.ts'
import type { Gap, IsLiteral, Plain } from './text.ts'
import type { IsWorked, Suspect, Worked } from './worked.ts'

/** The first fault of an expression; `never` when nothing is wrong as far as can be told. */
export type FaultOf<M extends Model, E, S extends string, W extends Wanted = 'boolean'> = [S] extends [Suspect]
  ? Parsed<M, E, S, W>
  : IsFine<S, Term<M, E>, Row<M, E>> extends true
    ? never
    : Usual<M, E, S, W>

/** Of a text in which something may be called or worked out. */
type Parsed<M extends Model, E, S extends string, W extends Wanted> =
  IsWorked<S> extends true
    ? IsLiteral<S> extends true
      ? Read<M, E, S, W, Worked> extends infer F
        ? F extends Unread<infer Otherwise>
          ? First<Usual<M, E, S, W>, S extends `${string}${'[' | ']'}${string}` ? never : Otherwise>
          : F
        : never
      : never
    : IsFine<S, Term<M, E>, Row<M, E>> extends true
      ? never
      : Usual<M, E, S, W>

type First<A, B> = [A] extends [never] ? B : A

/** Of a text in which nothing is, so that it is no matter which parentheses belong together. */
type Usual<M extends Model, E, S extends string, W extends Wanted> =
  IsLiteral<S> extends true
    ? Plain<S> extends infer P extends string
      ? P extends `${string}${'=>' | Gap}${string}`
        ? never
        : Or<{ readonly model: M; readonly entity: E; readonly rows: Record<never, never> }, P, W> extends infer F
          ? F extends 'unsure'
            ? Exclude<Read<M, E, S, W>, Unread>
            : F
          : never
      : never
    : never
