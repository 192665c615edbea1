// The other sides of relations: a field with `inverse` tells what the field tells that it mirrors, so it is as closed.

import type { Entity, Field } from '../app.ts'

/** The field that a field mirrors. */
function mirroredBy(entities: ReadonlyMap<string, Entity>, { relation }: Field): Field | undefined {
  const { to, inverse } = relation ?? {}
  return to === undefined || inverse === undefined ? undefined : entities.get(to)?.fields.get(inverse)
}

/** The field as closed as the one that it mirrors; itself where that one is open. */
function closedAs(field: Field, mirrored: Field | undefined): Field {
  if (!mirrored?.secret && !mirrored?.read) return field
  return {
    ...field,
    secret: field.secret || mirrored.secret,
    ...(mirrored.read && { mirrored: mirrored.read }),
  }
}

/** The entities with every such field closed; those without any are the same objects. */
export function withMirrors(entities: ReadonlyMap<string, Entity>): ReadonlyMap<string, Entity> {
  const all = new Map<string, Entity>()
  for (const [name, entity] of entities) {
    const fields = new Map(
      [...entity.fields].map(([key, field]) => [key, closedAs(field, mirroredBy(entities, field))] as const),
    )
    const isOpen = [...fields].every(([key, field]) => field === entity.fields.get(key))
    all.set(name, isOpen ? entity : { ...entity, fields })
  }
  return all
}
