// Group commit: writing transactions that wait at the same time run one after the other, each in a savepoint of its
// own, and are committed together. What a commit costs is then paid once for all of them.

import { setImmediate as whatArrived } from 'node:timers/promises'
import { takeTurns } from './aside.ts'
import type { Connection } from './connection.ts'
import type { Database, Limits, Transaction } from './contract.ts'
import { DatabaseError, type DatabaseErrorKind, databaseError } from './errors.ts'
import type { Holder } from './hold.ts'
import type { Queue } from './queue.ts'
import { createScope, within } from './scope.ts'
import { statement } from './statement.ts'

type Work<T> = (tx: Transaction) => Promise<T>

type Member = {
  readonly work: Work<unknown>
  readonly alone: boolean
  /** When it was asked for. */
  readonly asked: number
  readonly done: (result: unknown) => void
  readonly fail: (why: unknown) => void
}

/** Where a transaction is run, and what it may do; `asked` is when it was asked for, before it waited its turn. */
type Run = { readonly holder: Holder; readonly may: 'read' | 'write'; readonly asked: number }

/** The most that are committed together, so that the first of them does not wait for long. */
const most = 64

/** Transactions on the connection that writes, in the order of the calls. */
export function createGroups(holder: Holder, queue: Queue, limits: Limits): Database['transaction'] {
  const waiting: Member[] = []

  /** The first that waits, and those right behind it that may be committed with it. */
  const take = (): Member[] => {
    const other = waiting.findIndex(({ alone }) => alone)
    return waiting.splice(0, other < 0 ? most : Math.max(1, Math.min(most, other)))
  }

  /** The first, and those behind it that have waited for the same lock for as long as they may; the others may still wait. */
  const refuse = (why: unknown): void => {
    const over = performance.now() - limits.busy
    const patient = isBusy(why) ? waiting.findIndex(({ asked }, index) => index > 0 && asked >= over) : 1
    for (const { fail } of waiting.splice(0, patient < 0 ? waiting.length : patient)) fail(why)
  }

  const runFrom = async (first: Member): Promise<void> => {
    // One before it took it along.
    if (waiting[0] !== first) return
    await whatArrived()
    let connection: Connection
    try {
      connection = await begin({ holder, may: 'write', asked: first.asked })
    } catch (error) {
      refuse(error)
      return
    }
    const members = take()
    if (members.length > 1) await runTogether(holder, connection, limits, members)
    else await runOne({ holder, may: 'write' }, connection, limits, first.work).then(first.done, first.fail)
  }

  return <T>(work: Work<T>, alone?: 'alone') =>
    new Promise<T>((done, fail) => {
      const asked = performance.now()
      const member = { work, alone: alone === 'alone', asked, done: done as (result: unknown) => void, fail }
      waiting.push(member)
      // Each has its place in the queue, where nothing is left to do once it was run with one before it.
      void queue(() => runFrom(member))
    })
}

/** BEGIN, `work`, COMMIT; ROLLBACK when `work` throws, and its error is thrown on. Throws DatabaseError. */
export async function runTransaction<T>(run: Run, limits: Limits, work: Work<T>): Promise<T> {
  return runOne(run, await begin(run), limits, work)
}

/** `work` in the open transaction, and COMMIT. */
async function runOne<T>(
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

const save = statement('SAVEPOINT "one"')
const undo = statement('ROLLBACK TO "one"')
const release = statement('RELEASE "one"')

/**
 * All of them in the open transaction, and COMMIT. INVARIANT: nobody is told anything before it, also no refusal: it may
 * be owed to what another one wrote.
 */
async function runTogether(
  holder: Holder,
  connection: Connection,
  limits: Limits,
  members: readonly Member[],
): Promise<void> {
  const answers: (() => void)[] = []
  let faulty = false
  let culprit: Member | undefined
  let why: unknown
  try {
    for (const member of members) {
      connection.run(save, [])
      const outcome = await attempt(connection, 'write', limits, member.work)
      if ('thrown' in outcome) {
        culprit = member
        why = outcome.thrown
        faulty ||= !isHarmless(outcome.why)
        if (isBusy(outcome.why)) throw outcome.why
        // Fails where SQLite has rolled back everything by itself.
        connection.run(undo, [])
        culprit = undefined
        answers.push(() => member.fail(outcome.thrown))
      } else answers.push(() => member.done(outcome.result))
      connection.run(release, [])
    }
    commit(connection)
  } catch (error) {
    rollBack(holder, connection, error)
    const { message } = databaseError(error)
    const undone = `Writes were undone because one that was to be committed with them failed: ${message}`
    const failure = culprit ? new DatabaseError('busy', undone, { cause: error }) : databaseError(error)
    for (const member of members) member.fail(member === culprit ? why : failure)
    return
  }
  if (faulty) holder.drop()
  for (const answer of answers) answer()
}

/** What `work` came to: `thrown` is its error, `why` that of its first statement that failed, where one did. */
type Outcome<T> = { readonly result: T } | { readonly thrown: unknown; readonly why: unknown }

/** Runs `work`, and waits for the statements that it did not wait for. */
async function attempt<T>(
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

const isBusy = (error: unknown): boolean => error instanceof DatabaseError && error.kind === 'busy'

const isHarmless = (error: unknown): boolean => !(error instanceof DatabaseError) || harmless.has(error.kind)

function rollBack(holder: Holder, connection: Connection, why: unknown): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    // SQLite rolled back by itself, or the connection is of no use: closing it rolls back too.
    holder.drop()
    return
  }
  if (!isHarmless(why)) holder.drop()
}
