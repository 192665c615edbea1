// The pages to create and to edit a row.

import { contextOf } from '../../database/records/caller.ts'
import { type Named, noAssignments } from '../../database/records/change.ts'
import type { Collection } from '../../database/records/collection.ts'
import { mayChange } from '../../database/records/decide.ts'
import { readOne } from '../../database/records/read.ts'
import type { Field } from '../../truth/app.ts'
import { FormPage } from '../../ui/form.tsx'
import { type Faults, type RowValues, rowLabel, type Typed } from '../../ui/model.ts'
import { refuse, refuseHopeless } from '../api/access.ts'
import { changeValues } from '../api/change.ts'
import { createRow, refuseCreate } from '../api/create.ts'
import type { Outcome } from '../call.ts'
import { isRefusal, notFound, type Refusal } from '../refusal.ts'
import { defaultValue, readValues } from '../values.ts'
import { conflictsAsFaults, isMendable } from './conflict.ts'
import { formValues, readForm, refuseUnread, typedJson } from './form-body.ts'
import { baseOf, frameOf } from './frame.ts'
import { allowed, choicesFor, formFields, rowOf } from './lookup.ts'
import { type Pages, redirect } from './pages.ts'
import { faultsOf, page } from './render.tsx'

type Values = { readonly [field: string]: unknown }

type Filled = { readonly values: Values; readonly faults: Faults; readonly typed?: Typed; readonly status: number }

const fresh = (values: Values): Filled => ({ values, faults: new Map(), status: 200 })

/** Fields of a new row that the caller may set, as far as that can be told before there is a row. */
function createFields(pages: Pages, collection: Collection): Field[] {
  const context = contextOf(pages.call.caller, {})
  return formFields(collection.entity, 'create').filter((field) => {
    const rule = field.update
    return !rule || rule.readsRow || rule.followsRelations || rule.expression.evaluate(context)
  })
}

async function showCreate(pages: Pages, collection: Collection, filled: Filled): Promise<Outcome> {
  const { service, call } = pages
  const { entity } = collection
  const fields = createFields(pages, collection)
  const heading = `New ${entity.label.toLowerCase()}`
  return page(
    <FormPage
      frame={frameOf(service, call, heading, pages.problems)}
      entity={entity}
      heading={heading}
      action={`${baseOf(entity)}/new`}
      back={baseOf(entity)}
      submit="Create"
      fields={fields}
      values={filled.values}
      faults={filled.faults}
      typed={filled.typed}
      choices={await choicesFor(service, call.caller, fields, filled.values)}
    />,
    filled.status,
  )
}

export async function createPage(pages: Pages, collection: Collection): Promise<Outcome> {
  const { call } = pages
  const refused = refuseCreate(collection, call.caller)
  if (refused) return refused
  const values: Record<string, unknown> = {}
  for (const field of createFields(pages, collection)) {
    if (field.relation && field.many) continue
    values[field.name] = defaultValue(field, call.caller.now, call.caller.user?.id ?? null, () => '')
    // A link such as “add a comment to this post” fills in the relation.
    const preset = call.query.get(field.name)
    if (preset !== null) values[field.name] = preset
  }
  return showCreate(pages, collection, fresh(values))
}

const refill = (
  refused: Refusal,
  body: ReadonlyMap<string, unknown>,
  typed: Typed,
  fields: readonly Field[],
  row: Values = {},
): Filled => ({
  values: { ...row, ...Object.fromEntries(body) },
  faults: faultsOf(
    refused,
    fields.map(({ name }) => name),
  ),
  typed,
  status: refused.status,
})

export async function createPost(pages: Pages, collection: Collection): Promise<Outcome> {
  const { service, call } = pages
  const refused = refuseCreate(collection, call.caller)
  if (refused) return refused
  const form = await readForm(call.request)
  if (isRefusal(form)) return form
  const fields = createFields(pages, collection)
  const body = formValues(fields, form)
  // What was left empty takes its default, as when it is not given at all.
  const given = new Map([...body].filter(([, value]) => value !== null))
  const typed = typedJson(fields, form)
  const made =
    refuseUnread(typed, () => readValues(collection.entity, given, 'create').faults) ??
    (await conflictsAsFaults(pages, () => createRow(service, collection, call.caller, given)))
  if (!isRefusal(made)) {
    return redirect(
      made.row === undefined
        ? baseOf(collection.entity)
        : `${baseOf(collection.entity)}/${encodeURIComponent(made.id)}`,
    )
  }
  return isMendable(made) ? showCreate(pages, collection, refill(made, body, typed, fields)) : made
}

/** The row and the fields of it that the caller may set. */
async function editable(
  pages: Pages,
  collection: Collection,
  id: string,
): Promise<{ row: RowValues; fields: Field[] } | Refusal> {
  const { service, call } = pages
  const update: Named = { name: 'update', rule: collection.entity.permissions.get('update') }
  const hopeless = refuseHopeless([update.rule], call.caller)
  if (hopeless) return hopeless
  const verdict = await mayChange(service.database.query, collection, call.caller, id, [update], noAssignments)
  const refused = refuse(verdict, collection.entity, call.caller)
  if (refused) return refused
  const text = await readOne(service.database.query, collection, call.caller, id)
  if (text === undefined) return notFound()
  const row = rowOf(text)
  const candidates = formFields(collection.entity, 'edit').filter((field) => field.name in row)
  const asked = new Map(
    candidates.filter((field) => field.update).map((field) => [field.name, [{ name: field.name, rule: field.update }]]),
  )
  const may = await allowed(service, collection, call.caller, id, asked)
  return { row, fields: candidates.filter((field) => !field.update || may.has(field.name)) }
}

async function showEdit(
  pages: Pages,
  collection: Collection,
  row: RowValues,
  fields: readonly Field[],
  filled: Filled,
): Promise<Outcome> {
  const { service, call } = pages
  const { entity } = collection
  const heading = `Edit ${rowLabel(entity, row)}`
  const address = `${baseOf(entity)}/${encodeURIComponent(row.id)}`
  return page(
    <FormPage
      frame={frameOf(service, call, heading, pages.problems)}
      entity={entity}
      heading={heading}
      action={`${address}/edit`}
      back={address}
      submit="Save"
      fields={fields}
      values={filled.values}
      faults={filled.faults}
      typed={filled.typed}
      choices={await choicesFor(service, call.caller, fields, filled.values)}
      stored={row}
    />,
    filled.status,
  )
}

export async function editPage(pages: Pages, collection: Collection, id: string): Promise<Outcome> {
  const found = await editable(pages, collection, id)
  return isRefusal(found) ? found : showEdit(pages, collection, found.row, found.fields, fresh(found.row))
}

export async function editPost(pages: Pages, collection: Collection, id: string): Promise<Outcome> {
  const { service, call } = pages
  const found = await editable(pages, collection, id)
  if (isRefusal(found)) return found
  const form = await readForm(call.request)
  if (isRefusal(form)) return form
  const body = formValues(found.fields, form)
  const done = redirect(`${baseOf(collection.entity)}/${encodeURIComponent(id)}`)
  const typed = typedJson(found.fields, form)
  const unread = refuseUnread(typed, () => readValues(collection.entity, body, 'change').faults)
  if (body.size === 0 && !unread) return done
  const changed =
    unread ?? (await conflictsAsFaults(pages, () => changeValues(service, collection, call.caller, id, body, 'change')))
  if (!isRefusal(changed)) return done
  return isMendable(changed)
    ? showEdit(pages, collection, found.row, found.fields, refill(changed, body, typed, found.fields, found.row))
    : changed
}
