// Resolves names: lambda parameters, the names of the place, then the fields of the entity.

import { closest } from '../closest.ts'
import * as say from '../messages/names.ts'
import { wholeSource } from '../messages/types.ts'
import { replaceBy, replaceByNear } from '../problems.ts'
import { type Builtin, builtins, fieldNames, findField, namesOf, ownerOf, ownerUntold } from '../scope.ts'
import type { NameNode, Node, Span } from '../syntax/ast.ts'
import type { TypedNode, TypedRow } from '../tree.ts'
import { booleanType, datetimeType, stringType, typeOfField } from '../types.ts'
import { type Checker, faulty, place, textOf } from './context.ts'
import { fieldOf } from './fields.ts'

export const knows = (checker: Checker, name: string): name is Builtin =>
  (namesOf[checker.scope.place] as ReadonlySet<string>).has(name)

export function checkName(checker: Checker, node: NameNode): TypedNode {
  const { name } = node
  const { entity, schema, place: where } = checker.scope
  for (const [index, parameter] of checker.parameters.entries()) {
    if (parameter.name === name) {
      return { kind: 'parameter', type: { kind: 'record', entity: parameter.entity }, name, index, ...place(node) }
    }
  }
  if (knows(checker, name)) return builtin(checker, name, node)
  const field = entity === undefined ? undefined : findField(schema, entity, name)
  if (field && entity !== undefined) return fieldOf(row('entity', entity, node), entity, name, field, node)
  if (checker.scope.openRow && entity === undefined) return faulty(node)
  if ((builtins as readonly string[]).includes(name)) checker.report(say.notHere(name as Builtin, where), node)
  else reportUnknown(checker, node)
  return faulty(node)
}

/** A word beside an enum: without quotes it is no name, but an option of that enum. */
export function checkBeside(checker: Checker, node: Node, other: TypedNode): TypedNode {
  const { type } = other
  if (node.kind !== 'name' || type.kind !== 'enum' || !type.options.includes(node.name)) return checker.check(node)
  if (namesInScope(checker).includes(node.name)) return checker.check(node)
  const path = textOf(checker, other)
  checker.report(say.unquotedOption(node.name, path), node, replaceBy(`'${node.name}'`, node))
  return { kind: 'literal', type: stringType, value: node.name, ...place(node) }
}

const row = (root: TypedRow['root'], entity: string, at: Span): TypedRow => ({
  kind: 'row',
  type: { kind: 'record', entity },
  root,
  ...place(at),
})

function builtin(checker: Checker, name: Builtin, node: NameNode): TypedNode {
  const { entity, schema } = checker.scope
  const needsEntity = name === 'entity' || name === 'owner' || name === 'next' || name === 'previous'
  if (needsEntity && entity === undefined) {
    if (checker.scope.openRow) return faulty(node)
    checker.report(say.noEntityHere(name), node)
    return faulty(node)
  }
  switch (name) {
    case 'user':
      return row('user', checker.auth, node)
    case 'entity':
    case 'next':
    case 'previous':
      return row(name, entity!, node)
    case 'authenticated':
      return { kind: 'authenticated', type: booleanType, ...place(node) }
    case 'now':
      return { kind: 'clock', type: datetimeType, name, ...place(node) }
    case 'owner': {
      const owner = ownerOf(schema, entity!)
      const field = owner === undefined ? undefined : findField(schema, entity!, owner)
      if (field) return fieldOf(row('entity', entity!, node), entity!, owner!, field, node)
      if (!ownerUntold(schema, entity!)) checker.report(say.noOwner(entity!, checker.auth), node)
      return faulty(node)
    }
    case 'input':
    case 'event':
      checker.report(wholeSource(name), node)
      return faulty(node)
  }
}

function reportUnknown(checker: Checker, node: NameNode): void {
  const { name } = node
  if (name === 'undefined') return checker.report(say.undefinedName(), node, replaceBy('null', node))
  if (name === 'today') return checker.report(say.callWithout(name), node, replaceBy('today()', node))
  const path = enumPathOf(checker, name)
  if (path) return checker.report(say.unquotedOption(name, path), node, replaceBy(`${path} == '${name}'`, node))
  const suggestion = closest(name, [...namesInScope(checker), 'true', 'false', 'null'])
  checker.report(say.unknownName(name, suggestion), node, ...replaceByNear(suggestion, node))
}

/** Every name that could stand alone here. */
export function namesInScope(checker: Checker): readonly string[] {
  const { entity, schema, place: where } = checker.scope
  const fields = entity === undefined ? [] : fieldNames(schema, entity)
  return [...checker.parameters.map((each) => each.name), ...namesOf[where], ...fields]
}

/** The enum field whose option a bare word is: `user.role` for `admin`. */
function enumPathOf(checker: Checker, word: string): string | undefined {
  const { entity, schema } = checker.scope
  const sources = [
    ...(knows(checker, 'user') ? [['user', checker.auth] as const] : []),
    ...(entity === undefined ? [] : [['entity', entity] as const]),
  ]
  for (const [root, owner] of sources) {
    for (const name of fieldNames(schema, owner)) {
      const field = findField(schema, owner, name)
      const type = field && typeOfField(field)
      if (type?.kind === 'enum' && type.options.includes(word)) return `${root}.${name}`
    }
  }
  return undefined
}
