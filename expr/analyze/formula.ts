// A rule as a formula over its atoms: "this node is definitely `wanted`", or that it is not. Negations are pushed down,
// so that a formula is made of `all`, `any` and atoms only.

import { chainOf, type TypedNode } from '../tree.ts'

export type Atom = {
  readonly kind: 'atom'
  readonly node: TypedNode
  readonly source: string
  readonly wanted: boolean
  /** Whether the node must definitely be `wanted`, or must not (it is the opposite, or unknown). */
  readonly holds: boolean
}

export type Formula =
  | Atom
  | { readonly kind: 'all'; readonly parts: readonly Formula[] }
  | { readonly kind: 'any'; readonly parts: readonly Formula[] }

export const always: Formula = { kind: 'all', parts: [] }
export const never: Formula = { kind: 'any', parts: [] }

/** `source` is the text that the node was written in. */
export function formulaOf(node: TypedNode, source: string, wanted = true, holds = true): Formula {
  switch (node.kind) {
    case 'literal':
      return (node.value === wanted) === holds ? always : never
    case 'not':
      return formulaOf(node.operand, source, !wanted, holds)
    case 'logic': {
      const any = (node.operator === '||') === wanted
      const parts = chainOf(node).map((part) => formulaOf(part, source, wanted, holds))
      return { kind: any === holds ? 'any' : 'all', parts }
    }
    default:
      return { kind: 'atom', node, source, wanted, holds }
  }
}

/** Every atom of a formula. */
export function atomsOf(formula: Formula): readonly Atom[] {
  return formula.kind === 'atom' ? [formula] : formula.parts.flatMap(atomsOf)
}
