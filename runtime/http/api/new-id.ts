// Ids of new rows: UUID version 7, so that rows sort by when they were made, those of one millisecond too.

import { v7 } from 'uuid'

/** PERF: random bytes are fetched for many ids at once; fetched one at a time they cost more than the id. */
const pool = { bytes: new Uint8Array(16 * 256), used: 16 * 256 }
const last = { msecs: 0, seq: 0 }

/** A new id, greater than every one made before by this process (RFC 9562, method 1: a counter within the millisecond). */
export function newId(): string {
  if (pool.used === pool.bytes.length) {
    crypto.getRandomValues(pool.bytes)
    pool.used = 0
  }
  const random = pool.bytes.subarray(pool.used, pool.used + 16)
  pool.used += 16
  const msecs = Math.max(Date.now(), last.msecs)
  // The counter starts in the lower half of its 32 bits, so that a millisecond has room for two thousand million.
  if (msecs === last.msecs) last.seq += 1
  else last.seq = ((random[0]! & 0x7f) << 24) | (random[1]! << 16) | (random[2]! << 8) | random[3]!
  last.msecs = msecs
  return v7({ random, msecs, seq: last.seq })
}
