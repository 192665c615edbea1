// The events that start the workflows of a literal app.

import type { IsLiteral, Near } from '../../../expr/static/text.ts'
import type { AppDefinition } from '../definition.ts'
import type { Fault } from './expression.ts'

/** The events of an app's rows and behaviors, and those that workflows emit; `string` when one is not known to the letter. */
type EventOf<A extends AppDefinition> =
  | RowEvent<A['entities']>
  | BehaviorEvent<A['entities']>
  | EmittedBy<A>
  | 'schedule'

type RowEvent<T> = {
  [E in keyof T]: `${E & string}.${'created' | 'updated' | 'deleted' | (T[E] extends { readonly softDelete: true } ? 'restored' : never)}`
}[keyof T]

type BehaviorEvent<T> = {
  [E in keyof T]: T[E] extends { readonly behaviors: infer B } ? { [N in keyof B]: Emits<B[N]> }[keyof B] : never
}[keyof T]

type Emits<B> = B extends { readonly emits: infer S }
  ? S extends string
    ? S
    : S extends readonly (infer One)[]
      ? One
      : string
  : never

type EmittedBy<A> = A extends { readonly workflows: infer W }
  ? { [N in keyof W]: W[N] extends { readonly actions: infer L } ? Emitted<L> : never }[keyof W]
  : never

type Emitted<L> = L extends readonly (infer One)[] ? (One extends { readonly event: infer S } ? S : never) : never

export type Trigger<A extends AppDefinition, T> = T extends string
  ? T extends EventOf<A>
    ? T
    : IsLiteral<T> extends true
      ? Fault<`Nobody emits \`${T}\`.`> | Near<T, EventOf<A> & string>
      : T
  : T
