// An expression of a literal app: itself, or what is wrong with it.

import type { FaultOf } from '../../../expr/static/check.ts'
import type { Wanted } from '../../../expr/static/conditions.ts'
import type { Model } from '../../../expr/static/fields.ts'
import type { Replaced } from '../../../expr/static/text.ts'

/** What is wrong with a text, where other texts would be right: TypeScript itself then says which was meant, and completes it. */
export interface Fault<Message extends string> {
  readonly message: Message
}

type Marked<S extends string, F> = F extends {
  readonly fault: infer Message extends string
  readonly at: infer At extends string
  readonly instead: infer Instead extends string
}
  ? [Instead] extends [never]
    ? Message
    : Fault<Message> | Replaced<S, At, Instead>
  : never

/** The text, or the message of its fault. */
// The text as a whole: one of several texts is left to the loader.
export type Expression<M extends Model, E, S, W extends Wanted = 'boolean'> = [S] extends [string]
  ? FaultOf<M, E, S, W> extends infer F
    ? [F] extends [never]
      ? S
      : Marked<S, F>
    : never
  : S
