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

export const fieldSchemas = (fields: ReadonlyMap<string, Field>): Map<string, FieldSchema> =>
  new Map([...fields].map(([name, field]) => [name, fieldSchema(field)]))

export type EntityShape = {
  readonly fields: ReadonlyMap<string, Field>
  readonly owner: string | undefined
  readonly table: string
}

export function schemaOf(entities: ReadonlyMap<string, EntityShape>, auth: string | undefined): Schema {
  const seen = new Map<string, EntitySchema>()
  for (const [name, { fields, owner, table }] of entities) {
    seen.set(name, present({ fields: fieldSchemas(fields), owner, table }))
  }
  return present({ entities: seen, auth })
}
