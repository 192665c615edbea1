// `==`, `!=` and the orderings; tests for null.

import { cannotCompare, listHere, neverNull, notOrdered, nullOnlyEquality, twoConstants } from '../messages/types.ts'
import type { BinaryNode, ComparisonOperator, Span } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import { booleanType, isInstant, isNumber, type Type } from '../types.ts'
import { type Checker, faulty, isConstant, isNullLiteral, isTextLiteral, place, textOf } from './context.ts'
import { dateLiteral } from './dates.ts'
import { checkBeside } from './names.ts'
import { type Pair, unify } from './unify.ts'

export function checkComparison(checker: Checker, node: BinaryNode, operator: ComparisonOperator): TypedNode {
  const swapped = node.left.kind === 'name' && node.right.kind !== 'name'
  const first = checker.check(swapped ? node.right : node.left)
  const second = checkBeside(checker, swapped ? node.left : node.right, first)
  const [left, right] = swapped ? [second, first] : [first, second]
  const equality = operator === '==' || operator === '!='
  if (isNullLiteral(left) || isNullLiteral(right)) {
    const other = isNullLiteral(left) ? right : left
    if (equality) return nullTest(checker, other, operator === '!=', node)
    checker.report(nullOnlyEquality(operator), isNullLiteral(left) ? left : right)
    return faulty(node)
  }
  if (left.kind === 'list' || right.kind === 'list') {
    checker.report(listHere(), left.kind === 'list' ? left : right)
    return faulty(node)
  }
  if (left.type.kind !== 'unknown' && right.type.kind !== 'unknown' && isConstant(left) && isConstant(right)) {
    checker.report(twoConstants(operator), node)
    return faulty(node)
  }
  const pair = equality ? unify(left, right, node, checker.report) : ordered(checker, left, right, node)
  if (!pair) return faulty(node)
  return { kind: 'compare', type: booleanType, operator, ...pair, ...place(node) }
}

const family = (type: Type): string | undefined => {
  if (isNumber(type)) return 'number'
  if (isInstant(type)) return 'instant'
  return type.kind === 'duration' ? 'duration' : undefined
}

function ordered(checker: Checker, first: TypedNode, second: TypedNode, node: BinaryNode): Pair | undefined {
  let left = first
  let right = second
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown') return { left, right }
  if (isInstant(left.type) && isTextLiteral(right)) right = dateLiteral(right, checker.report)
  else if (isInstant(right.type) && isTextLiteral(left)) left = dateLiteral(left, checker.report)
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown') return { left, right }
  for (const side of [left, right]) {
    if (!family(side.type)) return void checker.report(notOrdered(node.operator, side.type), side)
  }
  if (family(left.type) === family(right.type)) return { left, right }
  return void checker.report(cannotCompare(left.type, right.type), node)
}

/** `x == null`, `x != null` and `has(x)`: tests that are always true or false. */
export function nullTest(checker: Checker, operand: TypedNode, negated: boolean, at: Span): TypedNode {
  if (operand.type.kind === 'unknown') return faulty(at)
  if (isConstant(operand)) {
    checker.report(operand.kind === 'list' ? listHere() : twoConstants(negated ? '!=' : '=='), at)
    return faulty(at)
  }
  const always =
    operand.type.kind === 'collection' ||
    operand.kind === 'parameter' ||
    operand.kind === 'authenticated' ||
    operand.kind === 'is-null' ||
    operand.kind === 'clock' ||
    (operand.kind === 'row' && (operand.root === 'entity' || operand.root === 'next'))
  if (always) {
    const text = textOf(checker, operand)
    checker.report(neverNull(operand.type.kind === 'collection' ? `The collection \`${text}\`` : `\`${text}\``), at)
    return faulty(at)
  }
  return { kind: 'is-null', type: booleanType, operand, negated, ...place(at) }
}
