// Reads the body of a request: bounded in size, however that was declared, and text only where it is UTF-8.

import { isUtf8 } from 'node:buffer'
import type { Call } from './call.ts'
import { badRequest, isRefusal, largestBody, type Refusal, refusal, tooLarge } from './refusal.ts'

/** The bytes of a body; undefined when there are too many. Throws when the caller goes away meanwhile. */
export async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > largestBody) return undefined
    const bytes = new Uint8Array(await request.arrayBuffer())
    return bytes.byteLength > largestBody ? undefined : bytes
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > largestBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const decoder = new TextDecoder()

/** The text of a body, the empty one where there is none. */
export async function readText(request: Request): Promise<string | Refusal> {
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    const headers = { 'Accept-Encoding': 'identity' }
    return refusal(415, 'content-encoding', 'Send the body as it is, without `Content-Encoding`.', { headers })
  }
  let bytes: Uint8Array<ArrayBuffer> | undefined
  try {
    bytes = await readBytes(request)
  } catch {
    return badRequest('body', 'The body did not arrive whole.')
  }
  if (bytes === undefined) return tooLarge()
  // What is not would be stored as something else than what was sent.
  return isUtf8(bytes) ? decoder.decode(bytes) : badRequest('utf-8', 'The body is not UTF-8.')
}

/** The same call with its body read, so that whoever reads it again waits for nobody. */
export async function withBody(call: Call): Promise<{ readonly whole: Call; readonly text: string } | Refusal> {
  const text = await readText(call.request)
  if (isRefusal(text)) return text
  const { method, headers, url } = call.request
  return {
    whole: { ...call, request: new Request(url, { method, headers, ...(text !== '' && { body: text }) }) },
    text,
  }
}
