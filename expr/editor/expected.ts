// What kind of value the place of a node wants: for offering what fits first, and options of an enum.

import { functions } from '../functions.ts'
import type { Scope } from '../scope.ts'
import type { Node } from '../syntax/ast.ts'
import {
  booleanType,
  durationType,
  isInstant,
  isNumber,
  numberType,
  stringType,
  type Type,
  typeOfField,
} from '../types.ts'
import type { Inspected } from './inspect.ts'
import type { Meaning } from './uses.ts'

export type Expected = {
  readonly type?: Type
  /** Whose value it is compared with: options belong to this. */
  readonly of?: Meaning & { readonly is: 'field' | 'slot' }
  /** A list or collection is wanted, of such elements. */
  readonly among?: boolean
  readonly operator?: string
}

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])

export function expectedAt(node: Node, inspected: Inspected, scope: Scope): Expected {
  const parent = inspected.parents.get(node)
  if (!parent)
    return scope.expects === undefined || scope.expects === 'boolean' ? { type: booleanType } : fromField(scope)
  switch (parent.kind) {
    case 'binary': {
      const { operator } = parent
      if (operator === '&&' || operator === '||') return { type: booleanType }
      if (parent.right !== node) return {}
      const left = like(parent.left, inspected)
      if (operator === 'in') return { ...left, among: true, operator }
      if (comparisons.has(operator)) return { ...left, operator }
      return left.type && isInstant(left.type) ? { type: durationType } : left
    }
    case 'unary':
      return { type: parent.operator === '!' ? booleanType : numberType }
    case 'list': {
      const outer = inspected.parents.get(parent)
      return outer?.kind === 'binary' && outer.operator === 'in' && outer.right === parent
        ? { ...like(outer.left, inspected), operator: '==' }
        : {}
    }
    case 'lambda':
      return { type: booleanType }
    case 'method': {
      const type = inspected.parts.get(parent.object)?.typed.type
      if (type?.kind === 'collection') return { type: { kind: 'record', entity: type.entity }, operator: '==' }
      if (type?.kind === 'list') return { ...like(parent.object, inspected), type: type.element, operator: '==' }
      return type?.kind === 'string' ? { type: stringType } : {}
    }
    case 'call': {
      const row = Object.hasOwn(functions, parent.name) ? functions[parent.name as 'abs'] : undefined
      const kind = row?.parameters[parent.arguments.indexOf(node) as 0] as string | undefined
      return kind === 'number' ? { type: numberType } : kind === 'string' ? { type: stringType } : {}
    }
    default:
      return {}
  }
}

function fromField(scope: Scope): Expected {
  return typeof scope.expects === 'object' ? { type: typeOfField(scope.expects), operator: '==' } : {}
}

function like(node: Node, { parts }: Inspected): Expected {
  const typed = parts.get(node)?.typed
  if (!typed || typed.type.kind === 'unknown') return {}
  const of: Expected['of'] =
    typed.kind === 'field'
      ? { is: 'field', entity: typed.entity, field: typed.field }
      : typed.kind === 'slot'
        ? { is: 'slot', source: typed.source, field: typed.field }
        : undefined
  return { type: typed.type, ...(of && { of }) }
}

/** Whether a value of a type can stand where another is wanted. */
export function suits(found: Type, { type: wanted, among }: Expected): boolean {
  if (!wanted) return true
  if (among) {
    if (found.kind === 'collection') return 'entity' in wanted && wanted.entity === found.entity
    return found.kind === 'list' && suits(found.element, { type: wanted })
  }
  if (isNumber(wanted)) return isNumber(found)
  if (isInstant(wanted)) return isInstant(found)
  // What a date can be moved by, or the date that it is apart from.
  if (wanted.kind === 'duration') return found.kind === 'duration' || isInstant(found)
  if (wanted.kind === 'record' || wanted.kind === 'id')
    return 'entity' in found && found.entity === wanted.entity && found.kind !== 'collection'
  if (wanted.kind === 'enum')
    return found.kind === 'enum' && found.options.some((option) => wanted.options.includes(option))
  return found.kind === wanted.kind
}
