// Rows behind relations: for each entity that a rule reaches, every combination of what it reads there, with related
// rows missing, one, or two.

import type { Schema } from '../schema.ts'
import { authOf } from '../scope.ts'
import { instant, itself, rowId, userId } from './names.ts'
import { productOf } from './product.ts'
import type { CollectionRead, Leaf, Reads, Shape } from './reads.ts'
import { listAt, type OpenRow, storageOf, type Tables } from './tables.ts'
import { idsBeside, valuesOf } from './values.ts'

/** What one row holds: values by field, and for each collection which of the related rows. */
export type Contents = {
  readonly values: readonly (readonly [field: string, value: unknown])[]
  readonly related: readonly (readonly [field: string, rows: readonly number[]])[]
}

export type Making = {
  readonly schema: Schema
  readonly reads: Reads
  readonly tables: Tables
  /** The contents of the rows behind relations; absent while they are worked out. */
  readonly contents: Map<string, readonly Contents[] | undefined>
  /** How many users are known by name to other rows; none when the rule does not ask who asks. */
  readonly users: number
  /** How many rows were made that belong to others. */
  related: number
  isWhole: boolean
}

/** Combinations for the rows of one entity behind relations. */
const mostBehind = 128
const mostSize = 8
/** Rows that belong to others; they multiply with each collection inside of another. */
const mostRelated = 4_000

/** The values that a field is tried with. */
export function choicesOf(making: Making, leaf: Leaf): readonly unknown[] {
  if (leaf.type.kind === 'record') return [null, ...idsOf(making, leaf.type.entity), ...idsBeside(leaf)]
  const { values, isWhole } = valuesOf(leaf)
  making.isWhole &&= isWhole
  return values
}

const usersIn = ({ schema, users }: Making, entity: string): number => (authOf(schema) === entity ? users : 0)

/** The ids of an entity's rows behind relations. */
export function idsOf(making: Making, entity: string): readonly string[] {
  const users = Array.from({ length: usersIn(making, entity) }, (_, n) => userId(n))
  const isMaking = making.contents.has(entity) && !making.contents.get(entity)
  // In a circle of relations the first ones are known before they are there.
  const count = isMaking ? (users.length > 0 ? 1 : 2) : contentsOf(making, entity).length
  return [...users, ...Array.from({ length: count }, (_, n) => rowId(entity, n))]
}

/** Which related rows a collection is tried with: none, each alone, each beside the next, and the sizes asked for. */
export function relatedChoices(making: Making, { storage, sizes }: CollectionRead): readonly (readonly number[])[] {
  const { to, kind } = storage
  if (making.contents.has(to) && !making.contents.get(to)) {
    making.isWhole = false
    return [[]]
  }
  // A row can belong to many through links, but as it is only once; through a field only to one, so it is made anew.
  const count = kind === 'links' ? idsOf(making, to).length : contentsOf(making, to).length
  const most = kind === 'links' ? Math.min(mostSize, count) : mostSize
  const each = Array.from({ length: count }, (_, n) => n)
  const wanted = [...sizes].flatMap((size) => [size, size + 1]).filter((size) => size > 2)
  const possible = wanted.filter((size) => Number.isInteger(size) && size <= most)
  making.isWhole &&= possible.length === wanted.length
  const sized = possible.map((size) => Array.from({ length: size }, (_, n) => n % count))
  const pairs = count > 1 ? each.map((n) => [n, (n + 1) % count]) : kind === 'field' ? [[0, 0]] : []
  return [[], ...each.map((n) => [n]), ...pairs, ...sized]
}

/** Every combination of what is read of a row. */
export function combine(making: Making, { fields, collections }: Shape, most: number): readonly Contents[] {
  const values = [...fields].map(([field, leaf]) => [field, choicesOf(making, leaf)] as const)
  const related = [...collections].map(([field, read]) => [field, relatedChoices(making, read)] as const)
  const sizes = [...values, ...related].map(([, choices]) => choices.length)
  const { combinations, isWhole } = productOf(sizes, most)
  making.isWhole &&= isWhole
  return combinations.map((at) => ({
    values: values.map(([field, choices], index) => [field, choices[at[index]!]]),
    related: related.map(([field, choices], index) => [field, choices[at[values.length + index]!]!]),
  }))
}

/** The contents of an entity's rows behind relations, with one at least that is another one. Makes the rows. */
export function contentsOf(making: Making, entity: string): readonly Contents[] {
  const known = making.contents.get(entity)
  if (known) return known
  making.contents.set(entity, undefined)
  listAt(making.tables.rows, entity)
  const shape = making.reads.behind.get(entity) ?? { fields: new Map(), collections: new Map() }
  const combined = combine(making, shape, mostBehind)
  const whole = making.schema.entities.get(entity)?.softDelete ? combined.flatMap(withDeleted) : combined
  const isAlone = whole.length < 2 && usersIn(making, entity) === 0
  const contents = isAlone ? [...whole, ...whole] : whole
  making.contents.set(entity, contents)
  for (const [index, one] of contents.entries()) addRow(making, entity, rowId(entity, index), one)
  return contents
}

const withDeleted = (one: Contents): readonly Contents[] => [
  one,
  { ...one, values: [...one.values, ['deletedAt', instant]] },
]

/** A row of its own. */
export function rowOf(id: string, values: Contents['values']): OpenRow {
  const row: OpenRow = { id }
  for (const [field, value] of values) row[field] = value === itself ? id : value
  return row
}

/** Adds a row with its related rows. Those that belong to one row only are made for it. */
export function addRow(
  making: Making,
  entity: string,
  id: string,
  { values, related }: Contents,
  belongsTo?: readonly [field: string, id: string],
): void {
  const row = rowOf(id, values)
  if (belongsTo) row[belongsTo[0]] = belongsTo[1]
  listAt(making.tables.rows, entity).push(row)
  addRelated(making, entity, id, related)
}

/** Adds the related rows of a row. */
export function addRelated(making: Making, entity: string, id: string, related: Contents['related']): void {
  for (const [field, chosen] of related) {
    const storage = storageOf(making.schema, entity, field)
    const { to } = storage
    if (storage.kind === 'links') {
      const links = listAt(making.tables.links, storage.name)
      const far = idsOf(making, to)
      links.push(...chosen.map((n) => linked(storage.near, id, far[n]!)))
      continue
    }
    for (const n of chosen) {
      if (making.related >= mostRelated) {
        making.isWhole = false
        return
      }
      making.related += 1
      const own = `${to}:${id}:${listAt(making.tables.rows, to).length}`
      addRow(making, to, own, contentsOf(making, to)[n]!, [storage.field, id])
    }
  }
}

export const linked = (near: 'source' | 'target', id: string, other: string) =>
  near === 'source' ? { source: id, target: other } : { source: other, target: id }
