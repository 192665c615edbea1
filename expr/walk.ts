// The parts of a checked node, for whoever walks over a tree or makes a changed one.

import type { TypedCollection, TypedNode, TypedRecord } from './tree.ts'

/** The parts of a node, in source order. */
export function childrenOf(node: TypedNode): readonly TypedNode[] {
  switch (node.kind) {
    case 'literal':
    case 'row':
    case 'parameter':
    case 'slot':
    case 'clock':
    case 'authenticated':
      return []
    case 'field':
      return [node.object]
    case 'is-user':
    case 'is-null':
    case 'not':
    case 'negate':
    case 'midnight':
      return [node.operand]
    case 'logic':
    case 'compare':
    case 'arithmetic':
    case 'join':
    case 'difference':
      return [node.left, node.right]
    case 'shift':
      return [node.date, node.duration]
    case 'in':
      return [node.value, node.list]
    case 'list':
      return node.items
    case 'call':
      return node.arguments
    case 'count':
      return [node.collection]
    case 'quantifier':
      return [node.collection, node.body]
  }
}

/** The node with each of its parts changed; a part must stay of its type. */
export function mapChildren(node: TypedNode, change: (part: TypedNode) => TypedNode): TypedNode {
  switch (node.kind) {
    case 'field':
      return { ...node, object: change(node.object) as TypedRecord }
    case 'is-user':
    case 'is-null':
    case 'not':
    case 'negate':
    case 'midnight':
      return { ...node, operand: change(node.operand) }
    case 'logic':
    case 'compare':
    case 'arithmetic':
    case 'join':
    case 'difference':
      return { ...node, left: change(node.left), right: change(node.right) }
    case 'shift':
      return { ...node, date: change(node.date), duration: change(node.duration) }
    case 'in':
      return { ...node, value: change(node.value), list: change(node.list) }
    case 'list':
      return { ...node, items: node.items.map(change) }
    case 'call':
      return { ...node, arguments: node.arguments.map(change) }
    case 'count':
      return { ...node, collection: change(node.collection) as TypedCollection }
    case 'quantifier':
      return { ...node, collection: change(node.collection) as TypedCollection, body: change(node.body) }
    default:
      return node
  }
}
