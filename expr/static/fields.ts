// Fields at the type level: what a name is on an entity of a literal app, and where a path leads.

/** The entities of an app, as their literal type. */
export type Entities = { readonly [entity: string]: { readonly fields: object } }

/** What expressions are checked in: the app's entities and the name of the one whose rows are the users. */
export type Model = { readonly entities: Entities; readonly auth: string }

type System = 'id' | 'createdAt' | 'updatedAt'

/** The declaration of a field; `undefined` when there is none, `unknown` when nothing certain is known of it. */
export type FieldAt<M extends Model, E, N extends string> = E extends keyof M['entities']
  ? N extends keyof M['entities'][E]['fields']
    ? M['entities'][E]['fields'][N] extends { readonly secret: true }
      ? undefined
      : M['entities'][E]['fields'][N]
    : N extends System
      ? unknown
      : undefined
  : unknown

/** The entity that a field leads to, when it is a relation to one row. */
type TargetOf<F> = F extends { readonly type: 'relation'; readonly to: infer To }
  ? F extends { readonly many: true }
    ? undefined
    : To
  : undefined

/** What a path leads to from an entity: a declaration, or what is wrong with it as a message. */
export type Walk<M extends Model, E, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? FieldAt<M, E, Head> extends infer F
    ? F extends undefined
      ? { readonly fault: `Unknown field \`${Head}\` on ${E & string}.` }
      : TargetOf<F> extends infer To
        ? To extends string
          ? Walk<M, To, Rest>
          : unknown
        : never
    : never
  : FieldAt<M, E, Path> extends infer F
    ? F extends undefined
      ? { readonly fault: `Unknown field \`${Path}\` on ${E & string}.` }
      : F
    : never
