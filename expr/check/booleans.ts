// Boolean position: what may stand where a condition is wanted.

import { notHere } from '../messages/names.ts'
import { needsBoolean, recordAsBoolean, userAsBoolean } from '../messages/types.ts'
import { type Fault, replaceBy } from '../problems.ts'
import { namesOf } from '../scope.ts'
import type { BinaryNode, UnaryNode } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import { booleanType, type Type } from '../types.ts'
import { type Checker, faulty, place, textOf } from './context.ts'

/** The node as a condition. A record of the auth entity asks whether it is the current user. */
export function asBoolean(checker: Checker, node: TypedNode, otherwise: (found: Type) => Fault): TypedNode {
  const { type } = node
  if (type.kind === 'boolean' || type.kind === 'unknown') return node
  if (type.kind !== 'record') {
    checker.report(otherwise(type), node)
    return faulty(node)
  }
  if (node.kind === 'row' && node.root === 'user') {
    checker.report(userAsBoolean(), node, replaceBy('authenticated', node))
  } else if (type.entity !== checker.auth) {
    const path = textOf(checker, node)
    checker.report(recordAsBoolean(type, path), node, replaceBy(`${path} != null`, node))
  } else if (!(namesOf[checker.scope.place] as ReadonlySet<string>).has('user')) {
    checker.report(notHere('user', checker.scope.place), node)
  } else {
    return { kind: 'is-user', type: booleanType, operand: node, ...place(node) }
  }
  return faulty(node)
}

/** `&&` and `||`. A chain is checked in a loop, so that its length costs no depth. */
export function checkLogic(checker: Checker, node: BinaryNode, operator: '&&' | '||'): TypedNode {
  const rights: BinaryNode[] = []
  let first: BinaryNode['left'] = node
  while (first.kind === 'binary' && first.operator === operator) {
    rights.push(first)
    first = first.left
  }
  const condition = (part: BinaryNode['left']) =>
    asBoolean(checker, checker.check(part), (found) => needsBoolean(operator, found))
  let left = condition(first)
  for (const each of rights.reverse()) {
    const right = condition(each.right)
    left = { kind: 'logic', type: booleanType, operator, left, right, ...place(each) }
  }
  return left
}

export function checkNot(checker: Checker, node: UnaryNode): TypedNode {
  const operand = asBoolean(checker, checker.check(node.operand), (found) => needsBoolean('!', found))
  return { kind: 'not', type: booleanType, operand, ...place(node) }
}
