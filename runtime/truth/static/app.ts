// A literal app as `tsc` checks it: its own type, but for the parts that are faulty, which become their message. Errors
// so land on the property whose text is wrong. What the loader checks beyond this is in `rules`.

import type { Model } from '../../../expr/static/fields.ts'
import type {
  AppDefinition,
  BehaviorDefinition,
  EntityDefinition,
  FieldDefinition,
  SettingsDefinition,
  ViewDefinition,
  WorkflowDefinition,
} from '../definition.ts'
import type { Trigger } from './events.ts'
import type { Expression } from './expression.ts'
import type { EntityName, Shown } from './names.ts'
import type { Assigned } from './values.ts'

type KeysOf<T> = T extends unknown ? keyof T : never
type AppKey = keyof AppDefinition
type EntityKey = keyof EntityDefinition
type FieldKey = KeysOf<Exclude<FieldDefinition, string>>

/** TypeScript drops its own error on excess properties once another error is there, so these are told here. */
type UnknownKey<K> = `Unknown key \`${K & string}\`.`

/** `string` when the settings do not say it to the letter: nothing is then known of the user. */
type AuthOf<A> = A extends { readonly settings: infer S }
  ? S extends { readonly auth?: infer U }
    ? 'entity' extends keyof NonNullable<U>
      ? NonNullable<U> extends { readonly entity: infer E extends string }
        ? E
        : string
      : 'User'
    : 'User'
  : 'User'

/** What the texts of an app are checked in. */
export type ModelOf<A extends AppDefinition> = { readonly entities: A['entities']; readonly auth: AuthOf<A> }

/** PERF: most fields hold no text and no name that needs a look, and are taken as they are. */
type Field<M extends Model, E, F> = keyof F extends PlainKey ? F : F extends string ? F : Looked<M, E, F>

type PlainKey = Exclude<FieldKey, 'read' | 'update' | 'to'>

type Looked<M extends Model, E, F> = {
  readonly [K in keyof F]: K extends 'read' | 'update'
    ? Expression<M, E, F[K]>
    : K extends 'to'
      ? EntityName<M, F[K]>
      : K extends FieldKey
        ? F[K]
        : UnknownKey<K>
}

type Rules<M extends Model, E, P, W extends 'boolean' | 'any' = 'boolean'> = {
  readonly [K in keyof P]: Expression<M, E, P[K], W>
}

type Behavior<M extends Model, E, B> = {
  readonly [K in keyof B]: K extends 'requires'
    ? Expression<M, E, B[K]>
    : K extends 'set' | 'fields' | 'modifies'
      ? { readonly [N in keyof B[K]]: Assigned<M, E, N, B[K][N]> }
      : K extends keyof BehaviorDefinition
        ? B[K]
        : UnknownKey<K>
}

type Entity<M extends Model, E, T> = {
  readonly [K in keyof T]: K extends 'fields'
    ? { readonly [N in keyof T[K]]: Field<M, E, T[K][N]> }
    : K extends 'permissions'
      ? Rules<M, E, T[K]>
      : K extends 'computed'
        ? Rules<M, E, T[K], 'any'>
        : K extends 'behaviors'
          ? { readonly [N in keyof T[K]]: Behavior<M, E, T[K][N]> }
          : K extends EntityKey
            ? T[K]
            : UnknownKey<K>
}

type View<M extends Model, V> = {
  readonly [K in keyof V]: K extends 'entity'
    ? EntityName<M, V[K]>
    : K extends 'columns' | 'cardFields' | 'groupBy' | 'dateField' | 'titleField' | 'colorField'
      ? V extends { readonly entity: infer E }
        ? Shown<M, E, V[K]>
        : V[K]
      : K extends 'permission'
        ? V extends { readonly entity: infer E }
          ? Expression<M, E, V[K]>
          : V[K]
        : K extends keyof ViewDefinition
          ? V[K]
          : UnknownKey<K>
}

type Workflow<A extends AppDefinition, M extends Model, W> = {
  readonly [K in keyof W]: K extends 'trigger'
    ? Trigger<A, W[K]>
    : K extends 'condition'
      ? W extends { readonly trigger: `${infer E}.${'created' | 'updated' | 'deleted' | 'restored'}` }
        ? Expression<M, E, W[K]>
        : W[K]
      : K extends keyof WorkflowDefinition
        ? W[K]
        : UnknownKey<K>
}
type Settings<S> = { readonly [K in keyof S]: K extends keyof SettingsDefinition ? S[K] : UnknownKey<K> }

/** An app with its faulty parts replaced by what is wrong with them. */
export type Checked<A extends AppDefinition, M extends Model = ModelOf<A>> = {
  readonly [K in keyof A]: K extends 'entities'
    ? { readonly [E in keyof A[K]]: Entity<M, E, A[K][E]> }
    : K extends 'views'
      ? { readonly [V in keyof A[K]]: View<M, A[K][V]> }
      : K extends 'workflows'
        ? { readonly [W in keyof A[K]]: Workflow<A, M, A[K][W]> }
        : K extends 'settings'
          ? Settings<A[K]>
          : K extends AppKey
            ? A[K]
            : UnknownKey<K>
}
