// From a request's body to the values of a row: unknown keys, values that do not fit, what may not be set. All faults at
// once. Who may set a field is decided later, with the row at hand.

import { isLinkChange, type LinkChange } from '../database/records/change.ts'
import type { Entity, Field } from '../truth/app.ts'
import { isKept } from '../truth/kept-field.ts'
import { canonicalValue, valueFault } from '../truth/kinds.ts'
import type { FieldFault } from './refusal.ts'

export type Values = ReadonlyMap<string, unknown>

/** `create` and `replace` want every required field; `change` takes what is given. */
export type WriteMode = 'create' | 'replace' | 'change'

/** Whether a field takes part in writes at all. */
const isMirror = (field: Field): boolean => field.relation?.inverse !== undefined

function settableFault(field: Field, mode: WriteMode): FieldFault | undefined {
  const path = field.name
  if (field.system || field.readonly) return { path, code: 'readonly', message: 'is set by the runtime' }
  if (isMirror(field)) return { path, code: 'readonly', message: 'mirrors a relation; set it on the other side' }
  if (field.immutable && mode !== 'create') return { path, code: 'immutable', message: 'cannot be changed' }
  return undefined
}

function fitFault(field: Field, value: unknown): FieldFault | undefined {
  const path = field.name
  if (value === null) return field.required ? { path, code: 'required', message: 'is required' } : undefined
  const fault = valueFault(value, field)
  return fault === undefined ? undefined : { path, code: 'value', message: fault }
}

const linkChanges = new Set(['add', 'remove'])

/** `{ add, remove }` for a relation to many: some of its links; undefined for anything else. */
function linkChange(field: Field, value: unknown): { readonly change?: LinkChange; readonly fault?: FieldFault } {
  const path = field.name
  if (!field.relation || !field.many || !isLinkChange(value)) return {}
  const given: { readonly [key: string]: unknown } = { ...value }
  const unknown = Object.keys(given).find((key) => !linkChanges.has(key))
  if (unknown !== undefined)
    return { fault: { path, code: 'value', message: `takes a list, or \`add\` and \`remove\`, not \`${unknown}\`` } }
  const { add = [], remove = [] } = given
  for (const ids of [add, remove]) {
    const fault = valueFault(ids, field)
    if (fault !== undefined) return { fault: { path, code: 'value', message: fault } }
  }
  const change = { add: canonicalValue(add, field), remove: canonicalValue(remove, field) } as LinkChange
  const both = change.add.find((id) => change.remove.includes(id))
  if (both === undefined) return { change }
  return { fault: { path, code: 'value', message: `adds and removes ${both}` } }
}

/** What does not fit of the named fields of a row that was written. */
export function storedFaults(entity: Entity, names: Iterable<string>, row: string): FieldFault[] {
  const written = [...names]
  if (written.length === 0) return []
  const values = JSON.parse(row) as { readonly [name: string]: unknown }
  return written.flatMap((name) => {
    const field = entity.fields.get(name)
    return (field && fitFault(field, values[name] ?? null)) ?? []
  })
}

/** Values for one set of fields, such as a behavior's input. */
export function readInput(
  fields: ReadonlyMap<string, Field>,
  body: ReadonlyMap<string, unknown>,
): { readonly values: Values; readonly faults: readonly FieldFault[] } {
  const values = new Map<string, unknown>()
  const faults: FieldFault[] = []
  for (const [key, value] of body) {
    const field = fields.get(key)
    const fault = field ? fitFault(field, value) : { path: key, code: 'unknown', message: 'is not a field' }
    if (fault) faults.push(fault)
    else if (field) values.set(key, canonicalValue(value, field))
  }
  for (const field of fields.values()) {
    if (values.has(field.name) || body.has(field.name)) continue
    if (field.default?.kind === 'value') values.set(field.name, field.default.value)
    else if (field.required) faults.push({ path: field.name, code: 'required', message: 'is required' })
  }
  return { values, faults }
}

/** Values of a row to be written. Defaults are the caller's business. */
export function readValues(
  entity: Entity,
  body: ReadonlyMap<string, unknown>,
  mode: WriteMode,
): { readonly values: Values; readonly faults: readonly FieldFault[] } {
  const values = new Map<string, unknown>()
  const faults: FieldFault[] = []
  for (const [key, value] of body) {
    const field = entity.fields.get(key)
    const links = field && mode === 'change' ? linkChange(field, value) : {}
    const fault = field
      ? (settableFault(field, mode) ?? links.fault ?? (links.change ? undefined : fitFault(field, value)))
      : { path: key, code: 'unknown', message: `is not a field of ${entity.label}` }
    if (fault) faults.push(fault)
    else if (field) values.set(key, links.change ?? canonicalValue(value, field))
  }
  if (mode === 'change') return { values, faults }
  for (const field of entity.fields.values()) {
    if (!field.required || field.system || field.default || body.has(field.name) || isMirror(field)) continue
    if (mode === 'replace' && isKept(field)) continue
    faults.push({ path: field.name, code: 'required', message: 'is required' })
  }
  return { values, faults }
}

/** Today, in UTC, as `YYYY-MM-DD`. */
const dayOf = (now: string): string => now.slice(0, 10)

/** The default of a field for a row created now by this user; null without one. */
export function defaultValue(field: Field, now: string, user: string | null, newId: () => string): unknown {
  switch (field.default?.kind) {
    case undefined:
      return null
    case 'value':
      return canonicalValue(field.default.value, field)
    case 'now':
      return field.type === 'date' ? dayOf(now) : now
    case 'user':
      return user
    case 'auto':
      return newId()
  }
}
