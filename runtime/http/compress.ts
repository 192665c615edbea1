// Answers are compressed where the caller takes that and it is worth the work.

import type { Context } from 'hono'
import { COMPRESSIBLE_CONTENT_TYPE_REGEX, compress } from 'hono/compress'

/** Bytes. Smaller answers travel in one packet or two anyway. */
const smallest = 1_024

const isText = (type: string): boolean =>
  COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) || type.startsWith('application/x-ndjson')

const middleware = compress({ threshold: smallest, contentTypeFilter: isText })

/** Sets the context's response to an answer, compressed where it should be. */
export async function sendCompressed(context: Context, answer: () => Promise<Response>): Promise<Response> {
  await middleware(context, async () => {
    context.res = await answer()
  })
  return context.res
}
