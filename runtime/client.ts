// The typed client of an app's HTTP API (`truthfile/client`): `fetch` and nothing else, in the browser and anywhere.

import { authOf } from './client/auth.ts'
import { batchOf } from './client/batch.ts'
import { collectionOf } from './client/collection.ts'
import { type ClientOptions, type Tags, type Transport, transportOf } from './client/transport.ts'
import type { Client, Declared } from './client/types.ts'
import type { AppDefinition } from './truth/definition.ts'

export type { Auth, Session, SessionInfo, Signed } from './client/auth.ts'
export type { Change, Group, ListQuery, Look, Page } from './client/collection.ts'
export {
  ApiError,
  type ClientOptions,
  type FieldFault,
  type OnceOptions,
  type StreamOptions,
  type WriteOptions,
} from './client/transport.ts'
export type { Client, Collection, Declared } from './client/types.ts'
export type { Expanded } from './truth/expanded.ts'
export type { Behaviors, CreateInput, InferApp, ReplaceInput, Row, UpdateInput } from './truth/infer.ts'

/** A client of the app at `url`. Its calls throw ApiError where the API refuses. */
export function createClient<A extends AppDefinition | Declared>(url: string, options: ClientOptions = {}): Client<A> {
  const prefix = options.prefix ?? '/api'
  let { token } = options
  const tags: Tags = new WeakMap()
  const transport = transportOf(url.replace(/\/+$/, '') + prefix, options.fetch ?? fetch, () => token, tags)

  const collections = (through: Transport, own: { readonly [name: string]: unknown } = {}) =>
    new Proxy({} as Client<A>, {
      // `then` would make `await client` wait for an entity of that name.
      get: (_, name) =>
        typeof name !== 'string' || name === 'then'
          ? undefined
          : Object.hasOwn(own, name)
            ? own[name]
            : collectionOf(name, through),
    })
  return collections(transport, {
    auth: authOf(transport, (given) => {
      token = given
    }),
    batch: batchOf(transport, prefix, tags, collections),
  })
}
