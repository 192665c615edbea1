// POST /api/notes/:id/restore: takes back a soft delete.

import type { Collection } from '../../database/records/collection.ts'
import { readOne } from '../../database/records/read.ts'
import { restoreRow } from '../../database/records/restore.ts'
import type { Call, Outcome } from '../call.ts'
import { notFound, Refused, refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { refuseHopeless } from './access.ts'
import { refuseBlocked, written } from './change.ts'

export async function restore(service: Service, call: Call, collection: Collection, id: string): Promise<Outcome> {
  const { permissions } = collection.entity
  const hopeless = refuseHopeless([permissions.get('read'), permissions.get('delete')], call.caller)
  if (hopeless) return hopeless
  const restored = await service.database.transaction(async (tx) => {
    const outcome = await restoreRow(tx, collection, call.caller, id)
    if (outcome && 'blocked' in outcome) throw new Refused(refuseBlocked(outcome))
    return outcome
  })
  if (restored) return written(id, restored)
  const there = await readOne(service.database.query, collection, call.caller, id)
  return there === undefined ? notFound() : refusal(409, 'not-deleted', 'This row was not deleted.')
}
