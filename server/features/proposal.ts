// One proposal of a completion, as data.

import type { ItemKind } from '../../expr/editor/items.ts'

export type ProposalKind = ItemKind | 'key' | 'value' | 'event' | 'behavior'

export type Proposal = {
  readonly label: string
  readonly kind: ProposalKind
  readonly detail: string
  readonly doc?: string
  /** What replaces `start`…`end`; `$0` is where the cursor ends. */
  readonly insert: string
  readonly start: number
  readonly end: number
  readonly rank: number
}

const ends: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' }

/** A text as it is written between quotes. */
export function escapeFor(quote: string, text: string): string {
  const written = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
  return quote === '`' ? written.replaceAll('${', '\\${') : written.replaceAll(/[\n\r]/g, (end) => ends[end] ?? end)
}
