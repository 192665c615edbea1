// Rows with the rows that their relations lead to in place of ids, as `expand` has the API send them.

import type { Entities } from '../../expr/static/fields.ts'
import type { Row } from './infer.ts'

type App = { readonly entities: Entities }
type Fields<A extends App, E extends keyof A['entities']> = A['entities'][E]['fields']

/** The first name of each path, and what comes after it. */
type HeadOf<P extends string> = P extends `${infer H}.${string}` ? H : P
type RestOf<P extends string, H extends string> = P extends `${H}.${infer R}` ? R : never

type RelationKeys<A extends App, E extends keyof A['entities']> = {
  [K in keyof Fields<A, E>]: Fields<A, E>[K] extends { readonly type: 'relation' }
    ? Fields<A, E>[K] extends { readonly secret: true }
      ? never
      : K
    : never
}[keyof Fields<A, E>] &
  string

/** Relations of an entity, and paths that begin with one: `assignee`, `project.owner`. */
export type RelationPath<A extends App, E extends keyof A['entities']> =
  | RelationKeys<A, E>
  | `${RelationKeys<A, E>}.${string}`

/** What may not be read is null; a list holds what may. */
type Leads<A extends App, F, P extends string> = F extends { readonly to: infer To extends keyof A['entities'] }
  ? F extends { readonly many: true }
    ? readonly Expanded<A, To, P>[]
    : Expanded<A, To, P> | null
  : unknown

/** A row whose relations on the paths `P` are expanded. */
export type Expanded<A extends App, E extends keyof A['entities'], P extends string> = [P] extends [never]
  ? Row<A, E>
  : Omit<Row<A, E>, HeadOf<P>> & {
      readonly [H in HeadOf<P> & keyof Fields<A, E> as Fields<A, E>[H] extends { readonly read: unknown }
        ? never
        : H]: Leads<A, Fields<A, E>[H], RestOf<P, H>>
    } & {
      readonly [H in HeadOf<P> & keyof Fields<A, E> as Fields<A, E>[H] extends { readonly read: unknown }
        ? H
        : never]?: Leads<A, Fields<A, E>[H], RestOf<P, H>>
    }

/** What `truth types` writes of an app's relations: the entity that each leads to, in a list where there are many. */
export type Relations = { readonly [field: string]: string | readonly [string] }

type Types = { readonly [entity: string]: { readonly row: unknown; readonly relations: Relations } }

/** The same for what `truth types` writes. */
export type DeclaredExpanded<T extends Types, E extends keyof T, P extends string> = [P] extends [never]
  ? T[E]['row']
  : Omit<T[E]['row'], HeadOf<P>> & {
      readonly [H in HeadOf<P> & keyof T[E]['relations']]: T[E]['relations'][H] extends readonly [
        infer To extends keyof T,
      ]
        ? readonly DeclaredExpanded<T, To, RestOf<P, H>>[]
        : T[E]['relations'][H] extends infer To extends keyof T
          ? DeclaredExpanded<T, To, RestOf<P, H>> | null
          : unknown
    }

export type DeclaredPath<R extends Relations> = (keyof R & string) | `${keyof R & string}.${string}`
