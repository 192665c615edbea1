// A database in a file: one connection that writes, behind the queue, one that reads, and a few for reads that take long.

import { createLanes, runLong, takeTurns } from './aside.ts'
import { type Connection, openConnection } from './connection.ts'
import type { Database, Limits, Transaction } from './contract.ts'
import { DatabaseError, type DatabaseErrorKind, databaseError } from './errors.ts'
import { type Holder, holdConnection } from './hold.ts'
import type { Place } from './place.ts'
import { createQueue } from './queue.ts'
import { createScope, notHere, within } from './scope.ts'
import { statement } from './statement.ts'

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

  const transaction: Database['transaction'] = (work) => {
    const asked = performance.now()
    return queue(() => runTransaction({ holder: writer, may: 'write', asked }, limits, work))
  }

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
        // INVARIANT: never on the writing connection: what it sees may not be committed, and a read that meets BUSY there
        // would take the connection away from a transaction.
        return await (query.long
          ? lanes.take((holder, asked) =>
              holder.use((connection) => runLong(connection, limits.long, query, values), asked),
            )
          : reader.use((connection) => connection.run(query, values)))
      } catch (error) {
        throw databaseError(error, query.text)
      }
    },
    transaction,
    snapshot: (work) => lanes.take((holder, asked) => runTransaction({ holder, may: 'read', asked }, limits, work)),
    script: (texts) =>
      transaction(async (tx) => {
        for (const text of texts) await tx.run(statement(text), [])
      }),
    close: () =>
      queue(async () => {
        await lanes.close()
        await tidy(writer)
        close()
      }),
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

/** Where a transaction is run, and what it may do; `asked` is when it was asked for, before it waited its turn. */
type Run = { readonly holder: Holder; readonly may: 'read' | 'write'; readonly asked: number }

async function runTransaction<T>(on: Run, limits: Limits, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const connection = await begin(on)
  // One that writes holds up the others, so what it reads may take a fifth of the time.
  const inTurn = takeTurns(connection, on.may === 'write' ? limits.long / 5 : limits.long)
  const scope = createScope(on.may, inTurn.run)
  try {
    const result = await within(limits.transaction, work(scope.tx))
    await inTurn.settled()
    const failure = scope.end()
    if (failure) throw failure
    commit(connection)
    return result
  } catch (error) {
    await inTurn.end()
    rollBack(on.holder, connection, scope.end() ?? error)
    throw error
  }
}

async function begin({ holder, may, asked }: Run): Promise<Connection> {
  try {
    return await holder.use((connection) => {
      // `exec`, not a kept statement: a kept BEGIN that met BUSY stays half done, and the next COMMIT is refused.
      connection.exec(may === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN')
      return connection
    }, asked)
  } catch (error) {
    throw databaseError(error)
  }
}

function commit(connection: Connection): void {
  try {
    connection.exec('COMMIT')
  } catch (error) {
    throw databaseError(error, 'COMMIT')
  }
}

/** Refusals by a constraint leave a connection as it was; after anything else it is replaced. */
const harmless: ReadonlySet<DatabaseErrorKind> = new Set(['unique', 'foreignKey', 'notNull', 'check'])

function rollBack(holder: Holder, connection: Connection, why: unknown): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    // SQLite rolled back by itself, or the connection is of no use: closing it rolls back too.
    holder.drop()
    return
  }
  if (why instanceof DatabaseError && !harmless.has(why.kind)) holder.drop()
}
