// The entities as the expression language sees them.

import type { EntitySchema, FieldSchema, Schema } from '../../../expr/schema.ts'
import type { Field } from '../app.ts'
import { present } from './take.ts'

export function fieldSchema(field: Field): FieldSchema {
  const { many, required, secret } = field
  if (field.type !== 'relation') return present({ type: field.type, options: field.options, many, required, secret })
  const to = field.relation?.to ?? ''
  return present({ type: field.type, to, inverse: field.relation?.inverse, many, required, secret })
}

const kept = new WeakMap<ReadonlyMap<string, Field>, ReadonlyMap<string, FieldSchema>>()

export function fieldSchemas(fields: ReadonlyMap<string, Field>): ReadonlyMap<string, FieldSchema> {
  // PERF: an editor keeps the fields of the entities that did not change, and asks after every key.
  const known = kept.get(fields)
  if (known) return known
  const made = new Map([...fields].map(([name, field]) => [name, fieldSchema(field)]))
  kept.set(fields, made)
  return made
}

export type EntityShape = {
  readonly fields: ReadonlyMap<string, Field>
  readonly owner: string | undefined
  readonly table: string
  readonly softDelete: boolean
}

export function schemaOf(entities: ReadonlyMap<string, EntityShape>, auth: string | undefined): Schema {
  const seen = new Map<string, EntitySchema>()
  for (const [name, { fields, owner, table, softDelete }] of entities) {
    seen.set(name, present({ fields: fieldSchemas(fields), owner, table, softDelete: softDelete || undefined }))
  }
  return present({ entities: seen, auth })
}
