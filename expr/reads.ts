// The paths that an expression reads. A collection counts as read, and so do the fields of its rows.

import type { TypedNode } from './tree.ts'
import { childrenOf } from './walk.ts'

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
  switch (node.kind) {
    case 'row':
    case 'parameter':
      return void paths.add(`${pathOf(node, rows)}.id`)
    case 'field': {
      const path = pathOf(node, rows)
      if (path !== undefined) return void paths.add(path)
      break
    }
    case 'slot':
      return void paths.add(`${node.source}.${node.field}`)
    case 'authenticated':
    case 'is-user':
      paths.add('user.id')
      break
    case 'quantifier':
      visit(node.collection, rows, paths)
      return visit(node.body, [...rows, pathOf(node.collection, rows) ?? node.parameter], paths)
  }
  for (const part of childrenOf(node)) visit(part, rows, paths)
}
