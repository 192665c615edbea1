// `+ - * / %` and the unary minus, on numbers, texts and dates.

import { arithmeticOperand, arithmeticPair } from '../messages/types.ts'
import type { ArithmeticOperator, BinaryNode, UnaryNode } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import {
  dateType,
  datetimeType,
  durationType,
  integerType,
  isInstant,
  isNumber,
  numberType,
  stringType,
  type Type,
  wholeDaysType,
} from '../types.ts'
import { type Checker, faulty, place } from './context.ts'

export function checkArithmetic(checker: Checker, node: BinaryNode): TypedNode {
  const chain: BinaryNode[] = []
  let first: BinaryNode['left'] = node
  while (first.kind === 'binary' && isArithmetic(first.operator)) {
    chain.push(first)
    first = first.left
  }
  let left = checker.check(first)
  for (const each of chain.reverse()) {
    const right = checker.check(each.right)
    left = combine(checker, each.operator as ArithmeticOperator, left, right, each)
  }
  return left
}

const isArithmetic = (operator: string): operator is ArithmeticOperator =>
  operator === '+' || operator === '-' || operator === '*' || operator === '/' || operator === '%'

function combine(
  checker: Checker,
  operator: ArithmeticOperator,
  left: TypedNode,
  right: TypedNode,
  node: BinaryNode,
): TypedNode {
  const [a, b] = [left.type, right.type]
  if (a.kind === 'unknown' || b.kind === 'unknown') return faulty(node)
  const at = place(node)
  if (operator === '%') {
    const wrong = a.kind !== 'integer' ? left : b.kind !== 'integer' ? right : undefined
    if (!wrong) return { kind: 'arithmetic', type: integerType, operator, left, right, ...at }
    checker.report(arithmeticOperand(operator, wrong.type), wrong)
    return faulty(node)
  }
  if (isNumber(a) && isNumber(b)) {
    const whole = operator !== '/' && a.kind === 'integer' && b.kind === 'integer'
    return { kind: 'arithmetic', type: whole ? integerType : numberType, operator, left, right, ...at }
  }
  if (operator === '+' && a.kind === 'string' && b.kind === 'string') {
    return { kind: 'join', type: stringType, left, right, ...at }
  }
  if ((operator === '+' || operator === '-') && isInstant(a) && b.kind === 'duration') {
    const type = a.kind === 'date' && b.wholeDays ? dateType : datetimeType
    return { kind: 'shift', type, operator, date: left, duration: right, ...at }
  }
  if (operator === '-' && isInstant(a) && isInstant(b)) {
    const type = a.kind === 'date' && b.kind === 'date' ? wholeDaysType : durationType
    return { kind: 'difference', type, left, right, ...at }
  }
  const wrong = [left, right].find(({ type }) => !combines(type, operator))
  if (wrong) checker.report(arithmeticOperand(operator, wrong.type), wrong)
  else checker.report(arithmeticPair(operator, a, b), node)
  return faulty(node)
}

const combines = (type: Type, operator: ArithmeticOperator): boolean =>
  isNumber(type) ||
  (operator === '+' && type.kind === 'string') ||
  ((operator === '+' || operator === '-') && (isInstant(type) || type.kind === 'duration'))

export function checkNegate(checker: Checker, node: UnaryNode): TypedNode {
  const operand = checker.check(node.operand)
  if (operand.type.kind === 'unknown') return operand
  if (!isNumber(operand.type)) {
    checker.report(arithmeticOperand('-', operand.type), operand)
    return faulty(node)
  }
  // A negative number is a literal itself; `0 - x` keeps minus zero out.
  if (operand.kind === 'literal') return { ...operand, value: 0 - Number(operand.value), ...place(node) }
  return { kind: 'negate', type: operand.type, operand, ...place(node) }
}
