// What of a declaration cannot be told, because it is faulty or only known by running the file. It is not the same as
// what is not there: nothing is said about what depends on it.

import type { FieldSchema } from '../../../expr/schema.ts'
import type { App, Field } from '../app.ts'
import { childOf, type Node } from '../node.ts'
import { systemFields } from './fields.ts'
import { entriesAt, flagAt, present } from './take.ts'

/** Whether there is a value of which nothing is known. */
export const isUntold = (node: Node | undefined): boolean => node?.kind === 'computed' || node?.kind === 'foreign'

/** Whether there may be further names in what should be an object of them. */
export const isOpen = (node: Node | undefined): boolean => node !== undefined && node.kind !== 'object'

/** An entity to which nobody can tell all fields. */
export const isOpenEntity = (node: Node): boolean => isOpen(node) || isOpen(childOf(node, 'fields'))

/** The declared fields (under `fields` or `input`) whose type cannot be told; `told` are those that were made of them. */
export function untoldFields(
  node: Node,
  key: 'fields' | 'input',
  told: ReadonlyMap<string, Field>,
  isAuth = false,
): ReadonlyMap<string, FieldSchema> {
  const fields = new Map<string, FieldSchema>()
  for (const [name, { value }] of entriesAt(node, key)) {
    if (key === 'fields' && (systemFields.has(name) || (isAuth && name === 'password'))) continue
    if (told.has(name) && childOf(value, 'many')?.kind !== 'computed') continue
    fields.set(name, present({ type: 'unknown' as const, secret: flagAt(value, 'secret') }))
  }
  return fields
}

/** Whether nobody can tell what a name of a field stands for. */
export function isUntoldField({ schema }: Pick<App, 'schema'>, entity: string, name: string): boolean {
  const known = schema.entities.get(entity)
  if (!known) return schema.open === true
  const field = known.fields.get(name)
  return field ? field.type === 'unknown' : known.open === true && !systemFields.has(name)
}

/** Whether everything expressions depend on can be told. */
export function isTold({ open, entities }: App['schema']): boolean {
  if (open) return false
  for (const entity of entities.values()) {
    if (entity.open) return false
    for (const field of entity.fields.values()) if (field.type === 'unknown') return false
  }
  return true
}
