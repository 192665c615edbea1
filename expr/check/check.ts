// From the syntax tree to the checked tree. Reports every fault it can see; a faulty part silences what depends on it.

import { lambdaHere, listHere } from '../messages/types.ts'
import type { Report } from '../problems.ts'
import { authOf, type Scope } from '../scope.ts'
import type { BinaryNode, LiteralNode, Node } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import { booleanType, integerType, nullType, numberType, stringType, type Type } from '../types.ts'
import { checkArithmetic, checkNegate } from './arithmetic.ts'
import { checkLogic, checkNot } from './booleans.ts'
import { checkCall } from './calls.ts'
import { checkComparison } from './compare.ts'
import { type Checker, faulty, place } from './context.ts'
import { checkMember, checkMethod } from './members.ts'
import { checkIn } from './membership.ts'
import { checkName } from './names.ts'
import { checkResult } from './result.ts'

/** Told of every part that was checked, as it was written and as it was understood, faulty parts too. */
export type Note = (node: Node, typed: TypedNode, parameters: Checker['parameters']) => void

/**
 * The checked tree of a whole expression; usable only when nothing was reported as an error. It is of type unknown as a
 * whole where some part of it is.
 */
export function checkExpression(tree: Node, source: string, scope: Scope, report: Report, note?: Note): TypedNode {
  let told = true
  const checker: Checker = {
    source,
    scope,
    auth: authOf(scope.schema),
    report,
    parameters: [],
    check: (node) => {
      const typed = checkNode(checker, node)
      if (typed.type.kind === 'unknown') told = false
      note?.(node, typed, checker.parameters)
      return typed
    },
  }
  const result = checkResult(checker, tree.kind === 'list' ? checkWholeList(checker, tree) : checker.check(tree))
  return told ? result : faulty(tree)
}

function checkNode(checker: Checker, node: Node): TypedNode {
  switch (node.kind) {
    case 'literal':
      return { kind: 'literal', type: literalType(node), value: node.value, ...place(node) }
    case 'name':
      return checkName(checker, node)
    case 'member':
      return checkMember(checker, node)
    case 'call':
      return checkCall(checker, node)
    case 'method':
      return checkMethod(checker, node)
    case 'unary':
      return node.operator === '!' ? checkNot(checker, node) : checkNegate(checker, node)
    case 'binary':
      return checkBinary(checker, node)
    case 'list':
      checker.report(listHere(), node)
      return faulty(node)
    case 'lambda':
      checker.report(lambdaHere(), node)
      return faulty(node)
    case 'error':
      return faulty(node)
  }
}

function checkBinary(checker: Checker, node: BinaryNode): TypedNode {
  switch (node.operator) {
    case '&&':
    case '||':
      return checkLogic(checker, node, node.operator)
    case 'in':
      return checkIn(checker, node)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return checkArithmetic(checker, node)
    default:
      return checkComparison(checker, node, node.operator)
  }
}

/** The type of a literal; a number without a fraction is an integer. */
function literalType({ value }: LiteralNode): Type {
  if (value === null) return nullType
  if (typeof value === 'boolean') return booleanType
  if (typeof value === 'string') return stringType
  return Number.isSafeInteger(value) ? integerType : numberType
}

function checkWholeList(checker: Checker, node: Node & { readonly kind: 'list' }): TypedNode {
  const items = node.items.map(checker.check)
  return { kind: 'list', type: { kind: 'list', element: items[0]?.type ?? nullType }, items, ...place(node) }
}
