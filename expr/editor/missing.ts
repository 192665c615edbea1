// Whether a value may be missing: for hover and completion.

import { eventFields, findField, type Scope } from '../scope.ts'
import type { TypedNode } from '../tree.ts'

/** Whether a value may be missing, or a condition unknown. */
export function mayBeMissing(node: TypedNode, scope: Scope): boolean {
  const missing = (child: TypedNode): boolean => mayBeMissing(child, scope)
  switch (node.kind) {
    case 'literal':
      return node.value === null
    case 'row':
      return node.root === 'user' || node.root === 'previous'
    case 'slot': {
      const fields = node.source === 'event' ? eventFields : scope.input
      return fields?.get(node.field)?.required !== true
    }
    case 'field': {
      if (missing(node.object)) return true
      const field = findField(scope.schema, node.entity, node.field)
      return node.type.kind !== 'collection' && field?.required !== true
    }
    case 'list':
      return node.items.some(missing)
    case 'not':
    case 'negate':
    case 'midnight':
    case 'is-user':
      return missing(node.operand)
    case 'logic':
    case 'compare':
    case 'join':
    case 'difference':
      return missing(node.left) || missing(node.right)
    case 'arithmetic':
      return node.operator === '/' || node.operator === '%' || missing(node.left) || missing(node.right)
    case 'in':
      return missing(node.value) || missing(node.list)
    case 'shift':
      return missing(node.date) || missing(node.duration)
    case 'call':
      return node.name === 'coalesce' ? node.arguments.every(missing) : node.arguments.some(missing)
    case 'count':
      return missing(node.collection)
    case 'quantifier':
      return missing(node.collection) || missing(node.body)
    default:
      return false
  }
}
