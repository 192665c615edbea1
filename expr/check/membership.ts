// `in` and `includes`: membership in a list literal, a list field, or a collection.

import {
  emptyList,
  mixedList,
  notAList,
  nullElement,
  nullOnlyEquality,
  twoConstants,
  wrongElement,
} from '../messages/types.ts'
import type { BinaryNode, ListNode, Node, Span } from '../syntax/ast.ts'
import type { TypedList, TypedNode } from '../tree.ts'
import { booleanType, isNumber, type Type } from '../types.ts'
import { type Checker, faulty, isConstant, isNullLiteral, place } from './context.ts'
import { checkBeside } from './names.ts'
import { unify } from './unify.ts'

export function checkIn(checker: Checker, node: BinaryNode): TypedNode {
  return checkMembership(checker, checker.check(node.left), node.right, node)
}

/** Whether `value` is among `right`, a list or collection still to be checked. */
export function checkMembership(checker: Checker, value: TypedNode, right: Node, at: Span): TypedNode {
  if (isNullLiteral(value)) {
    checker.report(nullOnlyEquality('in'), value)
    return faulty(at)
  }
  if (right.kind === 'list') return inLiteral(checker, value, right, at)
  return inValue(checker, value, checker.check(right), at)
}

/** Whether `value` is among the checked list or collection. */
export function inValue(checker: Checker, value: TypedNode, list: TypedNode, at: Span): TypedNode {
  const { type } = list
  if (type.kind === 'unknown' || value.type.kind === 'unknown') return faulty(at)
  const element: Type | undefined =
    type.kind === 'list'
      ? type.element
      : type.kind === 'collection'
        ? { kind: 'record', entity: type.entity }
        : undefined
  if (!element) {
    checker.report(notAList(type), list)
    return faulty(at)
  }
  const pair = unify(value, { ...list, type: element } as TypedNode, at, (fault, where, ...fixes) => {
    checker.report(fault.code === 'T4202' ? wrongElement(value.type, element) : fault, where, ...fixes)
  })
  if (!pair) return faulty(at)
  return { kind: 'in', type: booleanType, value: pair.left, list, ...place(at) }
}

function inLiteral(checker: Checker, value: TypedNode, list: ListNode, at: Span): TypedNode {
  const items = list.items.map((item) => checkBeside(checker, item, value))
  const [first] = items
  if (!first) {
    checker.report(emptyList(), list)
    return faulty(at)
  }
  const nullItem = items.find(isNullLiteral)
  const other = items.find((item) => !sameFamily(first.type, item.type))
  if (nullItem) checker.report(nullElement(), nullItem)
  else if (other) checker.report(mixedList(first.type, other.type), other)
  if (nullItem || other || [value, ...items].some(({ type }) => type.kind === 'unknown')) return faulty(at)
  if (isConstant(value) && items.every(isConstant)) {
    checker.report(twoConstants('in'), at)
    return faulty(at)
  }
  const unified: TypedNode[] = []
  let probe = value
  for (const item of items) {
    const pair = unify(probe, item, item, (fault, where, ...fixes) => {
      checker.report(fault.code === 'T4202' ? wrongElement(item.type, value.type) : fault, where, ...fixes)
    })
    if (!pair) return faulty(at)
    probe = pair.left
    unified.push(pair.right)
  }
  const elements: TypedList = {
    kind: 'list',
    type: { kind: 'list', element: unified[0]!.type },
    items: unified,
    ...place(list),
  }
  return { kind: 'in', type: booleanType, value: probe, list: elements, ...place(at) }
}

function sameFamily(a: Type, b: Type): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown' || a.kind === b.kind) return true
  if (isNumber(a)) return isNumber(b)
  const textual = (type: Type) => ['string', 'id', 'record', 'enum', 'date', 'datetime'].includes(type.kind)
  return textual(a) && textual(b)
}
