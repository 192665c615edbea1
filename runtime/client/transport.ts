// Sends requests and reads answers, for all that the typed client can do.

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

/** Ends a stream from outside; leaving the loop over it does so as well. */
export type StreamOptions = { readonly signal?: AbortSignal }

export type WriteOptions = {
  /** The row as this client last got it, by `get` without `expand` or by a write: refused with 412 when it has changed. */
  readonly ifMatch?: object
}

export type OnceOptions = {
  /** The same for each try of one request, which is then done once. */
  readonly idempotencyKey?: string
}

export type SendOptions = WriteOptions & OnceOptions & { readonly headers?: Readonly<Record<string, string>> }

export type Transport = {
  /** The value of an answer in JSON. Throws ApiError where the API refuses. */
  readonly send: (method: string, path: string, body?: unknown, options?: SendOptions) => Promise<unknown>
  /** An answer that comes piece by piece. */
  readonly open: (path: string, accept: string, options?: StreamOptions) => Promise<Response>
}

/** The tags of the rows that a client has been given, for `ifMatch`. */
export type Tags = WeakMap<object, string>

/** Keeps the tag of a row that the API has sent. */
export function keepTag(tags: Tags, value: unknown, etag: string | null | undefined): void {
  if (etag && typeof value === 'object' && value !== null) tags.set(value, etag)
}

/** The tag of a row. Throws TypeError where this client has none. */
export function tagOf(tags: Tags, row: object): string {
  const tag = tags.get(row)
  if (tag === undefined) throw new TypeError('`ifMatch` takes a row as `get` or a write of this client gave it.')
  return tag
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text()
  return response.headers.get('content-type')?.includes('json') && text ? (JSON.parse(text) as unknown) : undefined
}

/** `token` is asked for at each request. */
export function transportOf(
  base: string,
  fetch: typeof globalThis.fetch,
  token: () => string | undefined,
  tags: Tags,
): Transport {
  const request = async (path: string, init: RequestInit): Promise<Response> => {
    const bearer = token()
    const headers = new Headers(init.headers)
    if (bearer !== undefined && !headers.has('authorization')) headers.set('authorization', `Bearer ${bearer}`)
    const response = await fetch(base + path, { ...init, headers })
    if (!response.ok) throw new ApiError(response.status, ((await jsonOf(response)) ?? {}) as object)
    return response
  }
  return {
    send: async (method, path, body, { ifMatch, idempotencyKey, headers } = {}) => {
      const response = await request(path, {
        method,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(ifMatch && { 'if-match': tagOf(tags, ifMatch) }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const value = await jsonOf(response)
      keepTag(tags, value, response.headers.get('etag'))
      return value
    },
    open: (path, accept, { signal } = {}) => request(path, { headers: { accept }, ...(signal && { signal }) }),
  }
}
