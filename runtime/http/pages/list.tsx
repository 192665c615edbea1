// The list page of an entity or a list view.

import { reachOf } from '../../database/records/caller.ts'
import type { Collection } from '../../database/records/collection.ts'
import { readList } from '../../database/records/read.ts'
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
import { baseOf, frameOf, mayBrowse } from './frame.ts'
import { labelsFor, rowOf } from './lookup.ts'
import { type Pages, redirect } from './pages.ts'
import { page } from './render.tsx'

export type ListOptions = {
  readonly title?: string
  readonly columns?: readonly string[] | undefined
  readonly filter?: string
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

export async function listPage(pages: Pages, collection: Collection, options: ListOptions): Promise<Outcome> {
  const { service, call } = pages
  const { entity } = collection
  const refused = refuseHopeless([entity.permissions.get('read')], call.caller)
  if (refused) return refused
  const request = readListQuery(service.app, collection, call.caller, call.query)
  if (isRefusal(request)) return request
  const found = await readList(service.database.query, collection, call.caller, request.query)
  const rows = found.rows.map(rowOf)
  const columns = listColumns(entity, options.columns)
  const fields = columns.map((name) => entity.fields.get(name)).filter((field) => field !== undefined)
  const heading = options.title ?? entity.labelPlural
  const ofDeleted = request.query.deleted === true
  const withParameter = (name: string, value: string | undefined): string => {
    const query = new URLSearchParams(call.query)
    query.delete('after')
    if (value !== undefined) query.set(name, value)
    return query.size > 0 ? `${call.path}?${query}` : call.path
  }
  const sortable = fields.filter(
    (field) => !field.many && field.type !== 'json' && nameable(entity, field.name, call.caller),
  )
  return page(
    <ListPage
      frame={frameOf(service, call, heading, pages.problems)}
      entity={entity}
      heading={ofDeleted ? `Deleted ${heading.toLowerCase()}` : heading}
      sortHref={(sort) => withParameter('sort', sort)}
      columns={columns}
      sortable={new Set(sortable.map(({ name }) => name))}
      sort={call.query.get('sort') ?? ''}
      rows={rows}
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
      next={found.next ? withParameter('after', encodeCursor(request.query.order, found.next)) : undefined}
      first={call.query.has('after') ? withParameter('after', undefined) : undefined}
    />,
  )
}
