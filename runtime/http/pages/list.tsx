// The list page of an entity or a list view.

import { reachOf } from '../../database/records/caller.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { Projection } from '../../database/records/projection.ts'
import { type ListQuery, type Order, type Page, readList } from '../../database/records/read.ts'
import { ListPage } from '../../ui/list.tsx'
import { listColumns } from '../../ui/model.ts'
import { refuseHopeless } from '../api/access.ts'
import { refuseCreate } from '../api/create.ts'
import { encodeCursor, readListQuery } from '../api/list-query.ts'
import { nameable } from '../api/names.ts'
import { restore } from '../api/restore.ts'
import type { Call, Outcome } from '../call.ts'
import { isRefusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { findProps, isWordless, withoutEmpty } from './find.ts'
import { baseOf, frameOf, mayBrowse } from './frame.ts'
import { labelsFor, rowOf } from './lookup.ts'
import { offeredOf } from './offers.ts'
import { type Pages, redirect } from './pages.ts'
import { page } from './render.tsx'
import { inOrder, type ViewData } from './view-data.ts'

export type ListOptions = {
  readonly title?: string
  readonly columns?: readonly string[] | undefined
  /** The fields that it can be narrowed down by. */
  readonly filters?: readonly string[] | undefined
  /** What is offered beside each row. */
  readonly actions?: readonly string[] | undefined
  /** The rows that a view asks for. */
  readonly data?: ViewData | undefined
}

/** Where a row is shown, for callers who may browse its entity. */
export const hrefs =
  (service: Service, call: Call) =>
  (entity: string, id: string): string | undefined => {
    const collection = service.byName.get(entity)
    return collection && mayBrowse(collection, call)
      ? `${baseOf(collection.entity)}/${encodeURIComponent(id)}`
      : undefined
  }

export const newHref = (collection: Collection, call: Call): string | undefined =>
  refuseCreate(collection, call.caller) === undefined ? `${baseOf(collection.entity)}/new` : undefined

/** Whether there may be deleted rows that the caller may take back. */
const mayRestore = ({ entity: { softDelete, permissions, behaviors } }: Collection, { caller }: Call): boolean =>
  softDelete &&
  !behaviors.has('restore') &&
  ['read', 'delete'].every((name) => reachOf(permissions.get(name), caller) !== 'none')

export async function restorePost({ service, call }: Pages, collection: Collection, id: string): Promise<Outcome> {
  const restored = await restore(service, call, collection, id)
  return isRefusal(restored) ? restored : redirect(`${baseOf(collection.entity)}/${encodeURIComponent(id)}`)
}

/** What was asked, in the order of the view where none was asked for and columns alone make it. */
function sorted(query: URLSearchParams, data: ViewData | undefined): URLSearchParams {
  const order = data?.order ?? []
  if (order.length === 0 || query.has('sort') || leadsAway(order)) return query
  const asked = new URLSearchParams(query)
  asked.set('sort', order.map(({ field, descending }) => (descending ? `-${field}` : field)).join())
  return asked
}

/** Whether the order looks at other rows, so that pages are counted: no cursor holds what is in them. */
const leadsAway = (order: readonly Order[]): boolean => order.some(({ by }) => by !== undefined)

const withActions: Projection = { key: 'actions', expand: new Map(), can: true }

/** The query of a list, with what the view asks for. */
function queryOf(asked: ListQuery, query: URLSearchParams, data: ViewData | undefined): ListQuery {
  if (!data) return asked
  return {
    ...asked,
    shape: `${data.shape} ${asked.shape}`,
    conditions: [...data.conditions, ...asked.conditions],
    limit: data.limit ?? asked.limit,
    ...(leadsAway(data.order) && !query.has('sort') && { order: inOrder(data.order) }),
  }
}

export async function listPage(pages: Pages, collection: Collection, options: ListOptions): Promise<Outcome> {
  const { service, call } = pages
  const { entity } = collection
  const refused = refuseHopeless([entity.permissions.get('read')], call.caller)
  if (refused) return refused
  const { data } = options
  const asked = withoutEmpty(call.query)
  const nothing = isWordless(entity, call.caller, asked)
  const answered = new URLSearchParams(asked)
  if (nothing) answered.delete('search')
  const request = readListQuery(service.app, collection, call.caller, sorted(answered, data))
  if (isRefusal(request)) return request
  const ofDeleted = request.query.deleted === true
  const declared = options.actions ?? entity.ui.listActions ?? []
  const actions = ofDeleted ? [] : offeredOf(entity, declared)
  const query = {
    ...queryOf(request.query, asked, data),
    ...(actions.length > 0 && { projection: withActions }),
  }
  const found: Page = nothing ? { rows: [] } : await readList(service.database.query, collection, call.caller, query)
  const rows = found.rows.map(rowOf)
  const columns = listColumns(entity, options.columns)
  const fields = columns.map((name) => entity.fields.get(name)).filter((field) => field !== undefined)
  const heading = options.title ?? entity.labelPlural
  const withParameter = (name: string, value: string | undefined): string => {
    const query = new URLSearchParams(asked)
    query.delete('after')
    query.delete('offset')
    if (value !== undefined) query.set(name, value)
    return query.size > 0 ? `${call.path}?${query}` : call.path
  }
  const { sortable: sorting } = entity.ui
  const sortable = fields.filter(
    (field) =>
      !field.many &&
      field.type !== 'json' &&
      (sorting?.includes(field.name) ?? true) &&
      nameable(entity, field.name, call.caller),
  )
  const more = found.next && data?.limit === undefined ? found.next : undefined
  const counted = leadsAway(query.order)
  return page(
    <ListPage
      frame={frameOf(service, call, heading, pages.problems)}
      entity={entity}
      heading={ofDeleted ? `Deleted ${heading.toLowerCase()}` : heading}
      sortHref={(sort) => withParameter('sort', sort)}
      columns={columns}
      sortable={new Set(sortable.map(({ name }) => name))}
      sort={asked.get('sort') ?? ''}
      find={await findProps(service, call, collection, asked, options.filters, fields)}
      rows={rows}
      actions={actions}
      here={asked.size > 0 ? `${call.path}?${asked}` : call.path}
      base={baseOf(entity)}
      labels={await labelsFor(service, call.caller, fields, rows)}
      hrefOf={hrefs(service, call)}
      newHref={ofDeleted ? undefined : newHref(collection, call)}
      others={
        mayRestore(collection, call)
          ? ofDeleted
            ? { label: 'Back', href: call.path }
            : { label: 'Deleted', href: `${call.path}?deleted=true` }
          : undefined
      }
      restoreHref={ofDeleted ? (id) => `${baseOf(entity)}/${encodeURIComponent(id)}/restore` : undefined}
      next={
        more &&
        (counted
          ? withParameter('offset', String(query.offset + query.limit))
          : withParameter('after', encodeCursor(request.query.order, more)))
      }
      first={asked.has('after') || asked.has('offset') ? withParameter('after', undefined) : undefined}
    />,
  )
}
