// One transaction on an embedded connection: begun, worked in, and ended, so that nothing half done stays behind.

import { takeTurns } from './aside.ts'
import type { Connection } from './connection.ts'
import type { Limits, Transaction } from './contract.ts'
import { DatabaseError, type DatabaseErrorKind, databaseError } from './errors.ts'
import type { Holder } from './hold.ts'
import { createScope, within } from './scope.ts'

export type Work<T> = (tx: Transaction) => Promise<T>

/** Where a transaction is run, and what it may do; `asked` is when it was asked for, before it waited its turn. */
export type Run = { readonly holder: Holder; readonly may: 'read' | 'write'; readonly asked: number }

/** BEGIN, `work`, COMMIT; ROLLBACK when `work` throws, and its error is thrown on. Throws DatabaseError. */
export async function runTransaction<T>(run: Run, limits: Limits, work: Work<T>): Promise<T> {
  return runOne(run, await begin(run), limits, work)
}

/** `work` in the open transaction, and COMMIT. */
export async function runOne<T>(
  { holder, may }: Omit<Run, 'asked'>,
  connection: Connection,
  limits: Limits,
  work: Work<T>,
): Promise<T> {
  const outcome = await attempt(connection, may, limits, work)
  if ('thrown' in outcome) {
    rollBack(holder, connection, outcome.why)
    throw outcome.thrown
  }
  try {
    commit(connection)
  } catch (error) {
    rollBack(holder, connection, error)
    throw error
  }
  return outcome.result
}

/** What `work` came to: `thrown` is its error, `why` that of its first statement that failed, where one did. */
export type Outcome<T> = { readonly result: T } | { readonly thrown: unknown; readonly why: unknown }

/** Runs `work`, and waits for the statements that it did not wait for. */
export async function attempt<T>(
  connection: Connection,
  may: 'read' | 'write',
  limits: Limits,
  work: Work<T>,
): Promise<Outcome<T>> {
  // One that writes holds up the others, so what it reads may take a fifth of the time.
  const inTurn = takeTurns(connection, may === 'write' ? limits.long / 5 : limits.long)
  const scope = createScope(may, inTurn.run)
  try {
    const result = await within(limits.transaction, work(scope.tx))
    await inTurn.settled()
    const failure = scope.end()
    if (failure) throw failure
    return { result }
  } catch (error) {
    await inTurn.end()
    return { thrown: error, why: scope.end() ?? error }
  }
}

/** The connection, with a transaction open on it. Throws DatabaseError, 'busy' once others held the lock for too long. */
export async function begin({ holder, may, asked }: Run): Promise<Connection> {
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

/** Throws DatabaseError; the transaction is then open still. */
export function commit(connection: Connection): void {
  try {
    connection.exec('COMMIT')
  } catch (error) {
    throw databaseError(error, 'COMMIT')
  }
}

const harmless: ReadonlySet<DatabaseErrorKind> = new Set(['unique', 'foreignKey', 'notNull', 'check'])

/** Whether others held the lock. */
export const isBusy = (error: unknown): boolean => error instanceof DatabaseError && error.kind === 'busy'

/** Refusals by a constraint leave a connection as it was; after any other error of the database it is replaced. */
export const isHarmless = (error: unknown): boolean => !(error instanceof DatabaseError) || harmless.has(error.kind)

/** Undoes the open transaction, and lets go of the connection where `why` leaves it in doubt. */
export function rollBack(holder: Holder, connection: Connection, why: unknown): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    // SQLite rolled back by itself, or the connection is of no use.
    holder.drop()
    return
  }
  if (!isHarmless(why)) holder.drop()
}
