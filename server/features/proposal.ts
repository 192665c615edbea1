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

/** A text as it is written between quotes. */
export const escapeFor = (quote: string, text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
