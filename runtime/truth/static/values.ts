// What behaviors set fields to, in a literal app.

import type { Joined } from '../../../expr/static/described.ts'
import type { DeclaredAt, Model } from '../../../expr/static/fields.ts'
import type { KindOf } from '../../../expr/static/kinds.ts'
import type { IsLiteral } from '../../../expr/static/text.ts'
import type { Expression, Fault } from './expression.ts'

/** What a behavior sets a field to: a value that fits it, or an expression. */
export type Assigned<M extends Model, E, N, V> = N extends string
  ? DeclaredAt<M, E, N> extends infer F
    ? F extends undefined
      ? `Unknown field \`${N}\` on ${E & string}.`
      : V extends { readonly expr: infer S }
        ? { readonly [K in keyof V]: K extends 'expr' ? Expression<M, E, S, 'any'> : V[K] }
        : Fitting<N, F, V>
    : never
  : V

type Fitting<N extends string, F, V> = F extends { readonly many: unknown }
  ? V
  : F extends { readonly type: 'enum'; readonly options: readonly (infer O extends string)[] }
    ? V extends O | null
      ? V
      : V extends string
        ? IsLiteral<V> extends true
          ? Fault<`\`${N}\` must be one of ${Joined<F['options']>}.`> | O
          : V
        : V
    : KindOf<Model, F> extends { readonly kind: infer K extends keyof Fits }
      ? V extends Fits[K]['is'] | null
        ? V
        : `\`${N}\` must be ${Fits[K]['say']}.`
      : V

type Fits = {
  boolean: { is: boolean; say: 'true or false' }
  number: { is: number; say: 'a number' }
  integer: { is: number; say: 'a whole number' }
}
