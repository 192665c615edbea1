// The smallest change that would turn a refusal into a grant: the fewest conditions that would have to come out
// otherwise. Each is one of the rule's own conditions, so people can find it in the file.

import type { Context } from '../closure/context.ts'
import { compileDecision } from '../closure/decision.ts'
import { chainOf, type TypedNode } from '../tree.ts'

export type NeededChange = {
  readonly text: string
  readonly start: number
  readonly end: number
  /** What the condition would have to be. */
  readonly needs: boolean
}

/** The fewest conditions that would have to change; empty when the rule grants as it is, undefined when nothing would do. */
export function neededChanges(tree: TypedNode, source: string, context: Context): readonly NeededChange[] | undefined {
  return changesFor(tree, true, source, context)
}

function changesFor(
  node: TypedNode,
  wanted: boolean,
  source: string,
  context: Context,
): readonly NeededChange[] | undefined {
  if (compileDecision(wanted ? node : { ...node, kind: 'not', operand: node })(context)) return []
  if (node.kind === 'literal') return undefined
  if (node.kind === 'not') return changesFor(node.operand, !wanted, source, context)
  if (node.kind !== 'logic') {
    return [{ text: source.slice(node.start, node.end), start: node.start, end: node.end, needs: wanted }]
  }
  const parts = chainOf(node).map((part) => changesFor(part, wanted, source, context))
  if ((node.operator === '||') === wanted) {
    const possible = parts.filter((part) => part !== undefined)
    return possible.sort((a, b) => a.length - b.length)[0]
  }
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}
