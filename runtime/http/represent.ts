// What a caller is sent of an answer (RFC 9110): compressed where they take that and it is worth the work, and nothing
// but its headers where they have it already. HEAD gets the headers that GET would.

import { parseAccept } from 'hono/utils/accept'
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress'
import { isSafe } from './caller.ts'
import { isKnown } from './etag.ts'

/** Bytes. Smaller answers travel in one packet or two anyway. */
const smallest = 1_024

const encodings = ['gzip', 'deflate'] as const

const isText = (type: string): boolean =>
  COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) || type.startsWith('application/x-ndjson')

/** The one of our encodings that an `Accept-Encoding` likes best. */
function encodingIn(accepted: string): (typeof encodings)[number] | undefined {
  const liked = new Map(parseAccept(accepted).map(({ type, q }) => [type.toLowerCase(), q]))
  const likingOf = (name: string): number => liked.get(name) ?? liked.get('*') ?? 0
  const [best] = encodings.toSorted((a, b) => likingOf(b) - likingOf(a))
  return best && likingOf(best) > 0 ? best : undefined
}

/** Whether an answer is worth compressing. One without a length is a stream, or has nothing to compress. */
function isWorthIt({ status, headers }: Response): boolean {
  const length = headers.get('content-length')
  return (
    status !== 206 &&
    !headers.has('content-encoding') &&
    (length === null || Number(length) >= smallest) &&
    isText(headers.get('content-type') ?? '')
  )
}

const ofContent = ['Content-Length', 'Content-Type', 'Content-Encoding', 'Content-Disposition']

/** `whole` is the answer as anybody would get it, with its length where it has one. */
export function represent({ method, headers: asked }: Request, whole: Response): Response {
  const accepted = asked.get('accept-encoding')
  const known = asked.get('if-none-match')
  // PERF: programs mostly ask for neither, and then it costs nothing.
  if (accepted === null && known === null) return whole
  const { status } = whole
  const encoding = accepted !== null && isWorthIt(whole) ? encodingIn(accepted) : undefined
  const headers = new Headers(whole.headers)
  const etag = headers.get('etag')
  if (encoding) {
    headers.delete('Content-Length')
    headers.set('Content-Encoding', encoding)
    if (!/accept-encoding/i.test(headers.get('vary') ?? '')) headers.append('Vary', 'Accept-Encoding')
    // Its bytes are others than those that the tag stands for.
    if (etag && !etag.startsWith('W/')) headers.set('ETag', `W/${etag}`)
  }
  if (known !== null && etag !== null && status === 200 && isSafe(method) && isKnown(known, etag)) {
    for (const name of ofContent) headers.delete(name)
    return new Response(null, { status: 304, headers })
  }
  if (!encoding) return whole
  const body = method === 'HEAD' ? null : (whole.body?.pipeThrough(new CompressionStream(encoding)) ?? null)
  return new Response(body, { status, headers })
}
