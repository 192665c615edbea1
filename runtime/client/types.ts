// The client of an app as a type: of a literal one, or of what `truth types` writes of it.

import type { FaultOf } from '../../expr/static/check.ts'
import type { AppDefinition } from '../truth/definition.ts'
import type { DeclaredExpanded, DeclaredPath, Expanded, RelationPath, Relations } from '../truth/expanded.ts'
import type { Behaviors, CreateInput, ReplaceInput, Row, UpdateInput } from '../truth/infer.ts'
import type { ModelOf } from '../truth/static/app.ts'
import type { Auth } from './auth.ts'
import type {
  Change,
  ChangeQuery,
  Condition,
  ExportQuery,
  Group,
  ListQuery,
  Look,
  Measures,
  Page,
  Seen,
  Writes,
} from './collection.ts'
import type { OnceOptions, StreamOptions } from './transport.ts'

/** A filter that `tsc` finds nothing wrong with; else its message. */
type Sound<A extends AppDefinition, E, F extends string> = [FaultOf<ModelOf<A>, E, F>] extends [never]
  ? F
  : FaultOf<ModelOf<A>, E, F> extends { readonly fault: infer Message extends string }
    ? Message
    : F

export type Collection<A extends AppDefinition, E extends keyof A['entities']> = Writes<
  Row<A, E>,
  CreateInput<A, E>,
  ReplaceInput<A, E>,
  UpdateInput<A, E>,
  Behaviors<A, E>
> & {
  list<
    const F extends string = never,
    const X extends RelationPath<A, E> = never,
    const K extends keyof Row<A, E> & string = never,
    const C extends boolean = false,
  >(query?: ListQuery<Sound<A, E, F>> & Look<X, K, C>): Promise<Page<Seen<Expanded<A, E, X>, X, K, C, Behaviors<A, E>>>>
  get<
    const X extends RelationPath<A, E> = never,
    const K extends keyof Row<A, E> & string = never,
    const C extends boolean = false,
  >(id: string, query?: Look<X, K, C>): Promise<Seen<Expanded<A, E, X>, X, K, C, Behaviors<A, E>>>
  /** Counts and sums of what the caller may read. */
  aggregate<const F extends string = never, const Q extends Measures<keyof Row<A, E> & string> = Measures<never>>(
    query?: Q & Condition<Sound<A, E, F>>,
  ): Promise<readonly Group<Row<A, E>, Q>[]>
  /** Every row of a list, however long, one after the other. */
  export<
    const F extends string = never,
    const X extends RelationPath<A, E> = never,
    const K extends keyof Row<A, E> & string = never,
    const C extends boolean = false,
  >(
    query?: ExportQuery<Sound<A, E, F>> & Look<X, K, C>,
    options?: StreamOptions,
  ): AsyncGenerator<Seen<Expanded<A, E, X>, X, K, C, Behaviors<A, E>>>
  /** What happens to the rows from now on, or since an event. The stream can end: begin again with the last `id`. */
  changes<const F extends string = never>(
    query?: ChangeQuery<Sound<A, E, F>>,
    options?: StreamOptions,
  ): AsyncGenerator<Change<Row<A, E>>>
}

/** What `truth types` writes: the same as a literal app says, at next to no cost for the compiler. */
export type Declared = {
  readonly types: {
    readonly [entity: string]: {
      readonly row: unknown
      readonly create: unknown
      readonly replace: unknown
      readonly update: unknown
      readonly behaviors: unknown
      readonly relations: Relations
    }
  }
}

type DeclaredCollection<
  A extends Declared['types'],
  E extends keyof A,
  T extends Declared['types'][string] = A[E],
> = Writes<T['row'], T['create'], T['replace'], T['update'], T['behaviors']> & {
  list<
    const X extends DeclaredPath<T['relations']> = never,
    const K extends keyof T['row'] & string = never,
    const C extends boolean = false,
  >(query?: ListQuery<string> & Look<X, K, C>): Promise<Page<Seen<DeclaredExpanded<A, E, X>, X, K, C, T['behaviors']>>>
  get<
    const X extends DeclaredPath<T['relations']> = never,
    const K extends keyof T['row'] & string = never,
    const C extends boolean = false,
  >(id: string, query?: Look<X, K, C>): Promise<Seen<DeclaredExpanded<A, E, X>, X, K, C, T['behaviors']>>
  aggregate<const Q extends Measures<keyof T['row'] & string> = Measures<never>>(
    query?: Q & Condition<string>,
  ): Promise<readonly Group<T['row'], Q>[]>
  export<
    const X extends DeclaredPath<T['relations']> = never,
    const K extends keyof T['row'] & string = never,
    const C extends boolean = false,
  >(
    query?: ExportQuery<string> & Look<X, K, C>,
    options?: StreamOptions,
  ): AsyncGenerator<Seen<DeclaredExpanded<A, E, X>, X, K, C, T['behaviors']>>
  changes(query?: ChangeQuery<string>, options?: StreamOptions): AsyncGenerator<Change<T['row']>>
}

type Collections<A extends AppDefinition | Declared> = A extends Declared
  ? { readonly [E in keyof A['types']]: DeclaredCollection<A['types'], E> }
  : A extends AppDefinition
    ? { readonly [E in keyof A['entities']]: Collection<A, E> }
    : never

/** Streams have no place in a batch. */
type Batched<C> = { readonly [E in keyof C]: Omit<C[E], 'changes' | 'export'> }

export type Client<A extends AppDefinition | Declared> = Collections<A> & {
  readonly auth: Auth
  /**
   * Several requests in one transaction: `client.batch((b) => [b.Task.update(…), b.Task.create(…)])`. What they answer,
   * in that order; when one is refused, nothing of it is done.
   */
  batch<const R extends readonly Promise<unknown>[]>(
    requests: (collections: Batched<Collections<A>>) => R,
    options?: OnceOptions,
  ): Promise<{ readonly [K in keyof R]: Awaited<R[K]> }>
}
