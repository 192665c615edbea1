// Whether two values can be equal, and as what: literals become options of an enum or dates.

import { closest } from '../closest.ts'
import {
  cannotCompare,
  enumWithString,
  jsonComparison,
  noCommonOption,
  noComparison,
  unknownOption,
} from '../messages/types.ts'
import { type Report, replaceBy } from '../problems.ts'
import type { Span } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import { type EnumType, isInstant, isNumber } from '../types.ts'
import { isTextLiteral } from './context.ts'
import { dateLiteral } from './dates.ts'

export type Pair = { readonly left: TypedNode; readonly right: TypedNode }

/** A text literal as an option of an enum; reports one that is not among its options. */
export function optionLiteral(node: TypedNode, type: EnumType, report: Report): TypedNode {
  if (node.kind === 'literal' && !type.options.includes(String(node.value))) {
    const suggestion = closest(String(node.value), type.options)
    const fixes = suggestion === undefined ? [] : [replaceBy(`'${suggestion.replaceAll(/[\\']/g, '\\$&')}'`, node)]
    report(unknownOption(String(node.value), type.options, suggestion), node, ...fixes)
  }
  return { ...node, type } as TypedNode
}

/** Both values in a form in which they can be compared; undefined when they cannot, which is reported at `at`. */
export function unify(left: TypedNode, right: TypedNode, at: Span, report: Report): Pair | undefined {
  const pair = { left, right }
  const [a, b] = [left.type, right.type]
  if (a.kind === 'unknown' || b.kind === 'unknown') return pair
  for (const { type } of [left, right]) {
    if (type.kind === 'list' || type.kind === 'collection') return void report(noComparison(type), at)
    if (type.kind === 'json') return void report(jsonComparison(), at)
  }
  if (a.kind === 'enum') return unifyEnum(left, right, a, at, report)
  if (b.kind === 'enum') {
    const swapped = unifyEnum(right, left, b, at, report)
    return swapped && { left: swapped.right, right: swapped.left }
  }
  if (isInstant(a) && isTextLiteral(right)) return { left, right: dateLiteral(right, report) }
  if (isInstant(b) && isTextLiteral(left)) return { left: dateLiteral(left, report), right }
  if (alike(pair)) return pair
  return void report(cannotCompare(a, b), at)
}

function unifyEnum(left: TypedNode, right: TypedNode, type: EnumType, at: Span, report: Report): Pair | undefined {
  const other = right.type
  if (isTextLiteral(right)) return { left, right: optionLiteral(right, type, report) }
  if (other.kind === 'string') return void report(enumWithString(type), at)
  if (other.kind !== 'enum') return void report(cannotCompare(left.type, other), at)
  if (type.options.some((option) => other.options.includes(option))) return { left, right }
  return void report(noCommonOption(type, other), at)
}

function alike({ left: { type: a }, right: { type: b } }: Pair): boolean {
  if (isNumber(a)) return isNumber(b)
  if (isInstant(a)) return isInstant(b)
  const leftEntity = a.kind === 'id' || a.kind === 'record' ? a.entity : undefined
  const rightEntity = b.kind === 'id' || b.kind === 'record' ? b.entity : undefined
  if (leftEntity !== undefined) return rightEntity === leftEntity || b.kind === 'string'
  if (rightEntity !== undefined) return a.kind === 'string'
  return a.kind === b.kind
}
