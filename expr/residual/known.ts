// What of an expression is known once the user and the time are.

import type { TypedNode } from '../tree.ts'
import { childrenOf } from '../walk.ts'

/** Whether a node speaks of nothing but the user's own row, the time and constants: it can be worked out ahead. */
export function isKnown(node: TypedNode): boolean {
  switch (node.kind) {
    case 'row':
      return node.root === 'user'
    case 'parameter':
    case 'slot':
    case 'count':
    case 'quantifier':
      return false
    case 'field':
      // Rows behind the user's relations are in the database.
      return node.object.kind === 'row' && node.object.root === 'user' && node.type.kind !== 'collection'
    default:
      return childrenOf(node).every(isKnown)
  }
}
