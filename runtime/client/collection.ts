// What the typed client can do with the rows of one entity. Which filters and relations there are is said in `types`.

import { eventsOf, rowsOf } from './stream.ts'
import type { OnceOptions, StreamOptions, Transport, WriteOptions } from './transport.ts'

/** `page.next` goes into `after` of the next request. */
export type Page<T> = {
  readonly data: readonly T[]
  readonly page: { readonly limit: number; readonly next: string | null; readonly total?: number }
}

/** Which rows are meant. */
export type Condition<F extends string> = {
  /** An expression over the row: `status == 'todo' && dueDate < today()`. */
  readonly filter?: F
  /** Words, each of which begins a word of a `searchable` text. */
  readonly search?: string
}

export type ExportQuery<F extends string> = Condition<F> & {
  /** Fields, the descending ones with a `-`. */
  readonly sort?: string
  readonly limit?: number
  /** `page.next` of the page before. */
  readonly after?: string
  readonly offset?: number
  /** Instead of the rows that are there, those that were deleted softly and can be restored. */
  readonly deleted?: boolean
}

export type ListQuery<F extends string> = ExportQuery<F> & { readonly count?: boolean }

/** How rows are sent. */
export type Look<X extends string, K extends string, C extends boolean> = {
  /** Relations to send as rows in place of ids: `['assignee', 'project.owner']`. */
  readonly expand?: readonly X[]
  /** These alone, beside the id and what is expanded. */
  readonly fields?: readonly K[]
  /** Adds `_can`: which of `update`, `delete` and the behaviors the caller may do, as far as it can be told beforehand. */
  readonly can?: C
}

type Head<X extends string> = X extends `${infer H}.${string}` ? H : X

/** A row of which these fields were asked for; `Does` are its behaviors. */
export type Seen<T, X extends string, K extends string, C extends boolean, Does> = ([K] extends [never]
  ? T
  : Pick<T, (K | Head<X> | 'id') & keyof T>) &
  (C extends true ? { readonly _can: { readonly [D in keyof Does | 'update' | 'delete']: boolean } } : unknown)

/** What is counted and summed, and by which fields. */
export type Measures<Field extends string> = {
  readonly [M in 'group' | 'sum' | 'avg' | 'min' | 'max']?: readonly Field[]
}

type Names<Q, M extends string> = Q extends { readonly [K in M]: readonly (infer N)[] } ? N : never
type Asked<Q, M extends string> = M extends keyof Q ? M : never

/** One group, or all rows where there is no `group`. Of no values, or of none that may be read, there is no measure. */
export type Group<T, Q> = { readonly count: number } & {
  readonly [M in Asked<Q, 'group'>]: { readonly [N in Names<Q, M> & keyof T]: T[N] }
} & { readonly [M in Asked<Q, 'min' | 'max'>]: { readonly [N in Names<Q, M> & keyof T]: T[N] | null } } & {
  readonly [M in Asked<Q, 'sum' | 'avg'>]: { readonly [N in Names<Q, M> & string]: number | null }
}

/** Something that happened to the rows that the caller may read. */
export type Change<T> = {
  /** Given as `since`, the stream goes on after it. */
  readonly id: string
} & (
  | { readonly event: 'ready' | 'reset'; readonly data: Record<never, never> }
  | { readonly event: 'created' | 'updated' | 'enter'; readonly data: T }
  | { readonly event: 'leave' | 'deleted'; readonly data: { readonly id: string } }
)

export type ChangeQuery<F extends string> = Pick<Condition<F>, 'filter'> & { readonly since?: string }

/** What needs no knowledge of filters and relations. */
export type Writes<Row, Create, Replace, Update, Behaviors> = {
  create(values: Create, options?: OnceOptions): Promise<Row>
  update(id: string, values: Update, options?: WriteOptions): Promise<Row>
  /** Fields that are not given return to their default or to null. */
  replace(id: string, values: Replace, options?: WriteOptions): Promise<Row>
  delete(id: string, options?: WriteOptions): Promise<void>
  /** Takes back a soft delete. */
  restore(id: string, options?: OnceOptions): Promise<Row>
  /** Does a behavior with a row; gives the row after it, nothing where it deletes it. */
  do<B extends keyof Behaviors & string>(
    id: string,
    behavior: B,
    input?: Behaviors[B],
    options?: WriteOptions & OnceOptions,
  ): Promise<Row>
}

/** An address with its parameters; a list of names is written with commas. */
function asked(path: string, query: object = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value))
  return parameters.size > 0 ? `${path}?${parameters}` : path
}

/** The calls of one entity. */
export function collectionOf(entity: string, { send, open }: Transport) {
  const at = `/${encodeURIComponent(entity)}`
  const row = (id: string): string => `${at}/${encodeURIComponent(id)}`
  return {
    list: (query?: object) => send('GET', asked(at, query)),
    get: (id: string, query?: object) => send('GET', asked(row(id), query)),
    aggregate: async (query?: object) =>
      ((await send('GET', asked(`${at}/aggregate`, query))) as { readonly data: unknown }).data,
    export: (query?: object, options?: StreamOptions) =>
      rowsOf(() => open(asked(at, query), 'application/x-ndjson', options)),
    changes: (query?: object, options?: StreamOptions) =>
      eventsOf(() => open(asked(`${at}/changes`, query), 'text/event-stream', options)),
    create: (values: unknown, options?: OnceOptions) => send('POST', at, values, options),
    update: (id: string, values: unknown, options?: WriteOptions) => send('PATCH', row(id), values, options),
    replace: (id: string, values: unknown, options?: WriteOptions) => send('PUT', row(id), values, options),
    delete: (id: string, options?: WriteOptions) => send('DELETE', row(id), undefined, options),
    restore: (id: string, options?: OnceOptions) => send('POST', `${row(id)}/restore`, undefined, options),
    do: (id: string, behavior: string, input: unknown = {}, options?: WriteOptions & OnceOptions) =>
      send('POST', `${row(id)}/${encodeURIComponent(behavior)}`, input, options),
  }
}
