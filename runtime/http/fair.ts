// The long reads of one caller never take all the threads, nor do their batches fill the queue of writes: they wait for
// their turn, and what waits is forgotten when its caller has left.

import type { Call } from './call.ts'
import type { Service } from './service.ts'
import type { Turns } from './turns.ts'

/** The service, but for its database: long reads, snapshots and transactions wait for the caller's turn. */
export function fairly(service: Service, { caller, remote, request }: Call): Service {
  const { database, turns } = service
  // A remote database has many threads of its own.
  if (database.kind === 'remote') return service
  const key = caller.user ? `user ${caller.user.id}` : `address ${remote}`
  const inTurn = <T>(turn: Turns, task: () => Promise<T>): Promise<T> => turn(key, () => request.signal.aborted, task)
  return {
    ...service,
    database: {
      ...database,
      query: (statement, values) =>
        statement.long
          ? inTurn(turns.reads, () => database.query(statement, values))
          : database.query(statement, values),
      snapshot: (work) => inTurn(turns.reads, () => database.snapshot(work)),
      transaction: (work) => inTurn(turns.writes, () => database.transaction(work, 'alone')),
    },
  }
}
