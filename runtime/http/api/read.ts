// GET: a list and a row.

import type { Collection } from '../../database/records/collection.ts'
import { countRows, readList, readOne } from '../../database/records/read.ts'
import { type Call, json, type Outcome } from '../call.ts'
import { etagOf } from '../etag.ts'
import { badRequest, isRefusal, notFound } from '../refusal.ts'
import type { Service } from '../service.ts'
import { refuseHopeless } from './access.ts'
import { givenTwice } from './conditions.ts'
import { exportList, formatOf } from './export.ts'
import { encodeCursor, readListQuery } from './list-query.ts'
import { projectionParameters, readProjection } from './projection.ts'

export async function list(service: Service, call: Call, collection: Collection): Promise<Outcome> {
  const { app, database } = service
  const refused = refuseHopeless([collection.entity.permissions.get('read')], call.caller)
  if (refused) return refused
  const request = readListQuery(app, collection, call.caller, call.query)
  if (isRefusal(request)) return request
  const { query } = request
  const format = formatOf(call.request)
  if (format) return exportList(service, call, collection, query, format)
  const page = await readList(database.query, collection, call.caller, query)
  const next = page.next ? `"${encodeCursor(query.order, page.next)}"` : 'null'
  const total = request.count ? `,"total":${await countRows(database.query, collection, call.caller, query)}` : ''
  return json(200, `{"data":[${page.rows.join(',')}],"page":{"limit":${query.limit},"next":${next}${total}}}`, {
    Vary: 'Accept',
  })
}

export async function get(service: Service, call: Call, collection: Collection, id: string): Promise<Outcome> {
  const refused = refuseHopeless([collection.entity.permissions.get('read')], call.caller)
  if (refused) return refused
  for (const name of call.query.keys()) {
    if (!projectionParameters.includes(name)) return badRequest('parameter', `There is no parameter \`${name}\` here.`)
    const twice = givenTwice(call.query, name)
    if (twice) return twice
  }
  const projection = readProjection(service.app, collection.entity, call.caller, call.query)
  if (isRefusal(projection)) return projection
  const row = await readOne(service.database.query, collection, call.caller, id, projection)
  if (row === undefined) return notFound()
  // Only the plain whole has the tag that `If-Match` takes.
  const etag = projection ? `W/${etagOf(row)}` : etagOf(row)
  return json(200, row, { ETag: etag })
}
