// What a rule reads, for its small world: the fields of the rows in scope and of rows behind relations, with the
// constants that they are compared with, and the collections. Rows of one entity behind whatever path share a shape.

import { compileResult } from '../closure/value.ts'
import type { Schema } from '../schema.ts'
import { authOf, type Scope } from '../scope.ts'
import { isCollection, type Root, type TypedCollection, type TypedNode, type TypedRecord } from '../tree.ts'
import type { Type, TypeKind } from '../types.ts'
import { childrenOf } from '../walk.ts'
import { caseId, instant, rowId, userId } from './names.ts'
import { type Storage, storageOf } from './tables.ts'

export type Constant = { readonly kind: TypeKind; readonly value: string | number | boolean }

export type Leaf = {
  readonly type: Type
  /** What it stands beside: constants of its condition, whatever their types. */
  readonly constants: Constant[]
  /** Functions and methods in its conditions. */
  readonly calls: Set<string>
  /** Whether it stands beside another value that is read. */
  isBesideOther: boolean
  /** Whether it stands beside the row itself. */
  isBesideRow: boolean
}

export type CollectionRead = {
  readonly storage: Storage
  /** Counts that it is compared with. */
  readonly sizes: Set<number>
  /** Whether its rows are compared with one that is known from elsewhere. */
  isSearched: boolean
}

export type Shape = { readonly fields: Map<string, Leaf>; readonly collections: Map<string, CollectionRead> }

export type Reads = {
  readonly rows: Readonly<Record<Root | 'input' | 'event', Shape>>
  /** The rows in scope that are read at all, also where only their id is. */
  readonly touched: Set<Root | 'input' | 'event'>
  /** Entities whose rows stand behind relations. */
  readonly behind: Map<string, Shape>
  /** Whether the row itself is compared. */
  isRowCompared: boolean
}

type Group = {
  readonly leaves: Leaf[]
  readonly collections: CollectionRead[]
  readonly constants: Constant[]
  readonly calls: Set<string>
  hasRow: boolean
}

const shape = (): Shape => ({ fields: new Map(), collections: new Map() })
const group = (): Group => ({ leaves: [], collections: [], constants: [], calls: new Set(), hasRow: false })

export function readsFor(tree: TypedNode, { schema, entity }: Scope): Reads {
  const rows = { user: shape(), entity: shape(), next: shape(), previous: shape(), input: shape(), event: shape() }
  const reads: Reads = { rows, touched: new Set(), behind: new Map(), isRowCompared: false }
  visitCondition(tree, { reads, schema, entity, quantified: [] })
  return reads
}

type Visit = {
  readonly reads: Reads
  readonly schema: Schema
  readonly entity: string | undefined
  /** The collections of the lambdas around a node. */
  readonly quantified: readonly CollectionRead[]
}

/** Conditions are looked at one by one: what stands in one says nothing of the values in another. */
function visitCondition(node: TypedNode, visit: Visit): void {
  if (node.kind === 'not' || node.kind === 'logic') {
    for (const part of childrenOf(node)) visitCondition(part, visit)
    return
  }
  const own = group()
  visitValue(node, own, visit)
  for (const leaf of own.leaves) {
    leaf.constants.push(...own.constants)
    for (const name of own.calls) leaf.calls.add(name)
    leaf.isBesideOther ||= own.leaves.length > 1
    leaf.isBesideRow ||= own.hasRow
  }
  for (const { sizes } of own.collections) {
    for (const { value } of own.constants) if (typeof value === 'number') sizes.add(value)
  }
}

function visitValue(node: TypedNode, own: Group, visit: Visit): void {
  if (isConstant(node)) {
    const value = compileResult(node)({ user: null, now: instant })
    if (value !== null) own.constants.push({ kind: node.type.kind, value: value as Constant['value'] })
    return
  }
  switch (node.kind) {
    case 'not':
    case 'logic':
      return visitCondition(node, visit)
    case 'quantifier':
      return visitCondition(node.body, {
        ...visit,
        quantified: [...visit.quantified, noteCollection(node.collection, group(), visit)],
      })
    case 'authenticated':
      return void visit.reads.touched.add('user')
    case 'is-user':
      noteId('user', own, visit)
      return visitValue(node.operand, own, visit)
    case 'row':
      return noteId(node.root, own, visit)
    case 'parameter':
      visit.quantified[node.index]!.isSearched = true
      return
    case 'slot':
      visit.reads.touched.add(node.source)
      return noteLeaf(visit.reads.rows[node.source], node.field, node.type, own, visit)
    case 'field':
      return visitField(node, own, visit)
    case 'call':
      own.calls.add(node.name)
      break
    case 'in':
      if (isCollection(node.list)) noteCollection(node.list, own, visit).isSearched = true
      break
    default:
  }
  for (const part of childrenOf(node)) visitValue(part, own, visit)
}

function visitField(node: TypedNode & { readonly kind: 'field' }, own: Group, visit: Visit): void {
  const { object, field } = node
  if (isCollection(node)) return void noteCollection(node, own, visit)
  // The id of a record is what the record itself is compared by.
  if (field === 'id') return visitValue(object, own, visit)
  noteLeaf(shapeOf(object, visit), field, node.type, own, visit)
}

/** The shape that a record's row has; the way to it is read as well. */
function shapeOf(object: TypedRecord, visit: Visit): Shape {
  if (object.kind === 'row') {
    visit.reads.touched.add(object.root)
    return visit.reads.rows[object.root]
  }
  if (object.kind !== 'parameter') visitValue(object, group(), visit)
  return behind(object.type.entity, visit)
}

function noteCollection(node: TypedCollection, own: Group, visit: Visit): CollectionRead {
  const { object, field } = node
  // The rows after and before a write have the links of the row itself.
  const same = object.kind === 'row' && (object.root === 'next' || object.root === 'previous')
  const holder = shapeOf(object, visit)
  const { collections } = same ? visit.reads.rows.entity : holder
  const storage = storageOf(visit.schema, node.entity, field)
  const read = collections.get(field) ?? { storage, sizes: new Set(), isSearched: false }
  collections.set(field, read)
  behind(node.type.entity, visit)
  own.collections.push(read)
  return read
}

function noteLeaf(holder: Shape, field: string, type: Type, own: Group, visit: Visit): void {
  const leaf = holder.fields.get(field) ?? {
    type,
    constants: [],
    calls: new Set(),
    isBesideOther: false,
    isBesideRow: false,
  }
  holder.fields.set(field, leaf)
  own.leaves.push(leaf)
  if (type.kind !== 'record') return
  behind(type.entity, visit)
  // A text or a list beside it may hold its id.
  own.constants.push({ kind: 'id', value: rowId(type.entity, 0) })
}

/** The id of a row in scope, as a value. */
function noteId(root: Root, own: Group, visit: Visit): void {
  const { reads, schema } = visit
  reads.touched.add(root)
  if (root === 'user') {
    own.constants.push({ kind: 'id', value: userId(0) })
    behind(authOf(schema), visit)
    return
  }
  own.constants.push({ kind: 'id', value: caseId(0) })
  own.hasRow = true
  // The rows after and before a write have the same id.
  reads.isRowCompared = true
}

function behind(entity: string, { reads }: Visit): Shape {
  const found = reads.behind.get(entity) ?? shape()
  reads.behind.set(entity, found)
  return found
}

/** Whether a node is worked out of constants and the time alone. */
function isConstant(node: TypedNode): boolean {
  if (node.kind === 'literal') return node.value !== null
  if (node.kind === 'clock') return true
  const isOperation = node.kind !== 'list' && node.kind !== 'logic' && node.kind !== 'not'
  const parts = childrenOf(node)
  return isOperation && parts.length > 0 && parts.every(isConstant)
}
