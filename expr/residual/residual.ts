// Partial evaluation: what is left of a rule once the user and the time are known. It speaks of the row alone, and its
// decision is that of the whole rule.

import type { Context } from '../closure/context.ts'
import { compileResult } from '../closure/value.ts'
import { chainOf, type TypedCompare, type TypedLiteral, type TypedLogic, type TypedNode } from '../tree.ts'
import { booleanType, type Type } from '../types.ts'
import { mapChildren } from '../walk.ts'
import { isKnown } from './known.ts'
import { verdictOf } from './verdict.ts'

/** `true`: granted for every row. `false`: for none. Else the condition on the row that is left. */
export function residualTree(tree: TypedNode, context: Context): boolean | TypedNode {
  return fold(tree, true, context)
}

/** A tree that is definitely `wanted` exactly where the node is; a boolean where that is known. */
function fold(node: TypedNode, wanted: boolean, context: Context): boolean | TypedNode {
  const known = verdictOf(node, wanted)(context)
  if (known !== undefined) return known
  if (node.kind === 'not') {
    const operand = fold(node.operand, !wanted, context)
    return typeof operand === 'boolean' ? operand : { ...node, operand }
  }
  if (node.kind !== 'logic') return substitute(node, context)
  const parts: TypedNode[] = []
  for (const part of chainOf(node)) {
    // What is decided and did not decide the whole falls out.
    const folded = fold(part, wanted, context)
    if (typeof folded !== 'boolean') parts.push(folded)
  }
  return parts.reduce((left, right): TypedLogic => ({ ...node, type: booleanType, left, right }))
}

/** The node with the user's values written out. */
function substitute(node: TypedNode, context: Context): TypedNode {
  if (node.kind === 'is-user') {
    const id = literal(node, { kind: 'string' }, context.user?.id)
    return compared({ ...node, kind: 'compare', operator: '==', left: substitute(node.operand, context), right: id })
  }
  if (node.kind === 'literal') return node
  if (node.kind === 'list' || !isKnown(node)) {
    const changed = mapChildren(node, (part) => substitute(part, context))
    return changed.kind === 'compare' ? compared(changed) : changed
  }
  const value = compileResult(node)(context)
  if (Array.isArray(value)) return listOf(node, value)
  return typeof value === 'object' && value !== null ? node : literal(node, plain(node.type), value)
}

/** A comparison with what is missing is unknown. */
const compared = (node: TypedCompare): TypedNode =>
  [node.left, node.right].some((side) => side.kind === 'literal' && side.value === null)
    ? literal(node, booleanType, null)
    : node

/** A record stands for its id. */
const plain = (type: Type): Type => (type.kind === 'record' ? { kind: 'id', entity: type.entity } : type)

const literal = (at: TypedNode, type: Type, value: unknown): TypedLiteral => ({
  kind: 'literal',
  type,
  value: (value ?? null) as TypedLiteral['value'],
  start: at.start,
  end: at.end,
})

/** A list of the user's as a list literal; an empty one stays what it is, since there is no empty literal. */
function listOf(node: TypedNode, values: readonly unknown[]): TypedNode {
  if (values.length === 0 || node.type.kind !== 'list') return node
  const { element } = node.type
  const items = values.map((value) => literal(node, element, value))
  return { kind: 'list', type: node.type, items, start: node.start, end: node.end }
}
