// The page of one row, and its deletion.

import { sql } from '../../../expr/index.ts'
import type { Caller } from '../../database/records/caller.ts'
import type { Named } from '../../database/records/change.ts'
import type { Collection } from '../../database/records/collection.ts'
import { given } from '../../database/records/collection.ts'
import { allHold, columnOf } from '../../database/records/guard.ts'
import { readList, readOne } from '../../database/records/read.ts'
import type { Field } from '../../truth/app.ts'
import { DetailPage, type DetailProps, type RelatedList } from '../../ui/detail.tsx'
import { type Choices, type RowValues, rowLabel } from '../../ui/model.ts'
import { refuseHopeless } from '../api/access.ts'
import { deleteById } from '../api/change.ts'
import { nameable } from '../api/names.ts'
import type { Call, Outcome } from '../call.ts'
import { isRefusal, notFound, type Refusal, signInFirst } from '../refusal.ts'
import { defaultValue } from '../values.ts'
import { readForm } from './form-body.ts'
import { baseOf, frameOf, mayBrowse } from './frame.ts'
import { hrefs, newHref } from './list.tsx'
import { allowed, choicesFor, labelsFor, rowOf } from './lookup.ts'
import { afterwards, offeredOf } from './offers.ts'
import { type Pages, redirect } from './pages.ts'
import { page } from './render.tsx'

/** Rows of a related list that the page shows. */
const mostRelated = 20

/** Those of the fields with a `read` rule that the caller may not see on this row. */
async function closedFields({ service, call }: Pages, collection: Collection, id: string): Promise<Set<string>> {
  const guarded = [...collection.entity.fields.values()].filter(({ read, relation }) => read && relation?.inverse)
  const asked = new Map(guarded.map(({ name, read }) => [name, [{ name: `see ${name}`, rule: read }]] as const))
  const open = await allowed(service, collection, call.caller, id, asked)
  return new Set(guarded.map(({ name }) => name).filter((name) => !open.has(name)))
}

/** The list of the rows whose field has this value, for those who may ask for it. */
const narrowed = ({ entity }: Collection, { caller }: Call, field: string, value: string): string | undefined =>
  nameable(entity, field, caller) && `${baseOf(entity)}?${new URLSearchParams({ [field]: value })}`

async function relatedLists(pages: Pages, collection: Collection, row: RowValues): Promise<RelatedList[]> {
  const { service, call } = pages
  const lists: RelatedList[] = []
  const closed = await closedFields(pages, collection, row.id)
  for (const field of collection.entity.fields.values()) {
    const target = service.byName.get(field.relation?.to ?? '')
    const inverse = field.relation?.inverse
    if (!target || inverse === undefined || target.entity.fields.get(inverse)?.many || !mayBrowse(target, call))
      continue
    if (field.secret || closed.has(field.name)) continue
    const tells = field.mirrored ? [allHold([field.mirrored])] : []
    const found = await readList(service.database.query, target, call.caller, {
      shape: `of ${inverse}`,
      conditions: [sql`${columnOf(target.entity, inverse)} = ${given('of')}`, ...tells],
      given: { of: row.id },
      order: [{ field: 'id', descending: true }],
      limit: mostRelated,
      offset: 0,
    })
    const href = newHref(target, call)
    lists.push({
      label: field.label,
      entity: target.entity,
      rows: found.rows.map(rowOf),
      more: found.next !== undefined,
      allHref: narrowed(target, call, inverse, row.id),
      newHref: href && `${href}?${new URLSearchParams({ [inverse]: row.id })}`,
    })
  }
  return lists
}

/** Those of the names of actions and behaviors that the caller may do with the row. */
async function possible(
  pages: Pages,
  collection: Collection,
  id: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const { permissions, behaviors } = collection.entity
  const asked = new Map<string, readonly Named[]>()
  for (const name of names) {
    const behavior = behaviors.get(name)
    // What only the input decides is decided when it is there; where nothing that is put in could help, nothing is offered.
    const rules = behavior ? behavior.offeredIf : [permissions.get(name)]
    const offered = rules.length > 0 ? rules : [undefined]
    asked.set(
      name,
      offered.map((rule, index) => ({ name: `offer ${name}${index}`, rule })),
    )
  }
  return allowed(pages.service, collection, pages.call.caller, id, asked)
}

/** What inputs hold before anything is typed. */
const defaultsOf = (fields: Iterable<Field>, { now, user }: Caller): Tried['values'] =>
  Object.fromEntries([...fields].map((field) => [field.name, defaultValue(field, now, user?.id ?? null, () => '')]))

/** A behavior that was refused, and what was typed into its form. */
export type Tried = NonNullable<DetailProps['tried']> & {
  readonly values: { readonly [input: string]: unknown }
  readonly refused: Refusal
}

export type DetailOptions = {
  /** What the page offers, instead of what its entity says. */
  readonly actions?: readonly string[] | undefined
  readonly tried?: Tried | undefined
}

export async function detailPage(
  pages: Pages,
  collection: Collection,
  id: string,
  { actions, tried }: DetailOptions = {},
): Promise<Outcome> {
  const { service, call } = pages
  const { entity } = collection
  const refused = refuseHopeless([entity.permissions.get('read')], call.caller)
  if (refused) return refused
  const text = await readOne(service.database.query, collection, call.caller, id)
  if (text === undefined) return call.caller.user === null && service.accounts ? signInFirst() : notFound()
  const row = rowOf(text)
  const offered = offeredOf(entity, actions ?? entity.ui.detailActions)
  // What was tried from a view that offers more is shown again all the same.
  const names = tried && !offered.includes(tried.behavior) ? [...offered, tried.behavior] : offered
  const may = await possible(pages, collection, id, names)
  if (tried && !may.has(tried.behavior)) return tried.refused
  const behaviors = names.flatMap((name) => (may.has(name) ? (entity.behaviors.get(name) ?? []) : []))
  const choices = new Map<string, Choices>()
  const inputs = new Map<string, Tried['values']>()
  for (const { name: behavior, input } of behaviors) {
    const values = tried?.behavior === behavior ? tried.values : defaultsOf(input.values(), call.caller)
    inputs.set(behavior, values)
    const found = await choicesFor(service, call.caller, input.values(), values, `${behavior}.`)
    for (const [name, options] of found) choices.set(name, options)
  }
  const props: DetailProps = {
    frame: frameOf(service, call, rowLabel(entity, row), pages.problems),
    entity,
    row,
    base: baseOf(entity),
    labels: await labelsFor(service, call.caller, entity.fields.values(), [row]),
    hrefOf: hrefs(service, call),
    canEdit: may.has('update'),
    canDelete: may.has('delete'),
    behaviors,
    choices,
    inputs,
    related: await relatedLists(pages, collection, row),
    tried,
  }
  return page(<DetailPage {...props} />, tried?.refused.status ?? 200)
}

export async function deletePost(pages: Pages, collection: Collection, id: string): Promise<Outcome> {
  const form = await readForm(pages.call.request)
  if (isRefusal(form)) return form
  const refused = await deleteById(pages.service, collection, pages.call.caller, id)
  return refused ?? redirect(afterwards(form, baseOf(collection.entity)))
}
