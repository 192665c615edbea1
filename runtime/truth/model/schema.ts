// The entities as the expression language sees them.

import type { Scope } from '../../../expr/index.ts'
import type { EntitySchema, FieldSchema, Schema } from '../../../expr/schema.ts'
import type { Field } from '../app.ts'
import type { Node } from '../node.ts'
import { childOf } from '../node.ts'
import { inputOf } from './fields.ts'
import { entriesAt, present } from './take.ts'
import { isOpen, untoldFields } from './untold.ts'

export function fieldSchema(field: Field): FieldSchema {
  const { many, required, secret } = field
  if (field.type === 'enum' && !field.options?.length) return unknown(field)
  if (field.type !== 'relation') return present({ type: field.type, options: field.options, many, required, secret })
  const to = field.relation?.to ?? ''
  return present({ type: field.type, to, inverse: field.relation?.inverse, many, required, secret })
}

const unknown = ({ many, required, secret }: Pick<Field, 'secret'> & Partial<Field>): FieldSchema =>
  present({ type: 'unknown' as const, many, required, secret })

type Made = { readonly schemas: ReadonlyMap<string, FieldSchema>; readonly targets: ReadonlySet<string> }

const kept = new WeakMap<ReadonlyMap<string, Field>, Made>()

function madeOf(fields: ReadonlyMap<string, Field>): Made {
  // PERF: an editor keeps the fields of the entities that did not change, and asks after every key.
  const known = kept.get(fields)
  if (known) return known
  const schemas = new Map<string, FieldSchema>()
  const targets = new Set<string>()
  for (const [name, field] of fields) {
    schemas.set(name, fieldSchema(field))
    if (field.relation) targets.add(field.relation.to)
  }
  const made = { schemas, targets }
  kept.set(fields, made)
  return made
}

/** Fields as expressions see them; of a relation that leads nowhere nothing can be told. */
function fieldSchemas(
  fields: ReadonlyMap<string, Field>,
  untold: ReadonlyMap<string, FieldSchema>,
  isEntity: (name: string) => boolean,
): ReadonlyMap<string, FieldSchema> {
  const { schemas, targets } = madeOf(fields)
  const lost = [...targets].some((to) => !isEntity(to))
  if (!lost && untold.size === 0) return schemas
  const all = new Map(schemas)
  for (const [name, field] of fields) if (field.relation && !isEntity(field.relation.to)) all.set(name, unknown(field))
  for (const [name, field] of untold) all.set(name, field)
  return all
}

export type EntityShape = {
  readonly fields: ReadonlyMap<string, Field>
  /** Declared fields whose type cannot be told. */
  readonly untold: ReadonlyMap<string, FieldSchema>
  readonly open: boolean
  readonly owner: string | undefined
  readonly table: string
  readonly softDelete: boolean
}

export function schemaOf(entities: ReadonlyMap<string, EntityShape>, auth: string | undefined, open: boolean): Schema {
  const seen = new Map<string, EntitySchema>()
  const isEntity = (name: string): boolean => entities.has(name)
  for (const [name, { fields, untold, owner, table, softDelete, open }] of entities) {
    const all = fieldSchemas(fields, untold, isEntity)
    const more = { softDelete: softDelete || undefined, open: open || undefined }
    seen.set(name, present({ fields: all, owner, table, ...more }))
  }
  return present({ entities: seen, auth, open: open || undefined })
}

/** What expressions may say of the input that a behavior takes. */
export function inputScope(behavior: Node | undefined, { entities }: Schema): Pick<Scope, 'input' | 'openInput'> {
  if (!behavior) return {}
  const isEntity = (name: string): boolean => entities.has(name)
  const made = inputOf(entriesAt(behavior, 'input'))
  const input = fieldSchemas(made, untoldFields(behavior, 'input', made), isEntity)
  const openInput = isOpen(behavior) || isOpen(childOf(behavior, 'input'))
  return { input, ...(openInput && { openInput }) }
}
