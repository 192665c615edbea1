// A database behind a URL, through @libsql/client: the same promises as the embedded one, over requests that can fail.

import { type Client, createClient, type InArgs } from '@libsql/client'
import { bind, takeRow } from './bind.ts'
import type { Database, Limits, Transaction } from './contract.ts'
import { DatabaseError, databaseError } from './errors.ts'
import { createQueue } from './queue.ts'
import { createStream } from './remote-stream.ts'
import { createScope, notHere, within } from './scope.ts'
import { statement } from './statement.ts'

/** Opens a database at a `libsql:`, `https:` or `http:` URL. Throws DatabaseError. */
export async function openRemote(url: string, authToken: string | undefined, limits: Limits): Promise<Database> {
  const client = connect(url, authToken, limits)
  const queue = createQueue()
  let closed = false

  const assertOpen = (): void => {
    if (closed) throw new DatabaseError('other', 'The database is closed.')
  }

  const query: Database['query'] = async (text, values) => {
    assertOpen()
    if (!text.reads) throw notHere(text)
    const question = { sql: text.text, args: bind(text, values) }
    try {
      return (await read(client, question)).rows.map(takeRow)
    } catch (error) {
      throw databaseError(error, text.text)
    }
  }

  const transaction: Database['transaction'] = (work) =>
    queue(async () => {
      assertOpen()
      return runTransaction(client, 'write', limits, work)
    })

  const snapshot: Database['snapshot'] = async (work) => {
    assertOpen()
    return runTransaction(client, 'read', limits, work)
  }

  try {
    const [row] = await query(statement('PRAGMA foreign_keys'), [])
    if (row?.[0] !== 1) throw new DatabaseError('other', 'it does not enforce foreign keys.')
  } catch (error) {
    client.close()
    const { kind, message } = databaseError(error)
    throw new DatabaseError(kind, `The database ${url} cannot be opened: ${message}`, { cause: error })
  }

  return {
    kind: 'remote',
    query,
    transaction,
    snapshot,
    script: (texts) =>
      transaction(async (tx) => {
        for (const text of texts) await tx.run(statement(text), [])
      }),
    close: () =>
      queue(async () => {
        if (!closed) client.close()
        closed = true
      }),
  }
}

type Question = { readonly sql: string; readonly args: InArgs }

function connect(url: string, authToken: string | undefined, limits: Limits): Client {
  try {
    return createClient({
      url,
      ...(authToken !== undefined && { authToken }),
      intMode: 'number',
      fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(limits.request) }),
    })
  } catch (error) {
    throw new DatabaseError('other', `The database URL ${url} is of no use: ${databaseError(error).message}`, {
      cause: error,
    })
  }
}

const isDropped = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed'

/** A connection that was kept open may have gone; a read can be asked for again, once. */
async function read(client: Client, question: Question): ReturnType<Client['execute']> {
  try {
    return await client.execute(question)
  } catch (error) {
    if (!isDropped(error)) throw error
    return client.execute(question)
  }
}

async function runTransaction<T>(
  client: Client,
  mode: 'read' | 'write',
  limits: Limits,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const stream = createStream(client, mode, limits.busy)
  const scope = createScope(mode, stream.run)
  try {
    const result = await within(limits.transaction, work(scope.tx))
    await stream.settled()
    const failure = scope.end()
    if (failure) throw failure
    await stream.commit()
    return result
  } catch (error) {
    scope.end()
    await stream.rollBack()
    throw error
  }
}
