// Entity tags: what a text was, in a few characters.

import { hash } from 'node:crypto'

/** Changes whenever the text does. */
export const etagOf = (text: string): string => `"${hash('sha1', text, 'base64url')}"`

/**
 * The tags that a header names, or `*` alone for whatever there is. On its way a compressed answer's tag becomes a weak
 * one, `W/"…"`, which still says exactly which text it was.
 */
const tagsIn = (header: string): readonly string[] => (header.trim() === '*' ? ['*'] : (header.match(/"[^"]*"/g) ?? []))

/** Whether a header, `If-Match` or `If-None-Match`, names the text of this tag. */
export function isKnown(header: string, etag: string): boolean {
  const tags = tagsIn(header)
  return tags.includes('*') || tags.includes(etag.replace(/^W\//, ''))
}
