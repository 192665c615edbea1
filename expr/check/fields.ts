// A field of a record, as a node of its own type.

import type { FieldSchema } from '../schema.ts'
import type { Span } from '../syntax/ast.ts'
import type { TypedField, TypedRecord } from '../tree.ts'
import { type Type, typeOfField } from '../types.ts'
import { place } from './context.ts'

/** The type of a field of an entity; its `id` is an id of that entity. */
export function fieldType(entity: string, name: string, field: FieldSchema): Type {
  if (name === 'id' && (field.type === 'uuid' || field.type === 'string')) return { kind: 'id', entity }
  return typeOfField(field)
}

export function fieldOf(object: TypedRecord, entity: string, name: string, field: FieldSchema, at: Span): TypedField {
  return { kind: 'field', type: fieldType(entity, name, field), object, entity, field: name, ...place(at) }
}
