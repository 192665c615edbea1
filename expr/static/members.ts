// What is asked of a value with a dot: a field of a row, or the length of a text or of several.

import type { AnyFault, Beyond, Faulty, FieldAt, Model, Odd, Walk } from './fields.ts'
import type { CollectionMethod, ListMethod, TextMethods } from './functions.ts'
import type { KindOf, OfKind, SeveralKind, StringKind } from './kinds.ts'
import type { CollectionMember, MethodWithoutCall, NoMembers } from './messages.ts'
import type { IsPath } from './text.ts'

/** The kind at the end of a path that goes on from a value; `Whole` is the path as it was written. */
export type MemberOf<M extends Model, K, Path extends string, Whole extends string> = K extends AnyFault
  ? K
  : K extends { readonly kind: 'record'; readonly entity: infer E }
    ? Reached<M, Walk<M, E, Path, Whole>, Whole>
    : K extends { readonly kind: string }
      ? Path extends `${infer Name}.${infer Rest}`
        ? MemberOf<M, Asked<M, K, Name>, Rest, Whole>
        : Asked<M, K, Path>
      : unknown

/** The kind of what a path led to. */
type Reached<M extends Model, F, Whole extends string> = F extends AnyFault
  ? F
  : F extends Beyond<infer D, infer Rest>
    ? MemberOf<M, KindOf<M, D>, Rest, Whole>
    : KindOf<M, F>

/** The names of the methods that values of a kind have. */
export type MethodsOf<K> = K extends StringKind
  ? keyof TextMethods
  : K extends { readonly kind: 'list' }
    ? ListMethod
    : K extends { readonly kind: 'collection' }
      ? CollectionMethod
      : never

type Asked<M extends Model, K, Name extends string> = Name extends 'length'
  ? K extends StringKind | SeveralKind
    ? OfKind<'integer', K>
    : Faulty<NoMembers<Name, K>>
  : Name extends MethodsOf<K>
    ? Faulty<MethodWithoutCall<Name>>
    : IsPath<Name> extends true
      ? K extends { readonly kind: 'collection'; readonly entity: infer E }
        ? FieldAt<M, E, Name> extends undefined
          ? Faulty<NoMembers<Name, K>>
          : Faulty<CollectionMember<Name, K>>
        : Faulty<NoMembers<Name, K>>
      : Odd
