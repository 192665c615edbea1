// Statements that may look at many rows: run on threads of the driver, so that nobody else waits for them, and ended
// once they have taken too long.

import { availableParallelism } from 'node:os'
import type { Connection } from './connection.ts'
import type { Input, Limits, Row, Statement } from './contract.ts'
import { DatabaseError } from './errors.ts'
import { type Holder, holdConnection } from './hold.ts'
import { createQueue, type Queue } from './queue.ts'
import { statement as statementOf } from './statement.ts'

export type Lanes = {
  /**
   * Runs a task on a connection that nobody else uses meanwhile; `asked` is when it began to wait for one. Throws
   * DatabaseError 'busy' when there was none for `Limits.busy`.
   */
  readonly take: <T>(task: (holder: Holder, asked: number) => Promise<T>) => Promise<T>
  /** Waits for what is under way, then lets go of the connections. */
  readonly close: () => Promise<void>
}

type Lane = { readonly queue: Queue; readonly holder: Holder; waiting: number }

/** The driver has a thread for each processor. Each lane has a connection with a cache of its own. */
export const threads = Math.min(4, availableParallelism())

/** A few connections that read, opened when they are needed. */
export function createLanes(open: () => Connection, limits: Limits): Lanes {
  const lanes: readonly Lane[] = Array.from({ length: threads }, () => ({
    queue: createQueue(),
    holder: holdConnection(open, limits.busy),
    waiting: 0,
  }))
  let closed = false

  return {
    take: async (task) => {
      const asked = performance.now()
      const lane = lanes.reduce((best, one) => (one.waiting < best.waiting ? one : best))
      lane.waiting += 1
      try {
        return await lane.queue(async () => {
          if (closed) throw new DatabaseError('other', 'The database is closed.')
          if (performance.now() - asked > limits.busy)
            throw new DatabaseError('busy', `Other long reads went on for ${limits.busy / 1000} seconds.`)
          return task(lane.holder, asked)
        })
      } finally {
        lane.waiting -= 1
      }
    },
    close: async () => {
      closed = true
      await Promise.all(lanes.map(({ queue, holder }) => queue(async () => holder.close())))
    },
  }
}

export type Turns = {
  /** Runs a statement after those before it. Throws as `Connection` does, and DatabaseError 'slow'. */
  readonly run: (statement: Statement, values: readonly Input[]) => readonly Row[] | Promise<readonly Row[]>
  /** Once nothing runs any more. */
  readonly settled: () => Promise<void>
  /** Ends what runs, and what waits behind it. */
  readonly end: () => Promise<void>
}

const save = statementOf('SAVEPOINT "aside"')
const release = statementOf('RELEASE "aside"')

/** The statements of a transaction: one after another, those that may take long aside, for `limit` milliseconds in all. */
export function takeTurns(connection: Connection, limit: number): Turns {
  let last: Promise<unknown> | undefined
  let ended = false
  let aside = false
  let left = limit

  const settled = async (): Promise<void> => {
    await last
  }

  const runInTurn = async (statement: Statement, values: readonly Input[]): Promise<readonly Row[]> => {
    await last
    if (ended) throw new DatabaseError('other', 'The transaction has ended.')
    if (!statement.long) return connection.run(statement, values)
    // INVARIANT: after a write, full-text search has a statement of its own open until the next savepoint. While any is
    // open an interruption stays, so that ROLLBACK would be refused too, and the lock kept until garbage is collected.
    connection.run(save, [])
    connection.run(release, [])
    const from = performance.now()
    aside = true
    try {
      return await runLong(connection, Math.max(1, left), statement, values)
    } finally {
      aside = false
      left -= performance.now() - from
    }
  }

  return {
    run: (statement, values) => {
      // PERF: as long as nothing was run aside there is nothing to wait for.
      if (!last && !statement.long) return connection.run(statement, values)
      const turn = runInTurn(statement, values)
      last = turn.catch(() => undefined)
      return turn
    },
    settled,
    end: async () => {
      ended = true
      if (aside) connection.interrupt()
      await last
    },
  }
}

/** Runs a statement aside, for at most `limit` milliseconds. Throws DatabaseError 'slow', or the driver's error. */
export async function runLong(
  connection: Connection,
  limit: number,
  statement: Statement,
  values: readonly Input[],
): Promise<readonly Row[]> {
  let late = false
  // Again and again: one that has not begun yet is not met by an interruption.
  const timer = setInterval(() => {
    late = true
    connection.interrupt()
  }, limit)
  try {
    return await connection.runAside(statement, values)
  } catch (error) {
    if (late)
      throw new DatabaseError('slow', `A statement took too long: ${statement.text.slice(0, 300)}`, { cause: error })
    throw error
  } finally {
    clearInterval(timer)
  }
}
