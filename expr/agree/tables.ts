// The rows of a small world while it is filled, and how a closure finds its way among them.

import type { Row, Rows } from '../closure/context.ts'
import type { RelationFieldSchema, Schema } from '../schema.ts'
import { findField } from '../scope.ts'

export type Link = { readonly source: string; readonly target: string }
/** A row that is still being filled. */
export type OpenRow = { [field: string]: unknown; readonly id: string }

export type Tables = {
  /** Rows by entity: also empty ones, where a rule looks into them. */
  readonly rows: Map<string, OpenRow[]>
  /** Links by `Entity.field`, the side that has the join table. */
  readonly links: Map<string, Link[]>
}

export const emptyTables = (): Tables => ({ rows: new Map(), links: new Map() })

/** The list under a name, made when it is not there. */
export function listAt<T>(lists: Map<string, T[]>, name: string): T[] {
  const found = lists.get(name) ?? []
  lists.set(name, found)
  return found
}

/** How a collection is stored: in a field of its rows, or as links. */
export type Storage =
  | { readonly kind: 'field'; readonly to: string; readonly field: string }
  | { readonly kind: 'links'; readonly to: string; readonly name: string; readonly near: keyof Link }

export function storageOf(schema: Schema, entity: string, field: string): Storage {
  const { to, inverse } = findField(schema, entity, field) as RelationFieldSchema
  if (inverse === undefined) return { kind: 'links', to, name: `${entity}.${field}`, near: 'source' }
  if (findField(schema, to, inverse)?.many) return { kind: 'links', to, name: `${to}.${inverse}`, near: 'target' }
  return { kind: 'field', to, field: inverse }
}

function byKey<T>(list: readonly T[], key: (one: T) => unknown): Map<unknown, T[]> {
  const found = new Map<unknown, T[]>()
  for (const one of list) {
    const group = found.get(key(one))
    if (group) group.push(one)
    else found.set(key(one), [one])
  }
  return found
}

type Groups = ReadonlyMap<unknown, readonly Row[]>

/** Rows that were deleted softly are missing behind relations. */
export function rowsIn(schema: Schema, { rows, links }: Tables): Rows {
  const kept = new Map<string, Groups>()
  const present = (entity: string): readonly OpenRow[] => {
    const all = rows.get(entity) ?? []
    return schema.entities.get(entity)?.softDelete ? all.filter(({ deletedAt }) => (deletedAt ?? null) === null) : all
  }
  const index = (name: string, make: () => Groups): Groups => {
    const found = kept.get(name) ?? make()
    kept.set(name, found)
    return found
  }
  const get = (entity: string, id: string): Row | undefined =>
    index(entity, () => byKey(present(entity), (row) => row.id)).get(id)?.[0]
  const collected = (entity: string, field: string): Groups => {
    const storage = storageOf(schema, entity, field)
    if (storage.kind === 'field') return byKey(present(storage.to), (row) => row[storage.field] ?? null)
    const far = storage.near === 'source' ? 'target' : 'source'
    const groups = byKey(links.get(storage.name) ?? [], (link) => link[storage.near])
    const found = (link: Link): readonly Row[] => [get(storage.to, link[far])].filter((row) => row !== undefined)
    return new Map([...groups].map(([id, group]): [unknown, readonly Row[]] => [id, group.flatMap(found)]))
  }
  return {
    get,
    collection: (entity, field, id) => index(`${entity}.${field}`, () => collected(entity, field)).get(id) ?? [],
  }
}
