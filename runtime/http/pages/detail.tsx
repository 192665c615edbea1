// The page of one row, and what its buttons do.

import { sql } from '../../../expr/index.ts'
import type { Named } from '../../database/records/change.ts'
import type { Collection } from '../../database/records/collection.ts'
import { given } from '../../database/records/collection.ts'
import { allHold, columnOf } from '../../database/records/guard.ts'
import { readList, readOne } from '../../database/records/read.ts'
import type { Behavior } from '../../truth/app.ts'
import { DetailPage, type DetailProps, type RelatedList } from '../../ui/detail.tsx'
import { type RowValues, rowLabel } from '../../ui/model.ts'
import { refuseHopeless } from '../api/access.ts'
import { deleteById, doBehavior, guardsOf } from '../api/change.ts'
import type { Outcome } from '../call.ts'
import { isRefusal, notFound, signInFirst } from '../refusal.ts'
import { formValues, readForm } from './form-body.ts'
import { baseOf, frameOf, mayBrowse } from './frame.ts'
import { hrefs, newHref } from './list.tsx'
import { allowed, choicesFor, labelsFor, rowOf } from './lookup.ts'
import { afterwards, offeredOf } from './offers.ts'
import { type Pages, redirect } from './pages.ts'
import { faultsOf, page } from './render.tsx'

/** Rows of a related list that the page shows. */
const mostRelated = 20

/** Those of the fields with a `read` rule that the caller may not see on this row. */
async function closedFields({ service, call }: Pages, collection: Collection, id: string): Promise<Set<string>> {
  const guarded = [...collection.entity.fields.values()].filter(({ read, relation }) => read && relation?.inverse)
  const asked = new Map(guarded.map(({ name, read }) => [name, [{ name: `see ${name}`, rule: read }]] as const))
  const open = await allowed(service, collection, call.caller, id, asked)
  return new Set(guarded.map(({ name }) => name).filter((name) => !open.has(name)))
}

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

export type DetailOptions = {
  /** What the page offers, instead of what its entity says. */
  readonly actions?: readonly string[] | undefined
  readonly tried?: DetailProps['tried']
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
  const names = offeredOf(entity, actions ?? entity.ui.detailActions)
  const may = await possible(pages, collection, id, names)
  const behaviors = names.flatMap((name) => (may.has(name) ? (entity.behaviors.get(name) ?? []) : []))
  const choices = new Map<string, readonly { id: string; label: string }[]>()
  for (const behavior of behaviors) {
    const found = await choicesFor(service, call.caller, behavior.input.values(), {}, `${behavior.name}.`)
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
    related: await relatedLists(pages, collection, row),
    tried,
  }
  return page(<DetailPage {...props} />, tried ? 422 : 200)
}

export async function deletePost(pages: Pages, collection: Collection, id: string): Promise<Outcome> {
  const form = await readForm(pages.call.request)
  if (isRefusal(form)) return form
  const refused = await deleteById(pages.service, collection, pages.call.caller, id)
  return refused ?? redirect(afterwards(form, baseOf(collection.entity)))
}

export async function behaviorPost(
  pages: Pages,
  collection: Collection,
  id: string,
  behavior: Behavior,
): Promise<Outcome> {
  const { service, call } = pages
  const hopeless = refuseHopeless(
    guardsOf(behavior).map(({ rule }) => rule),
    call.caller,
  )
  if (hopeless) return hopeless
  const form = await readForm(call.request)
  if (isRefusal(form)) return form
  const shown = { ...form, all: (name: string) => (name === '_shown' ? [...behavior.input.keys()] : form.all(name)) }
  const body = formValues(behavior.input.values(), shown)
  const done = await doBehavior(service, collection, call.caller, id, behavior, body)
  if (done === undefined) return redirect(afterwards(form, baseOf(collection.entity)))
  if (isRefusal(done)) {
    if (done.status !== 422) return done
    const tried = { behavior: behavior.name, faults: faultsOf(done, behavior.input.keys()) }
    return detailPage(pages, collection, id, { tried })
  }
  return redirect(afterwards(form, `${baseOf(collection.entity)}/${encodeURIComponent(id)}`))
}
