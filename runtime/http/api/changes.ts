// GET /api/tasks/changes: server-sent events of what happens to the rows that the caller may read.

import type { Caller } from '../../database/records/caller.ts'
import type { ChangeQuery } from '../../database/records/changes.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { Call, Outcome } from '../call.ts'
import { badRequest, isRefusal, type Refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { refuseHopeless } from './access.ts'
import { readConditions } from './conditions.ts'

const own = new Set(['filter', 'since'])

/** Reads the conditions again only when the caller's row is another one: it may name other fields then. */
function queryReader(service: Service, call: Call, collection: Collection): (caller: Caller) => ChangeQuery | Refusal {
  let last: { readonly user: Caller['user']; readonly query: ChangeQuery | Refusal } | undefined
  return (caller) => {
    if (last?.user !== caller.user || !last)
      last = { user: caller.user, query: readConditions(service.app, collection, caller, call.query, own) }
    return last.query
  }
}

export async function changes(service: Service, call: Call, collection: Collection): Promise<Outcome> {
  const refused = refuseHopeless([collection.entity.permissions.get('read')], call.caller)
  if (refused) return refused
  // The index of words has no row as it was before a change.
  if (call.query.has('search')) return badRequest('parameter', '`search` does not go with `changes`.')
  const queryFor = queryReader(service, call, collection)
  const query = queryFor(call.caller)
  if (isRefusal(query)) return query
  const since = call.request.headers.get('last-event-id') ?? call.query.get('since')
  if (since !== null && !/^\d{1,15}$/.test(since))
    return badRequest('last-event-id', '`Last-Event-ID` is the `id` of an event of this stream.')
  const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' }
  if (call.method === 'HEAD') return { status: 200, headers }
  const asked = {
    collection,
    token: call.token,
    from: call.caller.user?.id ?? `address ${call.remote}`,
    since: since === null ? undefined : Number(since),
    queryFor,
    alone: query.followsRelations,
  }
  const stream = await service.changes.listen(asked)
  return isRefusal(stream) ? stream : { status: 200, stream, headers }
}
