// Declared views: a list, a board or a calendar of rows, the page of a row, a form, at an address of their own.

import { compileQuery } from '../../../expr/index.ts'
import type { Collection } from '../../database/records/collection.ts'
import { type ListQuery, type Order, readList } from '../../database/records/read.ts'
import type { App, View } from '../../truth/app.ts'
import { labelOf } from '../../truth/model/names.ts'
import { BoardPage, type Lane } from '../../ui/board.tsx'
import { type Labels, listColumns, nameField, type RowValues } from '../../ui/model.ts'
import { refuseHopeless } from '../api/access.ts'
import { isGet, type Outcome } from '../call.ts'
import { forbidden, noSuchAddress, otherMethod, signInFirst } from '../refusal.ts'
import { detailPage } from './detail.tsx'
import { createPage, createPost, editPage, editPost } from './form.tsx'
import { frameOf, mayOpen } from './frame.ts'
import { hrefs, listPage, newHref, type ViewData } from './list.tsx'
import { labelsFor, rowOf } from './lookup.ts'
import type { Pages } from './pages.ts'
import { page } from './render.tsx'

/** Cards that a board shows at most. */
const mostCards = 500

/** The view at an address, and the id in it. */
export function matchView(
  app: App,
  path: string,
): { readonly view: View; readonly id: string | undefined } | undefined {
  const parts = path.replace(/(.)\/$/, '$1').split('/')
  for (const view of app.views.values()) {
    const route = view.route.replace(/(.)\/$/, '$1').split('/')
    if (route.length !== parts.length) continue
    const at = route.findIndex((part) => part.startsWith(':'))
    if (!route.every((part, index) => part.startsWith(':') || part === parts[index])) continue
    try {
      const id = at < 0 ? undefined : decodeURIComponent(parts[at] ?? '')
      return id?.includes('\0') || id?.isWellFormed() === false ? undefined : { view, id }
    } catch {
      return undefined
    }
  }
  return undefined
}

export async function handleView(pages: Pages, view: View, id: string | undefined): Promise<Outcome> {
  const { service, call } = pages
  const collection = service.byName.get(view.entity ?? '')
  if (!mayOpen(view, call)) return call.caller.user ? forbidden('You may not open this page.') : signInFirst()
  if (!collection) return noSuchAddress()
  const post = call.method === 'POST'
  if (!isGet(call) && !(post && view.type === 'form'))
    return otherMethod({ GET: true, ...(view.type === 'form' && { POST: true }) })
  switch (view.type) {
    case 'list':
      return listPage(pages, collection, {
        title: view.title,
        columns: view.columns,
        data: dataOf(service.app, view),
      })
    case 'detail':
      return id === undefined ? noSuchAddress() : detailPage(pages, collection, id)
    case 'form':
      if (id === undefined) return post ? createPost(pages, collection) : createPage(pages, collection)
      return post ? editPost(pages, collection, id) : editPage(pages, collection, id)
    case 'kanban':
    case 'calendar':
      return board(pages, view, collection)
    default:
      return noSuchAddress()
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The rows that a view's `data` asks for. An order by fields of other rows is left out. */
function dataOf(app: App, view: View): ViewData {
  const data = text(view.options.data)
  const compiled = data === undefined ? undefined : compileQuery(data, app.schema)
  const query = compiled?.ok ? compiled.query : undefined
  const order = query?.orderBy.map(({ path, descending }) => ({ field: path.join('.'), descending })) ?? []
  return {
    shape: `view ${view.name}`,
    conditions: query?.where ? [query.where.toSql({ mode: 'decision' })] : [],
    order: order.filter(({ field }) => !field.includes('.')),
    limit: query?.limit === undefined ? undefined : Math.min(query.limit, mostCards),
  }
}

/** The rows of a view that shows all of them. */
function queryOf(app: App, view: View, fallback: readonly Order[]): ListQuery {
  const { shape, conditions, order, limit = mostCards } = dataOf(app, view)
  const all = [...(order.length > 0 ? order : fallback), { field: 'id', descending: false }]
  return { shape, conditions, given: {}, order: all, limit, offset: 0 }
}

async function board(pages: Pages, view: View, collection: Collection): Promise<Outcome> {
  const { service, call } = pages
  const { entity } = collection
  const refused = refuseHopeless([entity.permissions.get('read')], call.caller)
  if (refused) return refused
  const calendar = view.type === 'calendar'
  const dates = [...entity.fields.values()].find(
    ({ type, many, system }) => (type === 'date' || type === 'datetime') && !many && !system,
  )
  const by = text(view.options[calendar ? 'dateField' : 'groupBy']) ?? (calendar ? dates?.name : undefined)
  const query = queryOf(service.app, view, calendar && by !== undefined ? [{ field: by, descending: false }] : [])
  const found = await readList(service.database.query, collection, call.caller, query)
  const rows = found.rows.map(rowOf)
  const labels = await labelsFor(service, call.caller, entity.fields.values(), rows)
  const declared = view.options.cardFields
  const titleField = text(view.options.titleField) ?? nameField(entity)?.name
  const cards = Array.isArray(declared) ? declared.map(String) : listColumns(entity, undefined).slice(1, 4)
  return page(
    <BoardPage
      frame={frameOf(service, call, view.title, pages.problems)}
      entity={entity}
      heading={view.title}
      lanes={calendar ? days(rows, by) : lanes(collection, rows, by, labels)}
      cardFields={cards.filter((name) => name !== by && name !== titleField)}
      titleField={titleField}
      labels={labels}
      hrefOf={hrefs(service, call)}
      newHref={newHref(collection, call)}
      across={!calendar}
      more={found.next !== undefined}
    />,
  )
}

function lanes({ entity }: Collection, rows: readonly RowValues[], by: string | undefined, labels: Labels): Lane[] {
  const field = by === undefined ? undefined : entity.fields.get(by)
  if (!field) return [{ label: entity.labelPlural, rows }]
  const groups = new Map<string, RowValues[]>((field.options ?? []).map((option) => [option, []]))
  const rest: RowValues[] = []
  for (const row of rows) {
    const value = row[field.name]
    if (value === null || value === undefined) rest.push(row)
    else groups.set(String(value), [...(groups.get(String(value)) ?? []), row])
  }
  const label = (key: string): string =>
    field.type === 'relation'
      ? (labels.get(key) ?? 'Not visible')
      : field.type === 'boolean'
        ? key === 'true'
          ? 'Yes'
          : 'No'
        : labelOf(key)
  const named = [...groups].map(([key, group]) => ({ label: label(key), rows: group }))
  return rest.length > 0 ? [...named, { label: `No ${field.label.toLowerCase()}`, rows: rest }] : named
}

function days(rows: readonly RowValues[], by: string | undefined): Lane[] {
  const groups = new Map<string, RowValues[]>()
  for (const row of rows) {
    const value = by === undefined ? undefined : row[by]
    const day = typeof value === 'string' ? value.slice(0, 10) : 'No date'
    groups.set(day, [...(groups.get(day) ?? []), row])
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([label, group]) => ({ label, rows: group }))
}
