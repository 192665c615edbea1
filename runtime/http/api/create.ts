// POST: a new row.

import type { Transaction } from '../../database/database.ts'
import { type Caller, contextOf } from '../../database/records/caller.ts'
import { type Named, runnerOf, type Values } from '../../database/records/change.ts'
import type { Collection } from '../../database/records/collection.ts'
import { mayCreate } from '../../database/records/decide.ts'
import { insertRow, type Written } from '../../database/records/write.ts'
import type { Entity, Rule } from '../../truth/app.ts'
import { type Call, json, type Outcome } from '../call.ts'
import { etagOf } from '../etag.ts'
import { readObject } from '../json-body.ts'
import { forbidden, invalid, isRefusal, type Refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { defaultValue, readValues } from '../values.ts'
import { becauseOf, refuse, refuseHopeless } from './access.ts'
import { fieldRules, refuseOwnerChange } from './field-rules.ts'
import { newId } from './new-id.ts'
import { relationFaults } from './related.ts'

/** Every column of a new row: what was given, defaults, and what the runtime sets. */
function completeRow(
  entity: Entity,
  values: Values,
  id: string,
  now: string,
  user: string | null,
): Map<string, unknown> {
  const row = new Map<string, unknown>()
  for (const field of entity.fields.values()) {
    if (field.name === 'id') row.set('id', id)
    else if (field.name === 'createdAt' || field.name === 'updatedAt') row.set(field.name, now)
    else if (values.has(field.name)) row.set(field.name, values.get(field.name))
    else if (!field.relation || !field.many) row.set(field.name, defaultValue(field, now, user, newId))
  }
  return row
}

/** Required fields that defaults did not fill, such as an owner when nobody is signed in. */
function missingFaults(entity: Entity, row: Values): Refusal | undefined {
  const missing = [...entity.fields.values()].filter(
    (field) => field.required && !(field.relation && field.many) && (row.get(field.name) ?? null) === null,
  )
  return missing.length === 0
    ? undefined
    : invalid(missing.map(({ name }) => ({ path: name, code: 'required', message: 'is required' })))
}

/** A rule about the caller alone is decided before the body is looked at. */
function refuseByCaller(rule: Rule | undefined, entity: Entity, caller: Caller): Refusal | undefined {
  if (!rule) return forbidden(`You may not create ${entity.labelPlural.toLowerCase()}.`)
  if (rule.readsRow || rule.followsRelations || rule.expression.evaluate(contextOf(caller))) return undefined
  const because = becauseOf(rule, () => contextOf(caller))
  return forbidden(`You may not create ${entity.labelPlural.toLowerCase()}.`, because)
}

/** Checks and stores a new row inside a transaction. `rules` are those of the action; fields add their own. */
export async function storeNew(
  service: Service,
  tx: Transaction,
  collection: Collection,
  caller: Caller,
  values: Values,
  rules: readonly Named[],
): Promise<(Written & { readonly id: string }) | Refusal> {
  const { entity } = collection
  const id = newId()
  const row = completeRow(entity, values, id, caller.now, caller.user?.id ?? null)
  const missing = missingFaults(entity, row) ?? refuseOwnerChange(entity, values, caller)
  if (missing) return missing
  const runner = runnerOf(tx)
  const faults = await relationFaults(service, runner, entity.fields, caller, values)
  if (faults.length > 0) return invalid(faults)
  const verdict = await mayCreate(runner, collection, caller, row, [...rules, ...fieldRules(entity, values)])
  const refused = refuse(verdict, entity, caller)
  if (refused) return refused
  const { row: visible, snapshot } = await insertRow(tx, collection, caller, id, row)
  return { id, row: visible, snapshot }
}

/** Whether the caller may possibly create rows here; a refusal when certainly not. */
export function refuseCreate(collection: Collection, caller: Caller): Refusal | undefined {
  const rule = collection.entity.permissions.get('create')
  return refuseHopeless([rule], caller) ?? refuseByCaller(rule, collection.entity, caller)
}

/** Makes a row of the given values, if the caller may. */
export async function createRow(
  service: Service,
  collection: Collection,
  caller: Caller,
  body: ReadonlyMap<string, unknown>,
): Promise<(Written & { readonly id: string }) | Refusal> {
  const { values, faults } = readValues(collection.entity, body, 'create')
  if (faults.length > 0) return invalid(faults)
  const rules: Named[] = [{ name: 'create', rule: collection.entity.permissions.get('create') }]
  return service.database.transaction((tx) => storeNew(service, tx, collection, caller, values, rules))
}

export async function create(service: Service, call: Call, collection: Collection): Promise<Outcome> {
  const refused = refuseCreate(collection, call.caller)
  if (refused) return refused
  const body = await readObject(call.request)
  if (isRefusal(body)) return body
  const made = await createRow(service, collection, call.caller, body)
  if (isRefusal(made)) return made
  const location = `${service.app.settings.api.prefix}/${collection.entity.path}/${made.id}`
  // A row that its maker may not read is told by its id alone.
  const row = made.row ?? JSON.stringify({ id: made.id })
  return json(201, row, { Location: location, ETag: etagOf(row) })
}
