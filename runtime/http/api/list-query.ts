// The parameters of a list: filter, field=value, sort, limit, after, offset, count. Anything else is a 400.

import type { Caller } from '../../database/records/caller.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { CursorValue, ListQuery, Order } from '../../database/records/read.ts'
import type { App } from '../../truth/app.ts'
import { badRequest, isRefusal, type Refusal } from '../refusal.ts'
import { readConditions } from './conditions.ts'
import { nameable, unknownField } from './names.ts'
import { projectionParameters, readProjection } from './projection.ts'

export type ListRequest = { readonly query: ListQuery; readonly count: boolean }

const own = new Set(['filter', 'search', 'sort', 'limit', 'after', 'offset', 'count', ...projectionParameters])

const ownOfSoft = new Set([...own, 'deleted'])

const deepestOffset = 10_000

function wholeNumber(query: URLSearchParams, name: string, most: number, otherwise: number): number | Refusal {
  const text = query.get(name)
  if (text === null) return otherwise
  const number = Number(text)
  if (/^\d{1,9}$/.test(text) && number <= most && (name !== 'limit' || number > 0)) return number
  return badRequest('parameter', `\`${name}\` is a whole number${name === 'limit' ? ' from 1' : ''} up to ${most}.`)
}

function flag(query: URLSearchParams, name: string): boolean | Refusal {
  const text = query.get(name) ?? 'false'
  return text === 'true' || (text !== 'false' && badRequest('parameter', `\`${name}\` is true or false.`))
}

const byId: readonly Order[] = [{ field: 'id', descending: false }]

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
    const plain = values.every((value) => value === null || isPlainText(value) || Number.isFinite(value))
    return fits && plain && values.length === order.length ? (values as CursorValue[]) : wrong
  } catch {
    return wrong
  }
}

/** A text that the database can hold. */
const isPlainText = (value: unknown): boolean =>
  typeof value === 'string' && !value.includes('\0') && value.isWellFormed()

const encodeCursorNames = (names: unknown): string => Buffer.from(JSON.stringify([names, []])).toString('base64url')

const plainList = (limit: number): ListRequest => ({
  count: false,
  query: { shape: '', conditions: [], given: {}, order: byId, limit, offset: 0 },
})

/** Reads the parameters of a list. */
export function readListQuery(
  app: App,
  collection: Collection,
  caller: Caller,
  query: URLSearchParams,
): ListRequest | Refusal {
  const { pageSize, maxPageSize } = app.settings.api
  // PERF: most lists are asked for as they are.
  if (query.size === 0) return plainList(collection.entity.ui.pageSize ?? pageSize)
  const limit = wholeNumber(query, 'limit', maxPageSize, collection.entity.ui.pageSize ?? pageSize)
  if (isRefusal(limit)) return limit
  const offset = wholeNumber(query, 'offset', deepestOffset, 0)
  if (isRefusal(offset)) return offset
  const count = flag(query, 'count')
  if (isRefusal(count)) return count
  const deleted = collection.entity.softDelete && flag(query, 'deleted')
  if (isRefusal(deleted)) return deleted
  const order = orderOf(collection, caller, query.get('sort'))
  if (isRefusal(order)) return order
  const after = query.get('after')
  const cursor = after === null ? undefined : decodeCursor(order, after)
  if (isRefusal(cursor)) return cursor
  const into = readConditions(app, collection, caller, query, collection.entity.softDelete ? ownOfSoft : own)
  if (isRefusal(into)) return into
  const projection = readProjection(app, collection.entity, caller, query)
  if (isRefusal(projection)) return projection
  return {
    count,
    query: Object.assign(
      into,
      { order, limit: Number(limit), offset: Number(offset) },
      deleted && { deleted },
      projection && { projection },
      cursor && { after: cursor as readonly CursorValue[] },
    ),
  }
}
