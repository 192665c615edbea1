// Keeps one connection, and replaces it when it is full of statements, and when it met BUSY: after that the driver's
// statements cannot be trusted, and writes that it acknowledges can be lost.

import type { Connection } from './connection.ts'
import { DatabaseError, databaseError } from './errors.ts'
import { backOff, sleep } from './queue.ts'

export type Holder = {
  /**
   * Runs a task that can be run again, while nothing else is under way on the connection. Where another process holds
   * the lock it is run again and again until `busy` has passed since it was asked for, which is now unless it waited.
   */
  readonly use: <T>(task: (connection: Connection) => T | Promise<T>, asked?: number) => Promise<T>
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

  // PERF: no promise where the task makes none.
  const attempt = <T>(task: (connection: Connection) => T | Promise<T>): T | Promise<T> => {
    // INVARIANT: a closed connection of the driver still runs its kept statements, so nothing may reach one.
    if (closed) throw new DatabaseError('other', 'The database is closed.')
    if (connection?.isFull()) drop()
    connection ??= open()
    const used = connection
    const failed = (error: unknown): never => {
      // A DatabaseError is ours, about values or time; the driver's own errors can leave a statement half done.
      if (!(error instanceof DatabaseError) && used === connection) drop()
      throw error
    }
    try {
      const result = task(used)
      return result instanceof Promise ? result.catch(failed) : result
    } catch (error) {
      return failed(error)
    }
  }

  const again = async <T>(task: (connection: Connection) => T | Promise<T>, asked: number, first: DatabaseError) => {
    const deadline = asked + busy
    for (let count = 0; performance.now() < deadline; count += 1) {
      await sleep(backOff(count))
      try {
        return await attempt(task)
      } catch (error) {
        if (databaseError(error).kind !== 'busy') throw error
      }
    }
    throw new DatabaseError('busy', `The database was locked by others for ${busy / 1000} seconds.`, { cause: first })
  }

  return {
    use: async (task, asked = performance.now()) => {
      try {
        return await attempt(task)
      } catch (error) {
        const first = databaseError(error)
        if (first.kind !== 'busy') throw error
        return again(task, asked, first)
      }
    },
    drop,
    close: () => {
      closed = true
      drop()
    },
  }
}
