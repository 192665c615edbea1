// Reads a JSON body: bounded in depth, with the line and column of a slip.

import { type ParseError, parse } from 'jsonc-parser'
import { readText } from './body.ts'
import { badRequest, isRefusal, type Refusal, refusal } from './refusal.ts'

/** Levels of JSON that are read. */
export const deepest = 32

/** Where a JSON text goes wrong, one-based. The engine's own message does not always say. */
export function placeOfFault(text: string): string {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  const before = text.slice(0, errors[0]?.offset ?? text.length).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

/** Counts brackets outside of strings, so that depth is known before anything recurses. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (inString) {
      if (unit === 92) index++
      else if (unit === 34) inString = false
    } else if (unit === 34) inString = true
    else if (unit === 123 || unit === 91) {
      depth++
      if (depth > deepest) return true
    } else if (unit === 125 || unit === 93) depth--
  }
  return false
}

function parseJson(text: string): { readonly value: unknown } | Refusal {
  if (isTooDeep(text)) return badRequest('json-depth', `JSON deeper than ${deepest} levels is not read.`)
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return badRequest('json', `The body is not JSON: look at ${placeOfFault(text)}.`)
  }
}

/** The JSON of a request's body; `undefined` when there is no body at all. */
export async function readJson(request: Request): Promise<{ readonly value: unknown } | Refusal> {
  const text = await readText(request)
  if (isRefusal(text)) return text
  if (text === '') return { value: undefined }
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(?:[a-z\d.+-]+\+)?json *(?:;|$)/i.test(type)) {
    return refusal(415, 'media-type', 'Send JSON, with `Content-Type: application/json`.')
  }
  return parseJson(text)
}

/** The object of a request's body; no body at all is an empty object. */
export async function readObject(request: Request): Promise<ReadonlyMap<string, unknown> | Refusal> {
  const parsed = await readJson(request)
  if ('refused' in parsed) return parsed
  const { value } = parsed
  if (value === undefined) return new Map()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return badRequest('json-object', 'The body must be a JSON object.')
  }
  // A Map, so that `__proto__` and friends are keys like any other.
  return new Map(Object.entries(value))
}
