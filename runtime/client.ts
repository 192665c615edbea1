// The typed client of an app's HTTP API (`truthfile/client`): `fetch` and nothing else, in the browser and anywhere.

import type { FaultOf } from '../expr/static/check.ts'
import type { AppDefinition } from './truth/definition.ts'
import type { DeclaredExpanded, DeclaredPath, Expanded, RelationPath, Relations } from './truth/expanded.ts'
import type { Behaviors, CreateInput, Row, UpdateInput } from './truth/infer.ts'
import type { ModelOf } from './truth/static/app.ts'

export type { Expanded } from './truth/expanded.ts'
export type { Behaviors, CreateInput, InferApp, Row, UpdateInput } from './truth/infer.ts'

export type FieldFault = { readonly path: string; readonly code: string; readonly message: string }

/** A refusal of the API (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** Stable, for programs: `not-found`, `validation`. */
  readonly code: string
  readonly correlationId: string | undefined
  readonly errors: readonly FieldFault[]

  constructor(
    status: number,
    problem: { code?: string; detail?: string; correlationId?: string; errors?: readonly FieldFault[] },
  ) {
    super(problem.detail ?? `The server answered with ${status}.`)
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.correlationId = problem.correlationId
    this.errors = problem.errors ?? []
  }
}

export type ClientOptions = {
  /** A bearer token; signing in sets it. Without one the browser's cookie counts. */
  readonly token?: string
  /** Where the API stands on the server, `/api` by default. */
  readonly prefix?: string
  readonly fetch?: typeof fetch
}

export type Page<T> = {
  readonly data: readonly T[]
  readonly page: { readonly limit: number; readonly next: string | null; readonly total?: number }
}

/** A filter that `tsc` finds nothing wrong with; else its message. */
type Sound<A extends AppDefinition, E, F extends string> = [FaultOf<ModelOf<A>, E, F>] extends [never]
  ? F
  : FaultOf<ModelOf<A>, E, F> extends { readonly fault: infer Message extends string }
    ? Message
    : F

export type ListQuery<F extends string> = {
  /** An expression over the row: `status == 'todo' && dueDate < today()`. */
  readonly filter?: F
  /** Fields, the descending ones with a `-`. */
  readonly sort?: string
  readonly limit?: number
  /** `page.next` of the page before. */
  readonly after?: string
  readonly offset?: number
  readonly count?: boolean
  /** Words, each of which begins a word of a `searchable` text. */
  readonly search?: string
  /** Instead of the rows that are there, those that were deleted softly and can be restored. */
  readonly deleted?: boolean
}

/** Relations to send as rows in place of ids: `['assignee', 'project.owner']`. */
export type Expand<X extends string> = { readonly expand?: readonly X[] }

export type Collection<A extends AppDefinition, E extends keyof A['entities']> = {
  list<const F extends string = never, const X extends RelationPath<A, E> = never>(
    query?: ListQuery<Sound<A, E, F>> & Expand<X>,
  ): Promise<Page<Expanded<A, E, X>>>
  get<const X extends RelationPath<A, E> = never>(id: string, query?: Expand<X>): Promise<Expanded<A, E, X>>
  create(values: CreateInput<A, E>): Promise<Row<A, E>>
  update(id: string, values: UpdateInput<A, E>): Promise<Row<A, E>>
  delete(id: string): Promise<void>
  /** Takes back a soft delete. */
  restore(id: string): Promise<Row<A, E>>
  /** Does a behavior with a row; gives the row after it, nothing where it deletes it. */
  do<B extends keyof Behaviors<A, E> & string>(id: string, behavior: B, input?: Behaviors<A, E>[B]): Promise<Row<A, E>>
}

export type Signed = { readonly user: { readonly id: string }; readonly token: string }

export type Auth = {
  /** Makes an account and signs it in. Throws ApiError. */
  signUp(values: {
    readonly email: string
    readonly password: string
    readonly [field: string]: unknown
  }): Promise<Signed>
  signIn(values: { readonly email: string; readonly password: string }): Promise<Signed>
  signOut(): Promise<void>
  /** Ends every other session of the user. */
  changePassword(values: { readonly password: string; readonly newPassword: string }): Promise<void>
}

/** What `truth types` writes: the same as a literal app says, at next to no cost for the compiler. */
export type Declared = {
  readonly types: {
    readonly [entity: string]: {
      readonly row: unknown
      readonly create: unknown
      readonly update: unknown
      readonly behaviors: unknown
      readonly relations: Relations
    }
  }
}

type DeclaredCollection<A extends Declared['types'], E extends keyof A, T extends Declared['types'][string] = A[E]> = {
  list<const X extends DeclaredPath<T['relations']> = never>(
    query?: ListQuery<string> & Expand<X>,
  ): Promise<Page<DeclaredExpanded<A, E, X>>>
  get<const X extends DeclaredPath<T['relations']> = never>(
    id: string,
    query?: Expand<X>,
  ): Promise<DeclaredExpanded<A, E, X>>
  create(values: T['create']): Promise<T['row']>
  update(id: string, values: T['update']): Promise<T['row']>
  delete(id: string): Promise<void>
  restore(id: string): Promise<T['row']>
  do<B extends keyof T['behaviors'] & string>(id: string, behavior: B, input?: T['behaviors'][B]): Promise<T['row']>
}

export type Client<A extends AppDefinition | Declared> = (A extends Declared
  ? { readonly [E in keyof A['types']]: DeclaredCollection<A['types'], E> }
  : A extends AppDefinition
    ? { readonly [E in keyof A['entities']]: Collection<A, E> }
    : never) & { readonly auth: Auth }

/** An address with its parameters; a list of names is written with commas. */
function asked(path: string, query: object = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value))
  return parameters.size > 0 ? `${path}?${parameters}` : path
}

/** A client of the app at `url`. Its calls throw ApiError where the API refuses. */
export function createClient<A extends AppDefinition | Declared>(url: string, options: ClientOptions = {}): Client<A> {
  const base = url.replace(/\/+$/, '') + (options.prefix ?? '/api')
  const send = options.fetch ?? fetch
  let token = options.token

  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (token !== undefined) headers.authorization = `Bearer ${token}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    const response = await send(base + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const value: unknown = isJson && text ? JSON.parse(text) : undefined
    if (!response.ok) throw new ApiError(response.status, (value ?? {}) as object)
    return value
  }

  const enter = async (path: string, values: unknown): Promise<unknown> => {
    const signed = (await call('POST', path, values)) as Signed
    token = signed.token
    return signed
  }
  const auth = {
    signUp: (values: unknown) => enter('/auth/sign-up', values),
    signIn: (values: unknown) => enter('/auth/sign-in', values),
    signOut: async () => {
      await call('POST', '/auth/sign-out')
      token = undefined
    },
    changePassword: (values: unknown) => call('POST', '/auth/password', values),
  }

  const collection = (entity: string) => {
    const at = `/${encodeURIComponent(entity)}`
    const row = (id: string): string => `${at}/${encodeURIComponent(id)}`
    return {
      list: (query?: object) => call('GET', asked(at, query)),
      get: (id: string, query?: object) => call('GET', asked(row(id), query)),
      create: (values: unknown) => call('POST', at, values),
      update: (id: string, values: unknown) => call('PATCH', row(id), values),
      delete: (id: string) => call('DELETE', row(id)),
      restore: (id: string) => call('POST', `${row(id)}/restore`),
      do: (id: string, behavior: string, input: unknown = {}) =>
        call('POST', `${row(id)}/${encodeURIComponent(behavior)}`, input),
    }
  }

  return new Proxy({} as Client<A>, {
    // `then` would make `await client` wait for an entity of that name.
    get: (_, name) =>
      name === 'auth' ? auth : typeof name === 'string' && name !== 'then' ? collection(name) : undefined,
  })
}
