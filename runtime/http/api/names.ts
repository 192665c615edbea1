// The one function that decides which fields a caller may name: in a filter, a sort order, a column list. Whatever it
// refuses is refused with the same words as a field that does not exist.

import { type Caller, contextOf, reachOf } from '../../database/records/caller.ts'
import type { App, Entity, Field } from '../../truth/app.ts'
import { badRequest, type Refusal } from '../refusal.ts'

/** For a field that is not there, and for one that the caller may not name. */
export const unknownField = (name: string): Refusal =>
  badRequest('unknown-field', `There is no field \`${name}\` that you may name here.`)

/** Whether the caller may see this field on every row that they may read. */
const isOpen = ({ secret, read, mirrored }: Field, caller: Caller): boolean =>
  !secret && [read, mirrored].every((rule) => rule === undefined || reachOf(rule, caller) === 'all')

/** A field of the entity that the caller may name; undefined for any other. */
export function nameable(entity: Entity, name: string, caller: Caller): Field | undefined {
  const field = entity.fields.get(name)
  return field && isOpen(field, caller) ? field : undefined
}

/** A field that the caller may see on some rows, so that it can be asked for: each row tells it by its own rule. */
export function showable(entity: Entity, name: string, caller: Caller): Field | undefined {
  const field = entity.fields.get(name)
  if (!field || field.secret) return undefined
  return [field.read, field.mirrored].every((rule) => rule === undefined || reachOf(rule, caller) !== 'none')
    ? field
    : undefined
}

/** The entity that a relation leads to, where the caller may read all of its rows. */
function openTarget(app: App, { relation }: Field, caller: Caller): Entity | undefined {
  const target = app.entities.get(relation?.to ?? '')
  return target && !target.softDelete && reachOf(target.permissions.get('read'), caller) === 'all' ? target : undefined
}

/** Whether a word is the name of a field that the caller may use in a filter, wherever there is one of this name. */
export function isOpenName(app: App, word: string, caller: Caller): boolean {
  const having = [...app.entities.values()].filter(({ fields }) => fields.has(word))
  return (
    having.length > 0 &&
    having.every((entity) => {
      const field = nameable(entity, word, caller)
      return field && (!field.many || !field.relation || openTarget(app, field, caller))
    })
  )
}

/**
 * The first name of a path that the caller may not use; undefined when they may use it whole. Each field must be open to
 * them, and each entity on the way must be readable by them whatever the row: a path over rows that only some may read
 * would tell the others what is in them.
 */
function closedIn(app: App, start: Entity, path: readonly string[], caller: Caller): string | undefined {
  let entity = start
  for (const [index, name] of path.entries()) {
    const field = nameable(entity, name, caller)
    if (!field) return name
    const [next, ...rest] = path.slice(index + 1)
    if (!field.relation) return next
    // The id of the one row that it points to is in this row already.
    if (!field.many && (next === undefined || (next === 'id' && rest.length === 0))) return undefined
    const target = openTarget(app, field, caller)
    if (!target) return field.many ? name : next
    entity = target
  }
  return undefined
}

/**
 * The first name that the caller may not use, of an expression that reads these names as a filter over the entity. It is
 * the one that would be told if it were not there.
 */
export function closedName(app: App, entity: Entity, reads: readonly string[], caller: Caller): string | undefined {
  for (const read of reads) {
    const [root, ...path] = read.split('.')
    const auth = app.entities.get(app.settings.auth.entity ?? '')
    const start = root === 'entity' ? entity : root === 'user' ? auth : undefined
    const [first] = path
    if (first === undefined) continue
    if (!start) return first
    if (root === 'user' && path.length === 1 && isOwn(start, first, caller)) continue
    const closed = closedIn(app, start, path, caller)
    if (closed !== undefined) return closed
  }
  return undefined
}

/** Whether a value of the caller's own row is one that they may see: their fields' rules, tried on that row. */
function isOwn(auth: Entity, name: string, caller: Caller): boolean {
  const field = auth.fields.get(name)
  if (!field || field.secret || (field.relation && field.many)) return false
  if (field.read === undefined) return true
  return !field.read.followsRelations && field.read.expression.evaluate(contextOf(caller, caller.user))
}
