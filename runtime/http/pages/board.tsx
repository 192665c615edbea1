// The page of a board or a calendar: all rows of a view, by a field or day by day.

import type { Collection } from '../../database/records/collection.ts'
import { readList } from '../../database/records/read.ts'
import type { View } from '../../truth/app.ts'
import { labelOf } from '../../truth/model/names.ts'
import { BoardPage, type Lane } from '../../ui/board.tsx'
import { displayed, type Labels, listColumns, nameField, type RowValues } from '../../ui/model.ts'
import { refuseHopeless } from '../api/access.ts'
import { nameable } from '../api/names.ts'
import type { Outcome } from '../call.ts'
import { frameOf } from './frame.ts'
import { hrefs, newHref } from './list.tsx'
import { labelsFor, rowOf } from './lookup.ts'
import type { Pages } from './pages.ts'
import { page } from './render.tsx'
import { allOf, inOrder, viewData } from './view-data.ts'

/** Cards that a board shows at most. */
const mostCards = 500

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export async function boardPage(pages: Pages, view: View, collection: Collection): Promise<Outcome> {
  const { service, call } = pages
  const { entity } = collection
  const refused = refuseHopeless([entity.permissions.get('read')], call.caller)
  if (refused) return refused
  const calendar = view.type === 'calendar'
  const dates = [...entity.fields.values()].find(
    ({ type, many, system }) => (type === 'date' || type === 'datetime') && !many && !system,
  )
  const by = text(view.options[calendar ? 'dateField' : 'groupBy']) ?? (calendar ? dates?.name : undefined)
  const data = view.query && viewData(service.app, entity, view.query, `view ${view.name}`, call.caller)
  const found = await readList(service.database.query, collection, call.caller, {
    ...allOf(data, mostCards),
    // What the caller may not name would be told by the order.
    ...(calendar &&
      nameable(entity, by ?? '', call.caller) &&
      by !== undefined &&
      !data?.order.length && { order: inOrder([{ field: by, descending: false }]) }),
  })
  const rows = found.rows.map(rowOf)
  const labels = await labelsFor(service, call.caller, entity.fields.values(), rows)
  const declared = view.options.cardFields
  const titleField = text(view.options.titleField) ?? nameField(entity)?.name
  const colorField = text(view.options.colorField) ?? displayed(entity, 'color')[0]
  const shown = displayed(entity, 'secondary', 'badge', 'metadata')
  const usual = shown.length > 0 ? shown : listColumns(entity, undefined).slice(1, 4)
  const cards = Array.isArray(declared) ? declared.map(String) : usual
  return page(
    <BoardPage
      frame={frameOf(service, call, view.title, pages.problems)}
      entity={entity}
      heading={view.title}
      lanes={calendar ? days(rows, by) : lanes(collection, rows, by, labels)}
      cardFields={cards.filter((name) => name !== by && name !== titleField)}
      titleField={titleField}
      colorField={colorField}
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
