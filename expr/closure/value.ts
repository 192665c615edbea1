// The checked tree as a closure of its value, three-valued where it is a condition.

import { formatDate, formatInstant, millisecondsPerDay, parseDate, parseInstant } from '../dates.ts'
import { functions } from '../functions.ts'
import { isCollection, type TypedCollection, type TypedField, type TypedNode, type TypedRecord } from '../tree.ts'
import type { Type } from '../types.ts'
import { differenceClosure, numberClosure, shiftClosure } from './arithmetic.ts'
import { compareClosure, inConstants, inItems, inList } from './compare.ts'
import type { Closure, Context, Value } from './context.ts'
import { readerOf } from './read.ts'
import {
  type Cells,
  type CollectionClosure,
  collectionClosure,
  idClosure,
  type RowClosure,
  rowClosure,
} from './rows.ts'

/** The closure of what a caller sees: dates as ISO text, lists of plain values. */
export function compileResult(tree: TypedNode, cells: Cells = []): (context: Context) => unknown {
  const closure = compileValue(tree, cells)
  const present = presenter(tree.type)
  return (context) => present(closure(context))
}

function presenter(type: Type): (value: Value) => unknown {
  if (type.kind === 'date') return (value) => (value === null ? null : formatDate(value as number))
  if (type.kind === 'datetime') return (value) => (value === null ? null : formatInstant(value as number))
  if (type.kind === 'list') {
    const read = readerOf(type.element)
    const present = presenter(type.element)
    return (value) => (value === null ? null : (value as readonly unknown[]).map((each) => present(read(each))))
  }
  // Minus zero is zero.
  return (value) => (value === 0 ? 0 : value)
}

/** The closure of a node; `cells` hold the rows of the lambdas around it. */
export function compileValue(node: TypedNode, cells: Cells): Closure {
  const compile = (part: TypedNode): Closure => compileValue(part, cells)
  switch (node.kind) {
    case 'literal':
      return literalClosure(node.value, node.type)
    case 'row':
    case 'parameter':
      return idClosure(rowClosure(node, cells, compile))
    case 'field':
      // The id of a related row is the relation's own value; that row need not be looked up.
      if (node.field === 'id' && node.object.kind !== 'row' && node.object.kind !== 'parameter')
        return compile(node.object)
      return fieldClosure(node, rowOf(node.object, cells))
    case 'slot': {
      const { source, field } = node
      const read = readerOf(node.type)
      return (context) => read(context[source]?.[field])
    }
    case 'clock':
      return clockClosure(node.name)
    case 'authenticated':
      return (context) => typeof context.user?.id === 'string'
    case 'is-user':
      return compareClosure('==', compile(node.operand), (context) => {
        const id = context.user?.id
        return typeof id === 'string' ? id : null
      })
    case 'is-null': {
      const operand = compile(node.operand)
      const { negated } = node
      return (context) => (operand(context) === null) !== negated
    }
    case 'not': {
      const operand = compile(node.operand)
      return (context) => {
        const value = operand(context)
        return value === null ? null : !value
      }
    }
    case 'logic':
      return logicClosure(compile(node.left), compile(node.right), node.operator === '||')
    case 'compare':
      return compareClosure(node.operator, compile(node.left), compile(node.right))
    case 'in':
      return inClosure(compile(node.value), node.list, cells)
    case 'arithmetic':
    case 'negate':
      return numberClosure(node, compile)
    case 'join': {
      const left = compile(node.left)
      const right = compile(node.right)
      return (context) => {
        const a = left(context)
        if (a === null) return null
        const b = right(context)
        return b === null ? null : (a as string) + (b as string)
      }
    }
    case 'shift':
      return shiftClosure(node, compile)
    case 'difference':
      return differenceClosure(compile(node.left), compile(node.right))
    case 'midnight':
      return compile(node.operand)
    case 'call':
      return functions[node.name].closure(node.arguments.map(compile))
    case 'count': {
      const rows = rowsOf(node.collection, cells)
      return (context) => rows(context)?.length ?? null
    }
    case 'quantifier': {
      const cell = { row: undefined }
      const body = compileValue(node.body, [...cells, cell])
      return quantifierClosure(rowsOf(node.collection, cells), cell, body, node.name === 'some')
    }
    case 'list':
      return (context) => node.items.map((item) => compile(item)(context))
  }
}

/** The row that a record stands for. */
export const rowOf = (node: TypedRecord, cells: Cells): RowClosure =>
  rowClosure(node, cells, (part) => compileValue(part, cells))

/** The rows of a collection. */
export const rowsOf = (node: TypedCollection, cells: Cells): CollectionClosure =>
  collectionClosure(node, rowOf(node.object, cells))

function literalClosure(value: string | number | boolean | null, type: Type): Closure {
  const constant =
    type.kind === 'date' ? parseDate(String(value)) : type.kind === 'datetime' ? parseInstant(String(value)) : value
  return () => constant
}

function clockClosure(name: 'now' | 'today'): Closure {
  if (name === 'now') return (context) => parseInstant(context.now)
  return (context) => {
    const now = parseInstant(context.now)
    return now === null ? null : Math.floor(now / millisecondsPerDay) * millisecondsPerDay
  }
}

function fieldClosure(node: TypedField, row: RowClosure): Closure {
  const { field } = node
  const read = readerOf(node.type)
  return (context) => {
    const found = row(context)
    return found ? read(found[field]) : null
  }
}

function logicClosure(left: Closure, right: Closure, decisive: boolean): Closure {
  return (context) => {
    const a = left(context)
    if (a === decisive) return decisive
    const b = right(context)
    if (b === decisive) return decisive
    return a === null || b === null ? null : !decisive
  }
}

function inClosure(value: Closure, list: TypedNode, cells: Cells): Closure {
  if (list.kind === 'list') {
    const items = list.items.map((item) => compileValue(item, cells))
    const constant = list.items.every((item) => item.kind === 'literal' && item.value !== null)
    return constant
      ? inConstants(
          value,
          items.map((item) => item(nowhere)),
        )
      : inItems(value, items)
  }
  if (isCollection(list)) {
    const rows = rowsOf(list, cells)
    const ids: Closure = (context) => rows(context)?.map((row) => row.id as string) ?? null
    return inList(value, ids, readerOf({ kind: 'string' }))
  }
  const element: Type = list.type.kind === 'list' ? list.type.element : { kind: 'unknown' }
  return inList(value, compileValue(list, cells), readerOf(element))
}

/** Constants need no context. */
const nowhere: Context = { user: null, now: '' }

function quantifierClosure(rows: CollectionClosure, cell: Cells[number], body: Closure, decisive: boolean): Closure {
  return (context) => {
    const found = rows(context)
    if (!found) return null
    const outer = cell.row
    let result: boolean | null = !decisive
    for (const row of found) {
      cell.row = row
      const value = body(context)
      if (value === decisive) {
        result = decisive
        break
      }
      if (value === null) result = null
    }
    cell.row = outer
    return result
  }
}
