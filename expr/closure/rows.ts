// Rows: those in scope, those behind relations, those of collections.

import type { TypedCollection, TypedRecord } from '../tree.ts'
import type { Closure, Context, Row } from './context.ts'

/** The row that a lambda is tried on right now. */
export type Cell = { row: Row | undefined }
/** The cells of the lambdas around a node, by index. */
export type Cells = readonly Cell[]

export type RowClosure = (context: Context) => Row | null | undefined
export type CollectionClosure = (context: Context) => readonly Row[] | null

/** The row that a record stands for; `value` compiles a record that is no row in scope to its id. */
export function rowClosure(node: TypedRecord, cells: Cells, value: (node: TypedRecord) => Closure): RowClosure {
  if (node.kind === 'row') {
    switch (node.root) {
      case 'user':
        return (context) => context.user
      case 'entity':
        return (context) => context.entity
      case 'next':
        return (context) => context.next
      case 'previous':
        return (context) => context.previous
    }
  }
  if (node.kind === 'parameter') {
    const cell = cells[node.index]!
    return () => cell.row
  }
  const id = value(node)
  const { entity } = node.type
  return (context) => {
    const found = id(context)
    return typeof found === 'string' ? context.rows?.get(entity, found) : undefined
  }
}

/** The id of a record. */
export function idClosure(row: RowClosure): Closure {
  return (context) => {
    const id = row(context)?.id
    return typeof id === 'string' ? id : null
  }
}

/** The rows of a collection; null when the row that has it is missing. */
export function collectionClosure(node: TypedCollection, row: RowClosure): CollectionClosure {
  const { entity, field } = node
  return (context) => {
    const id = row(context)?.id
    return typeof id === 'string' && context.rows ? context.rows.collection(entity, field, id) : null
  }
}
