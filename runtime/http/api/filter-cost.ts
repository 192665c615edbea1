// What a filter may cost. Rules are the app's own and may look where they like; a filter is anybody's.

import type { Expression } from '../../../expr/index.ts'
import { childrenOf } from '../../../expr/walk.ts'
import { badRequest, type Refusal } from '../refusal.ts'

type Node = Expression['tree']

const most = { deep: 2, looks: 8 }

/** `looks` are the places that look at many rows, for each row that is tried; `deep` is how far they stand in one another. */
function costOf(node: Node): { readonly deep: number; readonly looks: number } {
  const parts = childrenOf(node).map(costOf)
  const own = node.kind === 'quantifier' || node.kind === 'count' ? 1 : 0
  return {
    deep: own + Math.max(0, ...parts.map(({ deep }) => deep)),
    looks: own + parts.reduce((sum, { looks }) => sum + looks, 0),
  }
}

/**
 * Refuses a filter that looks at rows of rows of rows: each level multiplies the rows of the one before. What is let
 * through and takes too long for its data is ended by the database room.
 */
export function refuseCostly({ tree }: Pick<Expression, 'tree'>): Refusal | undefined {
  const { deep, looks } = costOf(tree)
  if (deep > most.deep)
    return badRequest('filter', `In a filter \`some\`, \`every\` and \`length\` stand ${most.deep} deep at most.`)
  if (looks > most.looks)
    return badRequest('filter', `A filter has at most ${most.looks} times \`some\`, \`every\` and \`length\` of rows.`)
  return undefined
}
