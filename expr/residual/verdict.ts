// A rule as far as the user decides it: granted for every row, for none, or depending on the row. Compiled once, so that
// asking costs no more than evaluating.

import type { Context } from '../closure/context.ts'
import { compileDecision } from '../closure/decision.ts'
import { compileValue } from '../closure/value.ts'
import { chainOf, type TypedNode } from '../tree.ts'
import { isKnown } from './known.ts'

/** True: granted whatever the row. False: never. Undefined: it depends on the row. */
export type Verdict = boolean | undefined
type Ask = (context: Context) => Verdict

const depends: Ask = () => undefined

/** `context` needs the user and the time only. */
export const compileVerdict = (tree: TypedNode): Ask => verdictOf(tree, true)

/** Whether a node is definitely `wanted`, as far as it is known. */
export function verdictOf(node: TypedNode, wanted: boolean): Ask {
  if (node.kind === 'not') return verdictOf(node.operand, !wanted)
  if (node.kind === 'logic') {
    const any = (node.operator === '||') === wanted
    return combine(
      chainOf(node).map((part) => verdictOf(part, wanted)),
      any,
    )
  }
  if (isKnown(node)) return compileDecision(wanted ? node : { ...node, kind: 'not', operand: node })
  const missing = missingParts(node)
  if (missing.length === 0) return depends
  const parts = missing.map((part) => compileValue(part, []))
  return (context) => (parts.some((part) => part(context) === null) ? false : undefined)
}

/** Parts without which the node is unknown, and so neither true nor false. */
function missingParts(node: TypedNode): readonly TypedNode[] {
  if (node.kind === 'compare') return [node.left, node.right].filter(isKnown)
  if (node.kind === 'is-user') return [{ ...node.operand, kind: 'row', root: 'user', type: userType(node.operand) }]
  if (node.kind === 'in' && node.list.kind === 'list' && isKnown(node.value)) return [node.value]
  return []
}

const userType = (operand: TypedNode) =>
  operand.type.kind === 'record' ? operand.type : ({ kind: 'record', entity: '' } as const)

/** `any`: one that holds decides; else one that fails does. */
function combine(parts: readonly Ask[], any: boolean): Ask {
  return (context) => {
    let result: Verdict = !any
    for (const part of parts) {
      const verdict = part(context)
      if (verdict === any) return any
      if (verdict === undefined) result = undefined
    }
    return result
  }
}
