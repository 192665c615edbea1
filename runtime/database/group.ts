// Group commit: writing transactions that wait at the same time run one after the other, each in a savepoint of its
// own, and are committed together. What a commit costs is then paid once for all of them.

import { setImmediate as whatArrived } from 'node:timers/promises'
import type { Connection } from './connection.ts'
import type { Database, Limits } from './contract.ts'
import { DatabaseError, databaseError } from './errors.ts'
import type { Holder } from './hold.ts'
import type { Queue } from './queue.ts'
import { statement } from './statement.ts'
import { attempt, begin, commit, isBusy, isHarmless, rollBack, runOne, type Work } from './transact.ts'

type Member = {
  readonly work: Work<unknown>
  readonly alone: boolean
  /** When it was asked for. */
  readonly asked: number
  readonly done: (result: unknown) => void
  readonly fail: (why: unknown) => void
}

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
  let culprit: { readonly member: Member; readonly thrown: unknown } | undefined
  try {
    for (const member of members) {
      connection.run(save, [])
      const outcome = await attempt(connection, 'write', limits, member.work)
      if ('thrown' in outcome) {
        const { thrown, why } = outcome
        culprit = { member, thrown }
        faulty ||= !isHarmless(why)
        // What such a connection acknowledges can be lost.
        if (isBusy(why)) throw why
        // Fails where SQLite has rolled back everything by itself.
        connection.run(undo, [])
        culprit = undefined
        answers.push(() => member.fail(thrown))
      } else answers.push(() => member.done(outcome.result))
      connection.run(release, [])
    }
    commit(connection)
  } catch (error) {
    rollBack(holder, connection, error)
    const failure = culprit ? undoneWith(culprit.thrown) : databaseError(error)
    for (const member of members) member.fail(member === culprit?.member ? culprit.thrown : failure)
    return
  }
  if (faulty) holder.drop()
  for (const answer of answers) answer()
}

const undoneWith = (cause: unknown): DatabaseError =>
  new DatabaseError(
    'busy',
    `Writes were undone because one that was to be committed with them failed: ${databaseError(cause).message}`,
    { cause },
  )
