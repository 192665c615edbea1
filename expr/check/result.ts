// What the whole expression must be: a condition, anything, or a value for a field.

import { conditionNeedsBoolean, listHere, noPlainValue, nullResult, wrongResult } from '../messages/types.ts'
import type { FieldSchema } from '../schema.ts'
import type { TypedNode } from '../tree.ts'
import { isInstant, isNumber, type Type, typeOfField } from '../types.ts'
import { asBoolean } from './booleans.ts'
import { widen } from './coalesce.ts'
import { type Checker, faulty, isNullLiteral, isTextLiteral } from './context.ts'
import { dateLiteral } from './dates.ts'
import { optionLiteral } from './unify.ts'

export function checkResult(checker: Checker, node: TypedNode): TypedNode {
  const { expects = 'boolean' } = checker.scope
  if (node.type.kind === 'unknown') return node
  if (node.kind === 'list') {
    checker.report(expects === 'boolean' ? conditionNeedsBoolean(node.type) : listHere(), node)
    return faulty(node)
  }
  if (expects === 'boolean') return asBoolean(checker, node, conditionNeedsBoolean)
  if (expects === 'any') return node
  if (expects !== 'value') return checkAssignable(checker, node, expects)
  if (node.type.kind === 'collection') checker.report(noPlainValue(node.type), node)
  return node
}

function checkAssignable(checker: Checker, node: TypedNode, field: FieldSchema): TypedNode {
  const { report } = checker
  if (isNullLiteral(node)) {
    if (field.required) report(nullResult(), node)
    return node
  }
  const wanted = typeOfField(field)
  if (wanted.kind === 'unknown') return faulty(node)
  if (wanted.kind === 'boolean') return asBoolean(checker, node, (found) => wrongResult(wanted, found))
  if (wanted.kind === 'enum' && isTextLiteral(node)) return optionLiteral(node, wanted, report)
  const value = isInstant(wanted) && isTextLiteral(node) ? dateLiteral(node, report) : node
  if (value.type.kind === 'unknown') return value
  if (!fits(value.type, wanted)) report(wrongResult(wanted, value.type), node)
  return widen(value, wanted)
}

function fits(found: Type, wanted: Type): boolean {
  switch (wanted.kind) {
    case 'json':
      return found.kind !== 'collection'
    case 'number':
      return isNumber(found)
    case 'datetime':
      return isInstant(found)
    case 'string':
      return found.kind === 'string' || found.kind === 'enum' || found.kind === 'id'
    case 'enum':
      return found.kind === 'enum' && found.options.every((option) => wanted.options.includes(option))
    case 'record':
      return found.kind === 'string' || (entityOf(found) === wanted.entity && found.kind !== 'collection')
    case 'list':
      return found.kind === 'list' && fits(found.element, wanted.element)
    case 'collection':
      return found.kind === 'list' && entityOf(found.element) === wanted.entity
    default:
      return found.kind === wanted.kind
  }
}

const entityOf = (type: Type): string | undefined => ('entity' in type ? type.entity : undefined)
