// Several steps of a request, or several requests, in one transaction: all of it or nothing.

import type { Transaction } from '../../database/database.ts'
import type { Outcome } from '../call.ts'
import { isRefusal, Refused } from '../refusal.ts'
import type { Service } from '../service.ts'

/** The service, but for its database: everything read and written through it is part of the transaction. */
const inside = (service: Service, tx: Transaction): Service => ({
  ...service,
  database: { ...service.database, query: tx.run, transaction: (work) => work(tx), snapshot: (work) => work(tx) },
})

/** Runs `work` in one transaction, undone when it refuses or throws; one that only reads locks nothing. */
export async function together(
  service: Service,
  work: (service: Service, tx: Transaction) => Promise<Outcome>,
  kind: 'transaction' | 'snapshot' = 'transaction',
): Promise<Outcome> {
  try {
    return await service.database[kind](async (tx) => {
      const outcome = await work(inside(service, tx), tx)
      if (isRefusal(outcome)) throw new Refused(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}
