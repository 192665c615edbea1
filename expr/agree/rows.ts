// Rows in memory, followed along their relations as closures want it.

import type { Row, Rows } from '../closure/context.ts'
import type { Schema } from '../schema.ts'
import { findField } from '../scope.ts'

/** Rows by entity; the links of a many-to-many relation as `Entity.field`, with `source` and `target`. */
export type Data = { readonly [table: string]: readonly Row[] }

/** Rows that were deleted softly are not there. */
export function rowsIn(schema: Schema, data: Data): Rows {
  const byId = new Map(
    [...schema.entities.keys()].map((name) => [name, new Map((data[name] ?? []).map((row) => [row.id, row]))]),
  )
  const isThere = (row: Row | undefined): row is Row => row !== undefined && (row.deletedAt ?? null) === null
  const find = (entity: string, id: string): Row | undefined => {
    const row = byId.get(entity)?.get(id)
    return isThere(row) ? row : undefined
  }
  return {
    get: find,
    collection: (entity, name, id) => {
      const field = findField(schema, entity, name)
      if (field?.type !== 'relation') return []
      const back = field.inverse === undefined ? undefined : findField(schema, field.to, field.inverse)
      if (back && !back.many)
        return (data[field.to] ?? []).filter((row) => isThere(row) && row[field.inverse ?? ''] === id)
      const [table, near, far] = back
        ? [`${field.to}.${field.inverse}`, 'target', 'source']
        : [`${entity}.${name}`, 'source', 'target']
      const links = (data[table] ?? []).filter((link) => link[near] === id)
      return links.map((link) => find(field.to, String(link[far]))).filter((row) => row !== undefined)
    },
  }
}
