// The usual spelling of the usual terms, entity by entity, so that most expressions are accepted by looking them up.
// PERF: such a term costs 5 to 40 instantiations this way, and cost 100 to 280 when each was judged.

import type { Model, TargetAt } from './fields.ts'
import type { Digit, Fifteen, LineBreak, One } from './text.ts'

type Equal = '==' | '!='
type Ordered = Equal | '<' | '<=' | '>' | '>='
type Clock = 'now()' | 'today()' | 'now'

/** Terms about one field, `never` where nothing is certain. */
type OfField<N extends string, F, Auth> = F extends string
  ? OfType<N, F>
  : F extends { readonly secret: true } | { readonly many: true }
    ? never
    : F extends { readonly type: 'relation'; readonly to: infer To }
      ? (To extends Auth ? N | `!${N}` | `${N} ${Equal} user` : never) | `${N} ${Equal} null`
      : F extends { readonly type: 'enum'; readonly options: readonly (infer O extends string)[] }
        ? `${N} ${Equal} ${`'${O}'` | 'null'}`
        : F extends { readonly type: infer T }
          ? OfType<N, T>
          : never

type OfType<N extends string, T> = T extends 'string' | 'text'
  ? `${N} ${Equal} ${`'${string}'` | 'null'}`
  : T extends 'integer' | 'number'
    ? `${N} ${Ordered} ${number}`
    : T extends 'boolean'
      ? N | `!${N}`
      : T extends 'date' | 'datetime'
        ? `${N} ${Ordered} ${Clock}` | `${N} ${Equal} null`
        : never

/** Terms about the fields of an entity, for whatever leads to one of its rows. */
export type FieldTerm<M extends Model, E> = E extends keyof M['entities']
  ? TermsOf<M['entities'][E]['fields'], M['auth']>
  : never

type TermsOf<F, Auth> = { [N in keyof F]: OfField<N & string, F[N], Auth> }[keyof F]

type Word = 'authenticated' | 'owner' | 'true' | 'false'

export type UserTerm<M extends Model> = `user.${FieldTerm<M, M['auth']>}`

export type Term<M extends Model, E> = Word | UserTerm<M> | FieldTerm<M, E>

/** The rows of an entity. */
export type Row<M extends Model = Model, E = unknown> = { readonly model: M; readonly entity: E }

/**
 * What a term may not hold, though it fits the pattern of one: more than one text, an escape, a line break, or a number
 * that is spelt as none, such as `05`, `.5`, `5.` and `0x1`, or too large to be exact. PERF: asked in passing.
 */
type Doubtful =
  | `${string}'${string}'${string}'${string}`
  | `${string}${'\\' | LineBreak | ' .' | ' -.' | '\u00a0'}${string}`
  | `${string}${' 0' | ' -0'}${One}${string}`
  | `${string}.`
  | `${string}${'= ' | '< ' | '> ' | '-'}${Digit}${Fifteen}`

/** Whether every term of a text is among those. What fits as one term but holds several is cut by putting one behind it. */
export type IsFine<S extends string, T, X extends Row> = S extends T
  ? S extends Doubtful
    ? IsFine<`${S} || true`, T, X>
    : true
  : S extends `${infer L} || ${infer R}`
    ? AllAnd<L, T, X> extends true
      ? IsFine<R, T, X>
      : false
    : S extends `${infer L} && ${infer R}`
      ? IsTerm<L, T, X> extends true
        ? AllAnd<R, T, X>
        : false
      : IsOther<S, T, X>

type AllAnd<S extends string, T, X extends Row> = S extends T
  ? S extends Doubtful
    ? S extends `${string} && ${string}`
      ? AllAnd<`${S} && true`, T, X>
      : false
    : true
  : S extends `${infer L} && ${infer R}`
    ? IsTerm<L, T, X> extends true
      ? AllAnd<R, T, X>
      : false
    : IsOther<S, T, X>

type IsTerm<S extends string, T, X extends Row> = S extends T ? (S extends Doubtful ? false : true) : IsOther<S, T, X>

/** Parentheses stand around a term, or open or close a group before or after it. */
type IsOther<S extends string, T, X extends Row> = S extends `(${infer R}`
  ? IsTerm<R, T, X>
  : S extends `${infer L})`
    ? IsTerm<L, T, X>
    : S extends `${infer Head}.${infer Rest}`
      ? Rest extends FieldTerm<X['model'], TargetAt<X['model'], X['entity'], Head>>
        ? Rest extends Doubtful
          ? false
          : true
        : false
      : false
