// `If-Match`: a write of a row that is still as the caller saw it, and `If-None-Match`, of one that is not; decided in the
// transaction that writes.

import type { Collection } from '../../database/records/collection.ts'
import { readOne } from '../../database/records/read.ts'
import { withBody } from '../body.ts'
import type { Call, Outcome } from '../call.ts'
import { etagOf, isKnown } from '../etag.ts'
import { isRefusal, refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { together } from './together.ts'

/** Does the write when the row has one of the tags that the request names, or none of them. */
export async function ifMatch(
  service: Service,
  call: Call,
  collection: Collection,
  id: string,
  write: (service: Service, call: Call) => Promise<Outcome>,
): Promise<Outcome> {
  const { headers } = call.request
  const [match, noneMatch] = [headers.get('if-match'), headers.get('if-none-match')]
  if (match === null && noneMatch === null) return write(service, call)
  // SECURITY: before the transaction, which would hold up everybody while a slow caller sends the rest.
  const read = await withBody(call)
  if (isRefusal(read)) return read
  return together(service, async (inside) => {
    const row = await readOne(inside.database.query, collection, call.caller, id)
    // To whoever may not read the row it is not there, and the write says so itself.
    if (row === undefined) return write(inside, read.whole)
    const etag = etagOf(row)
    if ((match === null || isKnown(match, etag)) && (noneMatch === null || !isKnown(noneMatch, etag)))
      return write(inside, read.whole)
    return refusal(412, 'changed', 'The row is no longer as you saw it. Read it again.')
  })
}
