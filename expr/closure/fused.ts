// The common shapes of conditions as one closure each, without calls to others. PERF: on fifty rules in turn this is 3.1
// times the function written by hand, where a closure for each node is 7.

import type { ComparisonOperator } from '../syntax/ast.ts'
import type { TypedCompare, TypedNode } from '../tree.ts'
import type { Context, Decision } from './context.ts'
import { type Cells, rowClosure } from './rows.ts'
import { compileValue } from './value.ts'

/** A field of a row in scope, as it is stored. */
export function storedField(node: TypedNode, cells: Cells): ((context: Context) => unknown) | undefined {
  if (node.kind !== 'field' || (node.object.kind !== 'row' && node.object.kind !== 'parameter')) return undefined
  const { field, object } = node
  if (object.kind === 'row' && object.root === 'user') return (context) => context.user?.[field]
  if (object.kind === 'row' && object.root === 'entity') return (context) => context.entity?.[field]
  const read = rowClosure(object, cells, (part) => compileValue(part, cells))
  return (context) => read(context)?.[field]
}

/** Two texts or ids, both fields of rows. */
export function fusedEquality(left: TypedNode, right: TypedNode, equal: boolean, cells: Cells): Decision | undefined {
  const [a, b] = [storedField(left, cells), storedField(right, cells)]
  if (!a || !b) return undefined
  return (context) => {
    const found = a(context)
    if (typeof found !== 'string') return false
    const other = b(context)
    return typeof other === 'string' && (found === other) === equal
  }
}

/** A field with a number beside a constant. */
export function fusedOrder(node: TypedCompare, operator: ComparisonOperator, cells: Cells): Decision | undefined {
  const { left, right } = node
  const read = storedField(left, cells)
  if (!read || right.kind !== 'literal' || typeof right.value !== 'number') return undefined
  const counts =
    left.type.kind === 'integer' ? Number.isSafeInteger : left.type.kind === 'number' ? Number.isFinite : undefined
  const { value } = right
  if (!counts) return undefined
  const compare = numeric[operator]
  return (context) => {
    const found = read(context)
    return counts(found) && compare(found as number, value)
  }
}

const numeric = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
} as const satisfies Record<ComparisonOperator, (a: number, b: number) => boolean>

/** A field with a text among constants. */
export function decideIn(
  node: TypedNode & { readonly kind: 'in' },
  wanted: boolean,
  cells: Cells,
): Decision | undefined {
  const { value, list } = node
  const textual = value.type.kind === 'string' || value.type.kind === 'enum' || value.type.kind === 'id'
  const read = textual ? storedField(value, cells) : undefined
  if (!read || list.kind !== 'list') return undefined
  const constants = list.items.flatMap((item) =>
    item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : [],
  )
  if (constants.length !== list.items.length) return undefined
  // A few are found faster one by one than in a set.
  const has =
    constants.length <= 8
      ? (text: string) => constants.includes(text)
      : (
          (set) => (text: string) =>
            set.has(text)
        )(new Set(constants))
  return (context) => {
    const found = read(context)
    return typeof found === 'string' && has(found) === wanted
  }
}
