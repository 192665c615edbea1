// Why a rule decided as it did: its tree, each node with its value and its place in the source.

import type { Context } from '../closure/context.ts'
import type { Cells } from '../closure/rows.ts'
import { compileResult, rowsOf } from '../closure/value.ts'
import { chainOf, type TypedNode } from '../tree.ts'
import { childrenOf } from '../walk.ts'

export type Explanation = {
  /** The text of this part; for the condition of `some` and `every`, with the row that it was tried on. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** A boolean, number or text, a date as ISO text, a record as its id, a list; null when it is missing or unknown. */
  readonly value: unknown
  /** Whether it is a condition: null is then "unknown", else "missing". */
  readonly condition: boolean
  readonly children: readonly Explanation[]
}

/** Rows of a collection that are shown at most. */
const mostRows = 5

/** The explanation of a whole expression. */
export function explain(tree: TypedNode, source: string, context: Context): Explanation {
  return explainNode(tree, source, context, [])
}

function explainNode(node: TypedNode, source: string, context: Context, cells: Cells): Explanation {
  return {
    text: source.slice(node.start, node.end),
    start: node.start,
    end: node.end,
    value: node.type.kind === 'collection' ? null : compileResult(node, cells)(context),
    condition: node.type.kind === 'boolean',
    children: partsOf(node).flatMap((part) => explainPart(part, node, source, context, cells)),
  }
}

/** The parts that say something: a chain in one go, and no constants. */
function partsOf(node: TypedNode): readonly TypedNode[] {
  if (node.kind === 'logic') return chainOf(node)
  if (node.kind === 'field' || node.kind === 'quantifier') return node.kind === 'field' ? [] : [node.body]
  return childrenOf(node).filter(({ kind }) => kind !== 'literal' && kind !== 'list')
}

function explainPart(
  part: TypedNode,
  parent: TypedNode,
  source: string,
  context: Context,
  cells: Cells,
): readonly Explanation[] {
  if (parent.kind !== 'quantifier')
    return part.type.kind === 'collection' ? [] : [explainNode(part, source, context, cells)]
  const rows = rowsOf(parent.collection, cells)(context) ?? []
  return rows.slice(0, mostRows).map((row) => {
    const told = explainNode(part, source, context, [...cells, { row }])
    return { ...told, text: `${parent.parameter} = ${String(row.id)}: ${told.text}` }
  })
}

const valueText = ({ value, condition }: Explanation): string => {
  if (value === null || value === undefined) return condition ? 'unknown' : 'missing'
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}

/** The tree as text, a line a node. */
export function explanationText(explanation: Explanation): string {
  const lines: string[] = []
  const write = (node: Explanation, lead: string, under: string): void => {
    lines.push(`${lead}${node.text}  →  ${valueText(node)}`)
    node.children.forEach((child, index) => {
      const last = index === node.children.length - 1
      write(child, `${under}${last ? '└ ' : '├ '}`, `${under}${last ? '  ' : '│ '}`)
    })
  }
  write(explanation, '', '')
  return lines.join('\n')
}
