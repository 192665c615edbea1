// `object.name` and `object.name(…)`.

import { closest } from '../closest.ts'
import { type FunctionRow, functions } from '../functions.ts'
import * as names from '../messages/names.ts'
import { maxSteps, tooManySteps } from '../messages/syntax.ts'
import * as say from '../messages/types.ts'
import { replaceByNear } from '../problems.ts'
import type { FieldSchema } from '../schema.ts'
import { eventFields, fieldNames, findField } from '../scope.ts'
import type { MemberNode, MethodNode, Node, Span } from '../syntax/ast.ts'
import { isCollection, isRecord, type TypedNode } from '../tree.ts'
import { describe, integerType, type Type, typeOfField } from '../types.ts'
import { checkArguments } from './calls.ts'
import { type Checker, faulty, place } from './context.ts'
import { fieldOf } from './fields.ts'
import { checkMembership, inValue } from './membership.ts'
import { knows } from './names.ts'
import { checkQuantifier } from './quantifiers.ts'

const nameSpan = (node: MemberNode | MethodNode): Span => ({
  start: node.nameStart,
  end: node.nameStart + node.name.length,
})

export function checkMember(checker: Checker, node: MemberNode): TypedNode {
  const source = sourceOf(checker, node.object)
  if (source) return slot(checker, source, node)
  const object = checker.check(node.object)
  const { type } = object
  const { name } = node
  if (type.kind === 'unknown' || name === '') return faulty(node)
  if (isRecord(object)) {
    const { entity } = object.type
    const field = findField(checker.scope.schema, entity, name)
    if (field && stepsOf(object) > maxSteps) checker.report(tooManySteps(), nameSpan(node))
    if (field) return fieldOf(object, entity, name, field, node)
    reportField(checker, name, entity, fieldNames(checker.scope.schema, entity), nameSpan(node))
    return faulty(node)
  }
  if (name === 'length') {
    if (isCollection(object)) return { kind: 'count', type: integerType, collection: object, ...place(node) }
    const method = type.kind === 'string' ? 'string.length' : type.kind === 'list' ? 'list.length' : undefined
    if (method) return { kind: 'call', type: integerType, name: method, arguments: [object], ...place(node) }
  }
  const at = nameSpan(node)
  if (methodsOf(type).includes(name)) checker.report(names.methodWithoutCall(name), at)
  else if (type.kind === 'collection' && findField(checker.scope.schema, type.entity, name)) {
    checker.report(say.collectionMember(name, type), at)
  } else checker.report(say.noMembers(name, type), at)
  return faulty(node)
}

/** How many relations lead to a record. */
const stepsOf = (node: TypedNode): number => (node.kind === 'field' ? 1 + stepsOf(node.object) : 0)

/** `input` or `event`, when the node is that name. */
function sourceOf(checker: Checker, node: Node): 'input' | 'event' | undefined {
  if (node.kind !== 'name' || (node.name !== 'input' && node.name !== 'event')) return undefined
  const taken = checker.parameters.some((parameter) => parameter.name === node.name)
  return !taken && knows(checker, node.name) ? node.name : undefined
}

function slot(checker: Checker, source: 'input' | 'event', node: MemberNode): TypedNode {
  const fields: ReadonlyMap<string, FieldSchema> = source === 'event' ? eventFields : (checker.scope.input ?? new Map())
  const field = fields.get(node.name)
  if (node.name === '') return faulty(node)
  if (!field) {
    if (source === 'input' && checker.scope.openInput) return faulty(node)
    reportField(checker, node.name, `\`${source}\``, [...fields.keys()], nameSpan(node))
    return faulty(node)
  }
  return { kind: 'slot', type: slotType(field), source, field: node.name, ...place(node) }
}

/** Several related rows come in as a list of their ids. */
function slotType(field: FieldSchema): Type {
  if (field.type === 'relation' && field.many) return { kind: 'list', element: { kind: 'id', entity: field.to } }
  return typeOfField(field)
}

function reportField(checker: Checker, name: string, owner: string, known: readonly string[], at: Span): void {
  const suggestion = closest(name, known)
  checker.report(names.unknownField(name, owner, suggestion), at, ...replaceByNear(suggestion, at))
}

const stringMethods = ['startsWith', 'endsWith', 'includes', 'toLowerCase', 'toUpperCase', 'trim'] as const
type StringMethod = (typeof stringMethods)[number]

/** The methods of values of a type. */
export function methodsOf(type: Type): readonly string[] {
  if (type.kind === 'string') return stringMethods
  if (type.kind === 'list') return ['includes']
  return type.kind === 'collection' ? ['some', 'every', 'includes'] : []
}

export function checkMethod(checker: Checker, node: MethodNode): TypedNode {
  const { name } = node
  // `[…].includes(x)` is `x in […]`.
  if (node.object.kind === 'list' && name === 'includes') {
    const value = oneArgument(checker, node)
    return value ? checkMembership(checker, value, node.object, node) : faulty(node)
  }
  const source = sourceOf(checker, node.object)
  const object = source ? slotObject(checker, node) : checker.check(node.object)
  const { type } = object
  if (type.kind === 'unknown') return faulty(node)
  if (name === 'some' || name === 'every') {
    if (isCollection(object)) return checkQuantifier(checker, node, object, name)
    if (type.kind === 'list') {
      checker.report(say.quantifierOnList(name), nameSpan(node))
      return faulty(node)
    }
  }
  if (name === 'includes' && (type.kind === 'list' || type.kind === 'collection')) {
    const value = oneArgument(checker, node)
    return value ? inValue(checker, value, object, node) : faulty(node)
  }
  if (type.kind === 'string' && (stringMethods as readonly string[]).includes(name)) {
    const method = `string.${name as StringMethod}` as const
    const row: FunctionRow = functions[method]
    const values = checkArguments(checker, name, row.parameters.slice(1), node)
    if (!values) return faulty(node)
    return { kind: 'call', type: row.result([type]), name: method, arguments: [object, ...values], ...place(node) }
  }
  const at = nameSpan(node)
  const known = methodsOf(type)
  if (name === 'length' && known.length) checker.report(names.propertyCalled(name), at)
  else checker.report(names.unknownMethod(name, describe(type), closest(name, known)), at)
  return faulty(node)
}

/** `input.f(…)` and `event.f(…)`: there are no methods of the source itself. */
function slotObject(checker: Checker, node: MethodNode): TypedNode {
  checker.report(
    names.unknownMethod(node.name, `\`${checker.source.slice(node.object.start, node.object.end)}\``),
    nameSpan(node),
  )
  return faulty(node)
}

function oneArgument(checker: Checker, node: MethodNode): TypedNode | undefined {
  return checkArguments(checker, node.name, ['any'], node)?.[0]
}
