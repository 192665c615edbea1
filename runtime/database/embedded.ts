// A database in a file: one connection that writes, behind the queue, and one that reads.

import { type Connection, openConnection } from './connection.ts'
import type { Database, Limits, Transaction } from './contract.ts'
import { DatabaseError, type DatabaseErrorKind, databaseError } from './errors.ts'
import { type Holder, holdConnection } from './hold.ts'
import type { Place } from './place.ts'
import { createQueue } from './queue.ts'
import { createScope, within } from './scope.ts'
import { statement } from './statement.ts'

/** Opens a database in a file, made when it is not there. Throws DatabaseError. */
export async function openEmbedded(place: Place, limits: Limits): Promise<Database> {
  const { path, synchronous } = place
  const writer = holdConnection(() => openConnection(path, synchronous, 'write'), limits.busy)
  const reader = holdConnection(() => openConnection(path, synchronous, 'read'), limits.busy)
  const queue = createQueue()

  const close = (): void => {
    reader.close()
    writer.close()
    place.leave()
  }

  const transaction: Database['transaction'] = (work) => queue(() => runTransaction(writer, limits, work))

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
      if (!query.reads)
        throw new DatabaseError('other', `Only a transaction may write (in: ${query.text.slice(0, 300)})`)
      try {
        // INVARIANT: never on the writing connection: what it sees may not be committed, and a read that meets BUSY there
        // would take the connection away from a transaction.
        return await reader.use((connection) => connection.run(query, values))
      } catch (error) {
        throw databaseError(error, query.text)
      }
    },
    transaction,
    script: (texts) =>
      transaction(async (tx) => {
        for (const text of texts) await tx.run(statement(text), [])
      }),
    close: () =>
      queue(async () => {
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

async function runTransaction<T>(writer: Holder, limits: Limits, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const connection = await begin(writer)
  const scope = createScope(connection.run)
  try {
    const result = await within(limits.transaction, work(scope.tx))
    const failure = scope.end()
    if (failure) throw failure
    commit(connection)
    return result
  } catch (error) {
    rollBack(writer, connection, scope.end() ?? error)
    throw error
  }
}

async function begin(writer: Holder): Promise<Connection> {
  try {
    return await writer.use((connection) => {
      // `exec`, not a kept statement: a kept BEGIN that met BUSY stays half done, and the next COMMIT is refused.
      connection.exec('BEGIN IMMEDIATE')
      return connection
    })
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

function rollBack(writer: Holder, connection: Connection, why: unknown): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    // SQLite rolled back by itself, or the connection is of no use: closing it rolls back too.
    writer.drop()
    return
  }
  if (why instanceof DatabaseError && !harmless.has(why.kind)) writer.drop()
}
