// Keeps one connection, and replaces it when it met BUSY: after that the driver's statements cannot be trusted, and
// writes that it acknowledges can be lost.

import type { Connection } from './connection.ts'
import { DatabaseError, databaseError } from './errors.ts'
import { backOff, sleep } from './queue.ts'

export type Holder = {
  /** Runs a task that can be run again; while another process holds the lock, again and again until `busy` has passed. */
  readonly use: <T>(task: (connection: Connection) => T) => Promise<T>
  /** Lets go of the connection; the next use opens a new one. */
  readonly drop: () => void
  /** Lets go of the connection for good: later uses throw. */
  readonly close: () => void
}

/** `busy` is in milliseconds. `open` may throw the driver's error. */
export function holdConnection(open: () => Connection, busy: number): Holder {
  let connection: Connection | undefined
  let closed = false

  const drop = (): void => {
    const dropped = connection
    connection = undefined
    dropped?.close()
  }

  const attempt = <T>(task: (connection: Connection) => T): T => {
    // INVARIANT: a closed connection of the driver still runs its kept statements, so nothing may reach one.
    if (closed) throw new DatabaseError('other', 'The database is closed.')
    connection ??= open()
    try {
      return task(connection)
    } catch (error) {
      // A DatabaseError is ours, about values; the driver's own errors can leave a statement half done.
      if (!(error instanceof DatabaseError)) drop()
      throw error
    }
  }

  const again = async <T>(task: (connection: Connection) => T, first: DatabaseError): Promise<T> => {
    const deadline = performance.now() + busy
    for (let count = 0; performance.now() < deadline; count += 1) {
      await sleep(backOff(count))
      try {
        return attempt(task)
      } catch (error) {
        if (databaseError(error).kind !== 'busy') throw error
      }
    }
    throw new DatabaseError('busy', `The database was locked by others for ${busy / 1000} seconds.`, { cause: first })
  }

  return {
    use: async (task) => {
      try {
        return attempt(task)
      } catch (error) {
        const first = databaseError(error)
        if (first.kind !== 'busy') throw error
        return again(task, first)
      }
    },
    drop,
    close: () => {
      closed = true
      drop()
    },
  }
}
