// The parameters of a list: filter, field=value, sort, limit, after, offset, count. Anything else is a 400.

import { compileExpression, joinSql, type Sql, sql } from '../../../expr/index.ts'
import type { Caller } from '../../database/records/caller.ts'
import { type Collection, given } from '../../database/records/collection.ts'
import { columnOf } from '../../database/records/guard.ts'
import type { CursorValue, ListQuery, Order } from '../../database/records/read.ts'
import type { App, Field } from '../../truth/app.ts'
import { canonicalValue, valueFault } from '../../truth/kinds.ts'
import { badRequest, isRefusal, type Refusal } from '../refusal.ts'
import { mayRead, nameable, unknownField } from './names.ts'
import { projectionParameters, readProjection } from './projection.ts'

export type ListRequest = { readonly query: ListQuery; readonly count: boolean }

const own = new Set(['filter', 'sort', 'limit', 'after', 'offset', 'count', ...projectionParameters])

const deepestOffset = 10_000

function wholeNumber(query: URLSearchParams, name: string, most: number, otherwise: number): number | Refusal {
  const text = query.get(name)
  if (text === null) return otherwise
  const number = Number(text)
  if (/^\d{1,9}$/.test(text) && number <= most && (name !== 'limit' || number > 0)) return number
  return badRequest('parameter', `\`${name}\` is a whole number${name === 'limit' ? ' from 1' : ''} up to ${most}.`)
}

function orderOf(collection: Collection, caller: Caller, text: string | null): readonly Order[] | Refusal {
  const order: Order[] = []
  for (const part of text === null || text === '' ? [] : text.split(',')) {
    const descending = part.startsWith('-')
    const name = descending ? part.slice(1) : part
    const field = nameable(collection.entity, name, caller)
    if (!field) return unknownField(name)
    if (field.many || field.type === 'json') return badRequest('sort', `\`${name}\` cannot be sorted by.`)
    if (!order.some((one) => one.field === name)) order.push({ field: name, descending })
  }
  if (order.length > 8) return badRequest('sort', 'Sort by at most 8 fields.')
  // `id` breaks ties, so that no row is shown twice or left out between pages.
  return order.some(({ field }) => field === 'id')
    ? order
    : [...order, { field: 'id', descending: order[0]?.descending ?? false }]
}

/** A cursor is the values that the last row was sorted by, unreadable to people but not secret. */
export const encodeCursor = (order: readonly Order[], values: readonly CursorValue[]): string =>
  Buffer.from(
    JSON.stringify([order.map(({ field, descending }) => (descending ? `-${field}` : field)), values]),
  ).toString('base64url')

function decodeCursor(order: readonly Order[], text: string): readonly CursorValue[] | Refusal {
  const wrong = badRequest('cursor', 'This `after` does not belong to this list and sort order.')
  try {
    const decoded = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown
    if (!Array.isArray(decoded) || !Array.isArray(decoded[1])) return wrong
    const values = decoded[1] as unknown[]
    const fits = encodeCursor(order, []) === encodeCursorNames(decoded[0])
    const plain = values.every((value) => value === null || typeof value === 'string' || Number.isFinite(value))
    return fits && plain && values.length === order.length ? (values as CursorValue[]) : wrong
  } catch {
    return wrong
  }
}

const encodeCursorNames = (names: unknown): string => Buffer.from(JSON.stringify([names, []])).toString('base64url')

/** The value of `field=value`, as text in a URL, for a field's type. */
function parameterValue(field: Field, text: string): { readonly value: unknown } | Refusal {
  const wrong = (say: string): Refusal => badRequest('parameter', `\`${field.name}\` ${say}.`)
  const value =
    field.type === 'number' || field.type === 'integer'
      ? /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)
        ? Number(text)
        : text
      : field.type === 'boolean'
        ? text === 'true' || (text === 'false' ? false : text)
        : text
  // Bounds and patterns are for what is stored; a search may ask for anything of the type.
  const fault = valueFault(value, { type: field.type, ...(field.options && { options: field.options }) })
  return fault === undefined ? { value: canonicalValue(value, field) } : wrong(fault)
}

type Conditions = { readonly shape: string[]; readonly conditions: Sql[]; readonly given: Record<string, unknown> }

function fieldConditions(
  collection: Collection,
  caller: Caller,
  query: URLSearchParams,
  into: Conditions,
): Refusal | undefined {
  for (const name of new Set(query.keys())) {
    if (own.has(name)) continue
    const field = nameable(collection.entity, name, caller)
    if (!field) return unknownField(name)
    if (field.many || field.type === 'json') return badRequest('parameter', `Use \`filter\` for \`${name}\`.`)
    const texts = query.getAll(name)
    if (texts.length > 100) return badRequest('parameter', `\`${name}\` is given more than 100 times.`)
    const slots: Sql[] = []
    for (const [index, text] of texts.entries()) {
      const parsed = parameterValue(field, text)
      if (isRefusal(parsed)) return parsed
      into.given[`eq.${name}.${index}`] = parsed.value
      slots.push(given(`eq.${name}.${index}`))
    }
    into.shape.push(`${name}=${texts.length}`)
    into.conditions.push(sql`${columnOf(collection.entity, name)} IN (${joinSql(slots, ', ')})`)
  }
  return undefined
}

function filterCondition(
  app: App,
  collection: Collection,
  caller: Caller,
  source: string,
  into: Conditions,
): Refusal | undefined {
  const compiled = compileExpression(source, { schema: app.schema, place: 'filter', entity: collection.entity.name })
  if (!compiled.ok) {
    const [first] = compiled.diagnostics
    return badRequest(
      'filter',
      `At character ${(first?.start ?? 0) + 1} of the filter: ${first?.message ?? 'it cannot be read.'}`,
    )
  }
  const { reads } = compiled.expression
  const hidden = reads.find((name) => !mayRead(app, collection.entity, [name], caller))
  if (hidden !== undefined) return unknownField(hidden.replace(/^entity\./, ''))
  into.shape.push(`filter ${source}`)
  into.conditions.push(compiled.expression.toSql({ mode: 'decision' }))
  return undefined
}

/** Reads the parameters of a list. */
export function readListQuery(
  app: App,
  collection: Collection,
  caller: Caller,
  query: URLSearchParams,
): ListRequest | Refusal {
  const { pageSize, maxPageSize } = app.settings.api
  const limit = wholeNumber(query, 'limit', maxPageSize, collection.entity.ui.pageSize ?? pageSize)
  if (isRefusal(limit)) return limit
  const offset = wholeNumber(query, 'offset', deepestOffset, 0)
  if (isRefusal(offset)) return offset
  const count = query.get('count')
  if (count !== null && count !== 'true' && count !== 'false')
    return badRequest('parameter', '`count` is true or false.')
  const order = orderOf(collection, caller, query.get('sort'))
  if (isRefusal(order)) return order
  const after = query.get('after')
  const cursor = after === null ? undefined : decodeCursor(order, after)
  if (isRefusal(cursor)) return cursor
  const into: Conditions = { shape: [], conditions: [], given: {} }
  const filter = query.get('filter')
  const refused =
    fieldConditions(collection, caller, query, into) ??
    (filter === null ? undefined : filterCondition(app, collection, caller, filter, into))
  if (refused) return refused
  const projection = readProjection(app, collection.entity, caller, query)
  if (isRefusal(projection)) return projection
  return {
    count: count === 'true',
    query: {
      shape: into.shape.join('&'),
      conditions: into.conditions,
      given: into.given,
      order,
      limit: Number(limit),
      offset: Number(offset),
      ...(projection && { projection }),
      ...(cursor && { after: cursor as readonly CursorValue[] }),
    },
  }
}
