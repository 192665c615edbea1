// Entity tags: what a text was, in a few characters.

import { hash } from 'node:crypto'
import type { Call } from './call.ts'

/** Changes whenever the text does. */
export const etagOf = (text: string): string => `"${hash('sha1', text, 'base64url')}"`

/**
 * The tags that a header names. On its way a compressed answer's tag becomes a weak one, `W/"…"`, which still says
 * exactly which text it was.
 */
export const tagsIn = (header: string): readonly string[] => header.match(/"[^"]*"|\*/g) ?? []

/** Whether the caller has this text already. */
export function isKnown({ request }: Pick<Call, 'request'>, etag: string): boolean {
  const header = request.headers.get('if-none-match')
  if (header === null) return false
  const tags = tagsIn(header)
  return tags.includes('*') || tags.includes(etag.replace(/^W\//, ''))
}
