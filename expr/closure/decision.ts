// The checked tree as a decision: whether it is definitely true. Negations are pushed down to the atoms, so that no
// third value is needed on the way.

import { chainOf, isRecord, type TypedCompare, type TypedNode } from '../tree.ts'
import { compareClosure, opposite } from './compare.ts'
import type { Context, Decision } from './context.ts'
import { decideIn, fusedEquality, fusedOrder, storedField } from './fused.ts'
import { type Cells, rowClosure } from './rows.ts'
import { compileValue, rowsOf } from './value.ts'

/** The decision of a whole expression. */
export function compileDecision(tree: TypedNode): Decision {
  return decide(tree, true, [])
}

/** Whether a node definitely has the wanted value. */
function decide(node: TypedNode, wanted: boolean, cells: Cells): Decision {
  switch (node.kind) {
    case 'literal':
      return node.value === wanted ? () => true : () => false
    case 'authenticated':
      return (context) => (typeof context.user?.id === 'string') === wanted
    case 'not':
      return decide(node.operand, !wanted, cells)
    case 'logic':
      return decideLogic(node, wanted, cells)
    case 'compare':
      return decideCompare(node, wanted, cells)
    case 'is-user':
      return decideIsUser(node.operand, wanted, cells)
    case 'in': {
      const fused = decideIn(node, wanted, cells)
      if (fused) return fused
      break
    }
    case 'quantifier': {
      const cell = { row: undefined }
      const rows = rowsOf(node.collection, cells)
      const some = (node.name === 'some') === wanted
      const body = decide(node.body, wanted, [...cells, cell])
      return decideRows(rows, cell, body, some)
    }
    case 'field':
      if (node.object.kind === 'row' && node.object.root === 'entity') {
        const { field } = node
        return (context) => context.entity?.[field] === wanted
      }
      break
    default:
  }
  const value = compileValue(node, cells)
  return (context) => value(context) === wanted
}

function decideLogic(node: TypedNode & { kind: 'logic' }, wanted: boolean, cells: Cells): Decision {
  const parts = chainOf(node).map((part) => decide(part, wanted, cells))
  const any = (node.operator === '||') === wanted
  const [a, b, c] = parts as [Decision, Decision, Decision?]
  if (parts.length === 2) return any ? (x) => a(x) || b(x) : (x) => a(x) && b(x)
  if (parts.length === 3 && c) return any ? (x) => a(x) || b(x) || c(x) : (x) => a(x) && b(x) && c(x)
  return (context) => {
    for (const part of parts) if (part(context) === any) return any
    return !any
  }
}

function decideCompare(node: TypedCompare, wanted: boolean, cells: Cells): Decision {
  const operator = wanted ? node.operator : opposite[node.operator]
  const swap = node.left.kind === 'literal'
  const left = swap ? node.right : node.left
  const right = swap ? node.left : node.right
  const equality = operator === '==' || operator === '!='
  if (equality && left.type.kind === 'boolean' && right.kind === 'literal') {
    return decide(left, (right.value === true) === (operator === '=='), cells)
  }
  const textual = left.type.kind === 'string' || left.type.kind === 'enum' || left.type.kind === 'id' || isRecord(left)
  if (equality && textual && left.kind === 'field' && left.object.kind === 'row') {
    const read = rowClosure(left.object, cells, (part) => compileValue(part, cells))
    const { field } = left
    if (right.kind === 'literal') {
      const { value } = right
      if (operator === '==') return (context) => read(context)?.[field] === value
      return (context) => {
        const found = read(context)?.[field]
        return typeof found === 'string' && found !== value
      }
    }
  }
  const fused =
    equality && textual ? fusedEquality(left, right, operator === '==', cells) : fusedOrder(node, operator, cells)
  if (fused) return fused
  const value = compareClosure(operator, compileValue(node.left, cells), compileValue(node.right, cells))
  return (context) => value(context) === true
}

function decideIsUser(operand: TypedNode, wanted: boolean, cells: Cells): Decision {
  const stored = storedField(operand, cells)
  if (stored) {
    return (context: Context) => {
      const user = context.user?.id
      if (typeof user !== 'string') return false
      const found = stored(context)
      return typeof found === 'string' && (found === user) === wanted
    }
  }
  const id = compileValue(operand, cells)
  return (context: Context) => {
    const user = context.user?.id
    if (typeof user !== 'string') return false
    const found = id(context)
    return found !== null && (found === user) === wanted
  }
}

/** `some`: on one of the rows; else on all of them. Never when the rows are not known. */
function decideRows(rows: ReturnType<typeof rowsOf>, cell: Cells[number], body: Decision, some: boolean): Decision {
  return (context) => {
    const found = rows(context)
    if (!found) return false
    const outer = cell.row
    let result = !some
    for (const row of found) {
      cell.row = row
      if (body(context) === some) {
        result = some
        break
      }
    }
    cell.row = outer
    return result
  }
}
