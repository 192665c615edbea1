// A transaction on a remote database: statements sent one by one to the stream that holds it open.

import type { Client, InArgs, Transaction as Stream } from '@libsql/client'
import { bind, takeRow } from './bind.ts'
import type { Input, Row, Statement } from './contract.ts'
import { DatabaseError, databaseError } from './errors.ts'
import { backOff, sleep } from './queue.ts'

export type RemoteStream = {
  /** Runs a statement after those before it. The first one begins the transaction. */
  readonly run: (statement: Statement, values: readonly Input[]) => Promise<readonly Row[]>
  /** Once every statement has been answered. */
  readonly settled: () => Promise<void>
  readonly commit: () => Promise<void>
  /** Never throws: what was not committed is rolled back by the server at the latest when its time limit passes. */
  readonly rollBack: () => Promise<void>
}

type Request = { readonly sql: string; readonly args: InArgs }

/** `busy` is how long to try to begin while others hold the lock, in milliseconds. */
export function createStream(client: Client, mode: 'read' | 'write', busy: number): RemoteStream {
  let stream: Stream | undefined
  let last: Promise<unknown> = Promise.resolve()
  let ended = false
  let failed = false

  const begin = async (request: Request): Promise<readonly ArrayLike<unknown>[]> => {
    const deadline = performance.now() + busy
    for (let count = 0; ; count += 1) {
      const fresh = await client.transaction(mode)
      try {
        const { rows } = await fresh.execute(request)
        stream = fresh
        return rows
      } catch (error) {
        // The client closes the stream when BEGIN failed, and only then has nothing been run: that may be tried again.
        if (!fresh.closed) stream = fresh
        else if (databaseError(error).kind === 'busy' && performance.now() < deadline && !ended) {
          await sleep(backOff(count))
          continue
        }
        throw error
      } finally {
        // The transaction took too long and was given up while this request was under way.
        if (ended) fresh.close()
      }
    }
  }

  const send = async (request: Request): Promise<readonly Row[]> => {
    if (ended) throw new DatabaseError('other', 'The transaction has ended.')
    if (failed) throw new DatabaseError('other', 'A statement before this one failed.')
    try {
      const rows = stream ? (await stream.execute(request)).rows : await begin(request)
      return rows.map(takeRow)
    } catch (error) {
      failed = true
      throw error
    }
  }

  return {
    run: (statement, values) => {
      const args = bind(statement, values)
      const sent = last.then(() => send({ sql: statement.text, args }))
      last = sent.catch(() => undefined)
      return sent
    },
    settled: async () => {
      await last
    },
    commit: async () => {
      ended = true
      try {
        await stream?.commit()
      } catch (error) {
        const failure = databaseError(error, 'COMMIT')
        if (failure.kind !== 'unreachable') throw failure
        const message = `${failure.message} It went away while a change was being committed: the change may be stored or not.`
        throw new DatabaseError('unreachable', message, { cause: error })
      }
    },
    rollBack: async () => {
      ended = true
      try {
        await stream?.rollback()
      } catch {
        // Unreachable, or rolled back already.
      }
    },
  }
}
