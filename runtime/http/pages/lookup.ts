// Rows for pages: labels of related rows, rows to choose from, and what the caller may do with a row.

import { joinSql, sql } from '../../../expr/index.ts'
import type { Caller } from '../../database/records/caller.ts'
import { type Assignments, type Named, noAssignments } from '../../database/records/change.ts'
import { type Collection, given } from '../../database/records/collection.ts'
import { mayChange } from '../../database/records/decide.ts'
import { columnOf } from '../../database/records/guard.ts'
import { type ListQuery, readList } from '../../database/records/read.ts'
import type { Entity, Field } from '../../truth/app.ts'
import { type Choices, type Labels, nameField, type RowValues, rowLabel } from '../../ui/model.ts'
import { nameable } from '../api/names.ts'
import type { Service } from '../service.ts'

/** Rows that a drop-down offers at most. */
const mostChoices = 200

export const rowOf = (text: string): RowValues => JSON.parse(text) as RowValues

const byId = { order: [{ field: 'id', descending: false }], offset: 0 } as const

async function rowsByIds(
  service: Service,
  target: Collection,
  caller: Caller,
  ids: readonly string[],
): Promise<RowValues[]> {
  if (ids.length === 0) return []
  const slots = ids.map((_, index) => given(`id${index}`))
  const query: ListQuery = {
    ...byId,
    shape: `ids ${ids.length}`,
    conditions: [sql`${columnOf(target.entity, 'id')} IN (${joinSql(slots, ', ')})`],
    given: Object.fromEntries(ids.map((id, index) => [`id${index}`, id])),
    limit: ids.length,
  }
  const page = await readList(service.database.query, target, caller, query)
  return page.rows.map(rowOf)
}

/** What rows are called, by id, as far as the caller may read them. */
async function labelsOf(
  service: Service,
  target: Collection,
  caller: Caller,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const labels = new Map<string, string>()
  for (let start = 0; start < ids.length; start += 100) {
    const found = await rowsByIds(service, target, caller, ids.slice(start, start + 100))
    for (const row of found) labels.set(row.id, rowLabel(target.entity, row))
  }
  return labels
}

/** What the rows that these rows refer to are called, as far as the caller may read them. */
export async function labelsFor(
  service: Service,
  caller: Caller,
  fields: Iterable<Field>,
  rows: readonly RowValues[],
): Promise<Labels> {
  const wanted = new Map<string, Set<string>>()
  for (const field of fields) {
    if (!field.relation) continue
    const ids = wanted.get(field.relation.to) ?? new Set<string>()
    for (const row of rows) {
      const value = row[field.name]
      for (const id of Array.isArray(value) ? value : [value]) if (typeof id === 'string') ids.add(id)
    }
    wanted.set(field.relation.to, ids)
  }
  const labels = new Map<string, string>()
  for (const [entity, ids] of wanted) {
    const target = service.byName.get(entity)
    if (target) for (const [id, label] of await labelsOf(service, target, caller, [...ids])) labels.set(id, label)
  }
  return labels
}

/** Rows that a relation may be set to, by name; the present ones are always among them. */
export async function choicesFor(
  service: Service,
  caller: Caller,
  fields: Iterable<Field>,
  values: { readonly [field: string]: unknown },
  prefix = '',
): Promise<Map<string, Choices>> {
  const choices = new Map<string, Choices>()
  for (const field of fields) {
    const target = service.byName.get(field.relation?.to ?? '')
    if (!target) continue
    // What the caller may not name would be told by the order.
    const name = nameable(target.entity, nameField(target.entity)?.name ?? '', caller)
    const order = [...(name ? [{ field: name.name, descending: false }] : []), ...byId.order]
    const page = await readList(service.database.query, target, caller, {
      ...byId,
      order,
      shape: '',
      conditions: [],
      given: {},
      limit: mostChoices,
    })
    const rows = page.rows.map(rowOf)
    const value = values[field.name]
    const present = (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string')
    const absent = present.filter((id) => !rows.some((row) => row.id === id))
    const labels = await labelsOf(service, target, caller, absent)
    const offered = [
      ...rows.map((row) => ({ id: row.id, label: rowLabel(target.entity, row) })),
      ...absent.map((id) => ({ id, label: labels.get(id) ?? '(not shown to you)' })),
    ]
    choices.set(prefix + field.name, { offered, cutAt: page.next && mostChoices })
  }
  return choices
}

/** Which of these the caller may do with the row; each is asked by itself. */
export async function allowed(
  service: Service,
  collection: Collection,
  caller: Caller,
  id: string,
  asked: ReadonlyMap<string, readonly Named[]>,
  assignments: Assignments = noAssignments,
): Promise<ReadonlySet<string>> {
  const yes = new Set<string>()
  for (const [name, rules] of asked) {
    const verdict = await mayChange(service.database.query, collection, caller, id, rules, assignments)
    if (verdict.is === 'allowed') yes.add(name)
  }
  return yes
}

/** Fields that a form can set at all, in the order of the entity or of its declared form. */
export function formFields(entity: Entity, mode: 'create' | 'edit'): Field[] {
  const settable = [...entity.fields.values()].filter(
    (field) =>
      !field.system &&
      !field.readonly &&
      field.relation?.inverse === undefined &&
      !(mode === 'edit' && (field.immutable || field.secret)) &&
      // The owner is filled in; only a field with a rule of its own can be somebody else's.
      !(field.default?.kind === 'user' && !field.update),
  )
  const order = entity.ui.formFields
  return order
    ? settable.filter(({ name }) => order.includes(name)).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    : settable
}
