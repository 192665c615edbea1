// The page of a dashboard: figures and rows, of what the caller may read and of nothing else.

import { aggregateRows } from '../../database/records/aggregate.ts'
import type { Collection } from '../../database/records/collection.ts'
import { readList } from '../../database/records/read.ts'
import type { Field, Measure, Metric, View, Widget } from '../../truth/app.ts'
import { DashboardPage, type Figure, type Table } from '../../ui/dashboard.tsx'
import { listColumns } from '../../ui/model.ts'
import { nameable } from '../api/names.ts'
import type { Outcome } from '../call.ts'
import { forbidden, signInFirst } from '../refusal.ts'
import { baseOf, frameOf, mayRead } from './frame.ts'
import { hrefs } from './list.tsx'
import { labelsFor, rowOf } from './lookup.ts'
import type { Pages } from './pages.ts'
import { page } from './render.tsx'
import { allOf, viewData } from './view-data.ts'

/** Rows that a widget shows where its query does not say. */
const usualRows = 5

type Shown<T> = { readonly part: T; readonly index: number; readonly collection: Collection; readonly shape: string }

/** The parts about rows that the caller could see some of. */
function shownOf<T extends Metric | Widget>({ service, call }: Pages, view: View, parts: readonly T[]): Shown<T>[] {
  return parts.flatMap((part, index) => {
    const collection = service.byName.get(part.query.entity)
    const shape = `dashboard ${view.name} ${'label' in part ? 'metric' : 'widget'} ${index}`
    return collection && mayRead(collection, call) ? [{ part, index, collection, shape }] : []
  })
}

/** Whether a metric is called after its entity alone, for want of a name and of a label. */
function isUnnamed({ options }: View, index: number): boolean {
  const declared: unknown = Array.isArray(options.metrics) ? options.metrics[index] : undefined
  return typeof declared === 'object' && declared !== null && !('label' in declared)
}

/** `Average price`, `Earliest due`: what is the least depends on what there is more and less of. */
function measuredLabel({ of }: Measure, { type, label }: Field): string {
  const [least, greatest] =
    type === 'date' || type === 'datetime'
      ? ['Earliest', 'Latest']
      : type === 'number' || type === 'integer'
        ? ['Lowest', 'Highest']
        : ['First', 'Last']
  const word = { sum: 'Total', avg: 'Average', min: least, max: greatest }[of]
  return `${word} ${label.toLowerCase()}`
}

type Counted = { readonly count: number } & { readonly [of in Measure['of']]?: { readonly [field: string]: unknown } }

async function figureOf(
  pages: Pages,
  view: View,
  { part, index, collection, shape }: Shown<Metric>,
): Promise<Figure | undefined> {
  const { service, call } = pages
  const { entity } = collection
  const { measure, query } = part
  const field: Field | undefined = measure && nameable(entity, measure.field, call.caller)
  if (measure && !field) return undefined
  const label = measure && field && isUnnamed(view, index) ? measuredLabel(measure, field) : part.label
  const { conditions } = viewData(service.app, entity, query, shape, call.caller)
  const [text] = await aggregateRows(service.database.query, collection, call.caller, {
    shape,
    conditions,
    given: {},
    group: [],
    measures: new Map(measure && field ? [[measure.of, [field]]] : []),
    limit: 1,
  })
  const counted = JSON.parse(text ?? '{"count":0}') as Counted
  if (!measure) return { label, value: counted.count }
  // A sum and an average are numbers, whatever the numbers are of; the least and the greatest are values of the field.
  const value = counted[measure.of]?.[measure.field]
  return measure.of === 'min' || measure.of === 'max' ? { label, value, field } : { label, value }
}

async function tableOf(pages: Pages, { part, collection, shape }: Shown<Widget>): Promise<Table> {
  const { service, call } = pages
  const { entity } = collection
  const data = viewData(service.app, entity, part.query, shape, call.caller)
  const found = await readList(service.database.query, collection, call.caller, allOf(data, usualRows))
  const rows = found.rows.map(rowOf)
  const columns = listColumns(entity, part.columns)
  const fields = columns.flatMap((name) => entity.fields.get(name) ?? [])
  const labels = await labelsFor(service, call.caller, fields, rows)
  return { title: part.title, entity, columns, rows, labels, allHref: baseOf(entity) }
}

export async function dashboardPage(pages: Pages, view: View): Promise<Outcome> {
  const { service, call } = pages
  const metrics = shownOf(pages, view, view.metrics)
  const widgets = shownOf(pages, view, view.widgets)
  if (metrics.length + widgets.length === 0 && view.metrics.length + view.widgets.length > 0)
    return call.caller.user || !service.accounts ? forbidden('You may see nothing of this page.') : signInFirst()
  const figures: Figure[] = []
  for (const metric of metrics) {
    const figure = await figureOf(pages, view, metric)
    if (figure) figures.push(figure)
  }
  const tables: Table[] = []
  for (const widget of widgets) tables.push(await tableOf(pages, widget))
  return page(
    <DashboardPage
      frame={frameOf(service, call, view.title, pages.problems)}
      heading={view.title}
      figures={figures}
      tables={tables}
      hrefOf={hrefs(service, call)}
    />,
  )
}
