// A database in a file: one connection that writes, behind the queue, one that reads, and a few for reads that take long.

import { createLanes, runLong } from './aside.ts'
import { type Connection, openConnection } from './connection.ts'
import type { Database, Limits } from './contract.ts'
import { DatabaseError, databaseError } from './errors.ts'
import { createGroups } from './group.ts'
import { type Holder, holdConnection } from './hold.ts'
import { keepAnswers } from './kept.ts'
import type { Place } from './place.ts'
import { createQueue } from './queue.ts'
import { notHere } from './scope.ts'
import { single, statement } from './statement.ts'
import { runTransaction } from './transact.ts'

const dataVersion = single(statement('PRAGMA data_version'))

/** Opens a database in a file, made when it is not there. Throws DatabaseError. */
export async function openEmbedded(place: Place, limits: Limits): Promise<Database> {
  const { path, synchronous } = place
  const writer = holdConnection(() => openConnection(path, synchronous, 'write'), limits.busy)
  const reader = holdConnection(() => openConnection(path, synchronous, 'read'), limits.busy)
  const lanes = createLanes(() => openConnection(path, synchronous, 'read'), limits)
  const queue = createQueue()

  const close = (): void => {
    reader.close()
    writer.close()
    place.leave()
  }

  let closed = false
  let writes = 0
  const inGroup = createGroups(writer, queue, limits)
  const transaction: Database['transaction'] = async (work, alone) => {
    // One that waits already would take it along.
    if (closed) throw new DatabaseError('other', 'The database is closed.')
    writes += 1
    return inGroup(work, alone)
  }

  // Each connection counts the commits of the others from its own beginning.
  let counting: Connection | undefined
  let connections = 0
  const commits = (): Promise<string> =>
    reader.use((connection) => {
      if (connection !== counting) connections += 1
      counting = connection
      return `${connections} ${connection.run(dataVersion, [])[0]?.[0]}`
    })
  const kept = keepAnswers(() => writes, commits)

  // INVARIANT: never on the writing connection: what it sees may not be committed, and a read that meets BUSY there
  // would take the connection away from a transaction.
  const read: Database['query'] = (query, values) =>
    query.long
      ? lanes.take((holder, asked) =>
          holder.use((connection) => runLong(connection, limits.long, query, values), asked),
        )
      : reader.use((connection) => connection.run(query, values))

  try {
    await writer.use(() => undefined)
    await reader.use(() => undefined)
  } catch (error) {
    close()
    const { kind, message } = databaseError(error)
    throw new DatabaseError(kind, `The database ${path} cannot be opened: ${message}`, { cause: error })
  }

  return {
    kind: 'embedded',
    query: async (query, values) => {
      if (!query.reads) throw notHere(query)
      try {
        return await (query.kept ? kept(query, values, () => read(query, values)) : read(query, values))
      } catch (error) {
        throw databaseError(error, query.text)
      }
    },
    transaction,
    snapshot: (work) => lanes.take((holder, asked) => runTransaction({ holder, may: 'read', asked }, limits, work)),
    script: (texts) =>
      transaction(async (tx) => {
        for (const text of texts) await tx.run(statement(text), [])
      }, 'alone'),
    close: () => {
      closed = true
      return queue(async () => {
        await lanes.close()
        await tidy(writer)
        close()
      })
    },
  }
}

/** Brings the whole database into its one file; where others use it too, the last to close does so. */
async function tidy(writer: Holder): Promise<void> {
  try {
    await writer.use((connection) => {
      try {
        connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      } catch {
        // Nothing is lost: what is not in the file yet stays in the journal beside it.
      }
    })
  } catch {
    // Closed already.
  }
}
