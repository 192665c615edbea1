// The paths that an expression reads. A collection counts as read, and so do the fields of its rows.

import type { TypedNode } from './tree.ts'

/** The paths in the order of their first use, without the heads of longer ones. */
export function readsOf(tree: TypedNode): readonly string[] {
  const paths = new Set<string>()
  visit(tree, [], paths)
  return [...paths]
}

/** Where a record comes from: `entity`, `user.team`; undefined when that is no path. */
function pathOf(node: TypedNode, rows: readonly string[]): string | undefined {
  if (node.kind === 'row') return node.root
  if (node.kind === 'parameter') return rows[node.index]
  if (node.kind !== 'field') return undefined
  const object = pathOf(node.object, rows)
  return object === undefined ? undefined : `${object}.${node.field}`
}

function visit(node: TypedNode, rows: readonly string[], paths: Set<string>): void {
  const each = (...nodes: readonly TypedNode[]) => {
    for (const child of nodes) visit(child, rows, paths)
  }
  switch (node.kind) {
    case 'row':
    case 'parameter':
      return void paths.add(`${pathOf(node, rows)}.id`)
    case 'field': {
      const path = pathOf(node, rows)
      if (path !== undefined) return void paths.add(path)
      return each(node.object)
    }
    case 'slot':
      return void paths.add(`${node.source}.${node.field}`)
    case 'authenticated':
      return void paths.add('user.id')
    case 'is-user':
      paths.add('user.id')
      return each(node.operand)
    case 'is-null':
    case 'not':
    case 'negate':
    case 'midnight':
      return each(node.operand)
    case 'logic':
    case 'compare':
    case 'arithmetic':
    case 'join':
    case 'difference':
      return each(node.left, node.right)
    case 'shift':
      return each(node.date, node.duration)
    case 'in':
      return each(node.value, node.list)
    case 'list':
      return each(...node.items)
    case 'call':
      return each(...node.arguments)
    case 'count':
      return each(node.collection)
    case 'quantifier':
      each(node.collection)
      return visit(node.body, [...rows, pathOf(node.collection, rows) ?? node.parameter], paths)
    case 'literal':
    case 'clock':
      return
  }
}
