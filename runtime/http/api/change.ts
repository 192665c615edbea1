// PATCH, PUT, DELETE and behaviors: everything that changes a stored row.

import type { Sql } from '../../../expr/index.ts'
import type { Caller, Given } from '../../database/records/caller.ts'
import type { Blocked } from '../../database/records/cascade.ts'
import { type Assignments, type Named, noAssignments, runnerOf, type Values } from '../../database/records/change.ts'
import type { Collection } from '../../database/records/collection.ts'
import { mayChange } from '../../database/records/decide.ts'
import { unverifying } from '../../database/records/verified.ts'
import { deleteRow, updateRow, type Written } from '../../database/records/write.ts'
import type { Behavior } from '../../truth/app.ts'
import { isKept } from '../../truth/kept-field.ts'
import { type Call, json, type Outcome } from '../call.ts'
import { etagOf } from '../etag.ts'
import { readObject } from '../json-body.ts'
import { forbidden, invalid, isRefusal, notFound, type Refusal, Refused, refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { defaultValue, readInput, readValues, storedFaults } from '../values.ts'
import { refuse, refuseHopeless } from './access.ts'
import { fieldRules, refuseOwnerChange } from './field-rules.ts'
import { newId } from './new-id.ts'
import { relationFaults } from './related.ts'

export const written = (id: string, { row }: Written): Outcome => {
  // A row that may not be read any more is told by its id alone.
  const text = row ?? JSON.stringify({ id })
  return json(200, text, { ETag: etagOf(text) })
}

const changedMeanwhile = (): Refusal =>
  refusal(409, 'changed', 'The row was changed by somebody else at the same time. Try again.')

/** The guarded update, after the same guards were asked for their answer. */
async function changeRow(
  service: Service,
  collection: Collection,
  caller: Caller,
  id: string,
  rules: readonly Named[],
  asked: Assignments,
  events: readonly string[],
): Promise<Written | Refusal> {
  const { app, database } = service
  const assignments = unverifying(app, collection.entity, asked)
  const before = await mayChange(database.query, collection, caller, id, rules, assignments)
  const refused = refuse(before, collection.entity, caller)
  if (refused) return refused
  const seen = before.is === 'allowed' ? before.seen : undefined
  return database.transaction(async (tx) => {
    const faults = await relationFaults(service, runnerOf(tx), collection.entity.fields, caller, assignments.values)
    if (faults.length > 0) return invalid(faults)
    const changed = await updateRow(tx, collection, caller, id, rules, assignments, events, seen)
    if (changed) {
      // What an expression assigned is known only now.
      const misfits = storedFaults(collection.entity, assignments.expressions.keys(), changed.snapshot)
      if (misfits.length > 0) throw new Refused(invalid(misfits))
      return changed
    }
    const after = await mayChange(runnerOf(tx), collection, caller, id, rules, assignments)
    return refuse(after, collection.entity, caller) ?? changedMeanwhile()
  })
}

const updateRule = (collection: Collection): Named => ({
  name: 'update',
  rule: collection.entity.permissions.get('update'),
})

/** Writes the given values into a row, if the caller may; `replace` also empties what is not given. */
export async function changeValues(
  service: Service,
  collection: Collection,
  caller: Caller,
  id: string,
  body: ReadonlyMap<string, unknown>,
  mode: 'change' | 'replace',
): Promise<Written | Refusal> {
  const { entity } = collection
  const update = updateRule(collection)
  const { values, faults } = readValues(entity, body, mode)
  const fault = faults.length > 0 ? invalid(faults) : refuseOwnerChange(entity, values, caller)
  if (fault) {
    // Whether the row can be reached comes first: a fault must not tell that it is there.
    const verdict = await mayChange(service.database.query, collection, caller, id, [update], noAssignments)
    return refuse(verdict, entity, caller) ?? fault
  }
  const all = mode === 'replace' ? replaced(collection, values, caller) : values
  const rules = [update, ...fieldRules(entity, values)]
  return changeRow(service, collection, caller, id, rules, { ...noAssignments, values: all }, [])
}

export async function change(service: Service, call: Call, collection: Collection, id: string): Promise<Outcome> {
  const hopeless = refuseHopeless([updateRule(collection).rule], call.caller)
  if (hopeless) return hopeless
  const body = await readObject(call.request)
  if (isRefusal(body)) return body
  const mode = call.method === 'PUT' ? 'replace' : 'change'
  const changed = await changeValues(service, collection, call.caller, id, body, mode)
  return isRefusal(changed) ? changed : written(id, changed)
}

/** Fields that were not given return to their default or to nothing, but for those that are kept. */
function replaced(collection: Collection, values: Values, caller: Caller): Values {
  const all = new Map(values)
  for (const field of collection.entity.fields.values()) {
    if (all.has(field.name) || isKept(field) || field.relation?.inverse) continue
    all.set(
      field.name,
      field.many && field.relation ? [] : defaultValue(field, caller.now, caller.user?.id ?? null, newId),
    )
  }
  return all
}

/** Deletes a row, if the caller may. */
export async function deleteById(
  service: Service,
  collection: Collection,
  caller: Caller,
  id: string,
): Promise<Refusal | undefined> {
  const rule = collection.entity.permissions.get('delete')
  const hopeless = refuseHopeless([rule], caller)
  return hopeless ?? removeRow(service, collection, caller, id, [{ name: 'delete', rule }], [], {})
}

export async function remove(service: Service, call: Call, collection: Collection, id: string): Promise<Outcome> {
  return (await deleteById(service, collection, call.caller, id)) ?? { status: 204 }
}

/** Why rows that would go with a delete, or come back with a restore, hold it up. */
export function refuseBlocked({ blocked, why }: Blocked): Refusal {
  const rows = blocked.labelPlural.toLowerCase()
  return why === 'many'
    ? refusal(409, 'too-many', `More ${rows} refer to it than one request can change. Change or delete them first.`)
    : forbidden(`You may not delete the ${rows} that go with it.`)
}

async function removeRow(
  service: Service,
  collection: Collection,
  caller: Caller,
  id: string,
  rules: readonly Named[],
  events: readonly string[],
  input: Given,
): Promise<Refusal | undefined> {
  const { database } = service
  const assignments = { ...noAssignments, input }
  const verdict = await mayChange(database.query, collection, caller, id, rules, assignments)
  const refused = refuse(verdict, collection.entity, caller)
  if (refused) return refused
  return database.transaction(async (tx) => {
    const deleted = await deleteRow(tx, collection, caller, id, rules, events, input)
    if (deleted === true) return undefined
    if (deleted) return refuseBlocked(deleted)
    const after = await mayChange(runnerOf(tx), collection, caller, id, rules, assignments)
    return refuse(after, collection.entity, caller) ?? changedMeanwhile()
  })
}

/** What a behavior assigns, for this caller and this input. */
function assignmentsOf(behavior: Behavior, collection: Collection, caller: Caller, input: Given): Assignments {
  const values = new Map<string, unknown>()
  const expressions = new Map<string, Sql>()
  for (const [name, value] of behavior.set) {
    const field = collection.entity.fields.get(name)
    if (value.kind === 'value') values.set(name, value.value)
    else if (value.kind === 'user') values.set(name, caller.user?.id ?? null)
    else if (value.kind === 'now') values.set(name, field?.type === 'date' ? caller.now.slice(0, 10) : caller.now)
    else if (value.kind === 'expression') expressions.set(name, value.rule.expression.toSql({ mode: 'value' }))
  }
  return { values, expressions, key: `behavior ${behavior.name}`, input }
}

/** The guards of a behavior, by name. */
export const guardsOf = (behavior: Behavior): Named[] =>
  behavior.guards.length === 0
    ? [{ name: behavior.name, rule: undefined }]
    : behavior.guards.map((rule, index) => ({ name: `${behavior.name}${index}`, rule }))

/** Does a behavior with a row, if the caller may; undefined when the row is gone afterwards. */
export async function doBehavior(
  service: Service,
  collection: Collection,
  caller: Caller,
  id: string,
  behavior: Behavior,
  body: ReadonlyMap<string, unknown>,
): Promise<Written | Refusal | undefined> {
  const rules = guardsOf(behavior)
  const { values: given, faults } = readInput(behavior.input, body)
  if (faults.length > 0) {
    // As far as it can be told without the input, the row comes first.
    const verdict = await mayChange(service.database.query, collection, caller, id, [], noAssignments)
    return verdict.is === 'missing' ? notFound() : invalid(faults)
  }
  const input = Object.fromEntries(given)
  const misled = await relationFaults(service, service.database.query, behavior.input, caller, given)
  if (misled.length > 0) return invalid(misled)
  if (behavior.type === 'delete') return removeRow(service, collection, caller, id, rules, behavior.emits, input)
  const assignments = assignmentsOf(behavior, collection, caller, input)
  return changeRow(service, collection, caller, id, rules, assignments, behavior.emits)
}

export async function behave(
  service: Service,
  call: Call,
  collection: Collection,
  id: string,
  behavior: Behavior,
): Promise<Outcome> {
  const hopeless = refuseHopeless(
    guardsOf(behavior).map(({ rule }) => rule),
    call.caller,
  )
  if (hopeless) return hopeless
  const body = await readObject(call.request)
  if (isRefusal(body)) return body
  const done = await doBehavior(service, collection, call.caller, id, behavior, body)
  if (done === undefined) return { status: 204 }
  return isRefusal(done) ? done : written(id, done)
}
