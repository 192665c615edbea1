// `Accept`: what a caller takes of what is sent (RFC 9110, section 12.5.1).

import { parseAccept } from 'hono/utils/accept'
import type { Call } from '../call.ts'
import { type Refusal, refusal } from '../refusal.ts'

const anything = '*/*'

/** How much a type is liked, from 0, which is not at all, to 1: by its own name, else by a range that it is in. */
export function likingIn(accept: string): (type: string) => number {
  // Some clients write `*` for `*/*`. A list of nothing says nothing.
  const named = parseAccept(accept).map(({ type, q }) => [type === '*' ? anything : type.toLowerCase(), q] as const)
  const liked = new Map(named.some(([type]) => type !== '') ? named : [[anything, 1]])
  return (type) => liked.get(type) ?? liked.get(type.replace(/\/.*/, '/*')) ?? liked.get(anything) ?? 0
}

const rows = ['application/json']
/** Where more than rows is sent, by what is asked for. */
const sent: { readonly [target: string]: readonly string[] } = {
  collection: [...rows, 'text/csv', 'application/x-ndjson'],
  changes: ['text/event-stream'],
}

/** Refuses a caller who takes nothing of what is sent there. */
export function refuseAccept({ method, request }: Call, target: string): Refusal | undefined {
  const accept = request.headers.get('accept')
  // PERF: most callers take JSON, or anything.
  if (accept === null || accept.trim() === '' || accept.includes(anything) || method === 'DELETE') return undefined
  const types = (method === 'GET' || method === 'HEAD' ? sent[target] : undefined) ?? rows
  const likingOf = likingIn(accept)
  if (types.some((type) => likingOf(type) > 0)) return undefined
  return refusal(406, 'accept', `Your \`Accept\` takes nothing of what is sent here: ${types.join(', ')}.`)
}
