// The one function that decides which fields a caller may name: in a filter, a sort order, a column list. Whatever it
// refuses is refused with the same words as a field that does not exist.

import { type Caller, contextOf, holdsForAll } from '../../database/records/caller.ts'
import type { App, Entity, Field } from '../../truth/app.ts'
import { badRequest, type Refusal } from '../refusal.ts'

/** For a field that is not there, and for one that the caller may not name. */
export const unknownField = (name: string): Refusal =>
  badRequest('unknown-field', `There is no field \`${name}\` that you may name here.`)

/** Whether the caller may see this field on every row that they may read. */
const isOpen = (field: Field, caller: Caller): boolean =>
  !field.secret && (field.read === undefined || holdsForAll(field.read, caller))

/** A field of the entity that the caller may name; undefined for any other. */
export function nameable(entity: Entity, name: string, caller: Caller): Field | undefined {
  const field = entity.fields.get(name)
  return field && isOpen(field, caller) ? field : undefined
}

/**
 * Whether the caller may name a path: each field must be open to them, and each entity on the way must be readable by
 * them whatever the row. A path over rows that only some may read would tell the others what is in them.
 */
function mayNamePath(app: App, start: Entity, path: readonly string[], caller: Caller): boolean {
  let entity = start
  for (const [index, name] of path.entries()) {
    const field = nameable(entity, name, caller)
    if (!field) return false
    const rest = path.slice(index + 1)
    if (!field.relation) return rest.length === 0
    // The id of the one row that it points to is in this row already.
    if (!field.many && (rest.length === 0 || (rest.length === 1 && rest[0] === 'id'))) return true
    const target = app.entities.get(field.relation.to)
    if (!target || target.softDelete || !holdsForAll(target.permissions.get('read'), caller)) return false
    if (rest.length === 0) return true
    entity = target
  }
  return true
}

/** Whether the caller may use an expression that reads these names, as a filter over the entity. */
export function mayRead(app: App, entity: Entity, reads: readonly string[], caller: Caller): boolean {
  return reads.every((name) => {
    const [root, ...path] = name.split('.')
    if (path.length === 0) return true
    if (root === 'entity') return mayNamePath(app, entity, path, caller)
    const auth = app.entities.get(app.settings.auth.entity ?? '')
    if (root !== 'user' || !auth) return false
    return path.length === 1 && isOwn(auth, path[0] ?? '', caller) ? true : mayNamePath(app, auth, path, caller)
  })
}

/** Whether a value of the caller's own row is one that they may see: their fields' rules, tried on that row. */
function isOwn(auth: Entity, name: string, caller: Caller): boolean {
  const field = auth.fields.get(name)
  if (!field || field.secret || (field.relation && field.many)) return false
  if (field.read === undefined) return true
  return !field.read.followsRelations && field.read.expression.evaluate(contextOf(caller, caller.user))
}
