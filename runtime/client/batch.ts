// Several requests in one: what they are is collected while they are made, then sent together.

import { keepTag, type OnceOptions, type Tags, type Transport, tagOf } from './transport.ts'

type Answer = { readonly headers: { readonly ETag?: string }; readonly body: unknown }

/** `collections` makes the calls of every entity, with what sends them. */
export function batchOf<C>(
  { send }: Transport,
  prefix: string,
  tags: Tags,
  collections: (transport: Transport) => C,
): (requests: (collections: C) => readonly Promise<unknown>[], options?: OnceOptions) => Promise<readonly unknown[]> {
  return async (requests, options) => {
    const items: object[] = []
    const answered: ((value: unknown) => void)[] = []
    const made = requests(
      collections({
        send: (method, path, body, { ifMatch, idempotencyKey } = {}) => {
          if (idempotencyKey !== undefined) throw new TypeError('A batch has one `idempotencyKey` for all of it.')
          items.push({ method, path: prefix + path, body, ...(ifMatch && { ifMatch: tagOf(tags, ifMatch) }) })
          return new Promise((done) => answered.push(done))
        },
        open: () => Promise.reject(new TypeError('A stream has no place in a batch.')),
      }),
    )
    const answers = (await send('POST', '/batch', items, options)) as readonly Answer[]
    for (const [index, { headers, body }] of answers.entries()) {
      keepTag(tags, body, headers.ETag)
      answered[index]?.(body ?? undefined)
    }
    return Promise.all(made)
  }
}
