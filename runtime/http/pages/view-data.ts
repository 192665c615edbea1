// What the query of a view asks the database for: which rows, in which order, and how many.

import { compileExpression, type Query, type Sql } from '../../../expr/index.ts'
import type { Caller } from '../../database/records/caller.ts'
import type { ListQuery, Order } from '../../database/records/read.ts'
import type { App, Entity } from '../../truth/app.ts'
import { closedName } from '../api/names.ts'

/** Which rows, in which order unless the caller wants another, and how many in all. */
export type ViewData = Pick<ListQuery, 'shape' | 'conditions' | 'order'> & { readonly limit: number | undefined }

/** Rows that a view shows at most, whatever it asks for. */
const mostRows = 500

/** The value of a path that leads to another row. */
function pathSql({ schema }: App, { name }: Entity, path: string): Sql {
  const compiled = compileExpression(`entity.${path}`, { schema, place: 'view', entity: name, expects: 'any' })
  if (!compiled.ok) throw new Error(`The order by \`${path}\` of ${name} was checked and does not compile.`)
  return compiled.expression.toSql({ mode: 'value' })
}

/** An order by what the caller may not name is left out: the places of the rows would tell it. */
export function viewData(app: App, entity: Entity, query: Query, shape: string, caller: Caller): ViewData {
  const order: Order[] = []
  for (const { path, descending } of query.orderBy) {
    const field = path.join('.')
    if (closedName(app, entity, [`entity.${field}`], caller) !== undefined) continue
    order.push(path.length > 1 ? { field, descending, by: () => pathSql(app, entity, field) } : { field, descending })
  }
  return {
    shape,
    conditions: query.where ? [query.where.toSql({ mode: 'decision' })] : [],
    order,
    limit: query.limit === undefined ? undefined : Math.min(query.limit, mostRows),
  }
}

/** No two rows may tie. */
export const inOrder = (order: readonly Order[]): readonly Order[] => [...order, { field: 'id', descending: false }]

/** The rows of a view at once. */
export function allOf(data: ViewData | undefined, most: number): ListQuery {
  const { shape = '', conditions = [], order = [], limit = most } = data ?? {}
  return { shape, conditions, given: {}, order: inOrder(order), limit, offset: 0 }
}
