// Completion at a cursor: in expressions, in texts that name something, of keys and of values in the literal.

import { type Completion, completeExpression } from '../../expr/editor/complete.ts'
import { completeQuery, completeTemplate } from '../../expr/editor/complete-text.ts'
import { type LiteralCursor, literalCursor } from '../../runtime/truth/cursor.ts'
import { placeInString } from '../../runtime/truth/literal.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { textAt } from '../../runtime/truth/model/take.ts'
import { type Node, nodeAt } from '../../runtime/truth/node.ts'
import type { Snapshot } from '../projects.ts'
import { keyProposals } from './completion-keys.ts'
import { valueProposals } from './completion-values.ts'
import { escapeFor, type Proposal } from './proposal.ts'
import type { Span } from './span.ts'

/** What can be written at an offset of a file. `trigger` is the character that asked for it, if one did. */
export function completionsAt(snapshot: Snapshot, file: string, offset: number, trigger?: string): readonly Proposal[] {
  const { root, draft, files, sites } = snapshot.analysis
  const text = files.get(file)
  if (!root || !draft || text === undefined) return []
  const cursor = literalCursor(root, file, text, offset)
  if (!cursor) return []
  if (cursor.at === 'text') {
    const site = sites.find(({ node }) => node === cursor.node)
    if (site) return inExpression(site, cursor, text, trigger).filter(fitsView(root, site))
  }
  if (trigger === ' ' || trigger === '.') return []
  return cursor.at === 'key' ? keyProposals(draft, root, cursor, text) : valueProposals(draft, root, cursor, text)
}

/** The query of a view that is of an entity asks for rows of that one. */
function fitsView(root: Node, { kind, path }: Site): (proposal: Proposal) => boolean {
  const of = kind === 'query' && path.length === 3 ? textAt(nodeAt(root, path.slice(0, -1)), 'entity') : undefined
  return (proposal) => of === undefined || proposal.kind !== 'entity' || proposal.label === of
}

/** Behind these a space asks for what can come next. */
const asks = /(?:[=!<>&|(,[+*/%-]|\bin|=>|\bwhere|\bby) $/
const quotes = /^['"`]$/

function inExpression(
  site: Site,
  cursor: LiteralCursor & { at: 'text' },
  text: string,
  trigger: string | undefined,
): readonly Proposal[] {
  const source = cursor.node.value
  if (trigger === ' ' && !asks.test(source.slice(0, cursor.offset))) return []
  const outer = text[cursor.start - 1] ?? "'"
  const found = complete(site, cursor.offset, outer === "'" ? '"' : "'")
  if (trigger !== undefined && quotes.test(trigger) && found.some(({ kind }) => kind === 'operator')) return []
  return found.map((item) => proposalOf(item, cursor, outer))
}

function complete({ kind, node, scope }: Site, offset: number, quote: "'" | '"'): readonly Completion[] {
  if (kind === 'query') return completeQuery(node.value, offset, scope.schema, { quote })
  if (kind === 'template') return completeTemplate(node.value, offset, scope, { quote })
  return completeExpression(node.value, offset, scope, { quote })
}

function proposalOf(item: Completion, cursor: LiteralCursor & { at: 'text' }, outer: string): Proposal {
  const { label, kind, detail, rank } = item
  const insert = escapeFor(outer, item.insert ?? label)
  return { label, kind, detail, insert, rank, ...replaced(item, cursor) }
}

/** The stretch of the file that an item replaces. Without escapes it is as long there as in the text. */
function replaced({ start, end }: Completion, { node, cursor, offset }: LiteralCursor & { at: 'text' }): Span {
  if (node.pieces.some(({ raw }) => raw.includes('\\'))) return placeInString(node, start, end)
  return { start: cursor + start - offset, end: cursor + end - offset }
}
