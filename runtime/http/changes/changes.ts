// Tells listeners what changed. The outbox is the source: it has every committed change of every process, in order, so
// that nothing is lost or told twice. Who may know of a change is decided when it is told, by the caller's session then.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../database/database.ts'
import { DatabaseError } from '../../database/errors.ts'
import { type Caller, reachOf } from '../../database/records/caller.ts'
import { type Change, type ChangeQuery, changePlaces, readChanges } from '../../database/records/changes.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { isRefusal, type Refusal, refusal } from '../refusal.ts'
import { type Asked, eventOf, merged, type Subscriber, subscriberOf } from './subscriber.ts'

/** What is asked for changes, and for who may know of them: a part of the service. */
type Source = {
  readonly database: Database
  readonly accounts: Accounts | undefined
  readonly log: { readonly warn: (details: object, message: string) => void }
}

export type Changes = {
  /** A stream of server-sent events. */
  readonly listen: (asked: Asked) => Promise<ReadableStream<Uint8Array> | Refusal>
  /** Says that this process may have changed something: listeners are told soon. */
  readonly stir: () => void
  /** Ends every stream; those who listened come back and go on where they were. */
  readonly close: () => void
  readonly listeners: () => number
}

/** Streams in all, and of one user or one address. */
const most = { all: 10_000, each: 1_000 }

/** Changes that one statement reads. */
const page = 100

/** Pages that one listener gets before the others have their turn. */
const pagesAtOnce = 5

/** Milliseconds: how often other processes' changes are looked for, and how long a stream may be silent. */
const every = { look: 500, beat: 25_000 }

/** Listeners served in one go, before requests get their turn. */
const stretch = 25

type Turn = {
  readonly until: number
  readonly callers: Map<string, Promise<Caller | undefined>>
  /** What was read in this turn, so that listeners who see the same cost one statement. */
  readonly pages: Map<string, Promise<readonly Change[]>>
}

/** The caller behind a token as of now; undefined when the session has ended. */
async function callerNow(source: Source, token: string | undefined): Promise<Caller | undefined> {
  const now = new Date().toISOString()
  if (token === undefined) return { user: null, now }
  const session = await source.accounts?.session(token, now)
  return session && { user: session.user, now }
}

function remembered<K, V>(kept: Map<K, V>, key: K, make: () => V): V {
  const found = kept.get(key)
  if (found !== undefined) return found
  const made = make()
  kept.set(key, made)
  return made
}

/** Whether everybody like this caller is told the same. */
const isForAll = ({ collection }: Subscriber, caller: Caller, query: ChangeQuery): boolean =>
  collection.allVisible &&
  query.conditions.length === 0 &&
  reachOf(collection.entity.permissions.get('read'), caller) === 'all'

/** Tells a listener what it has missed, a few pages of it; whether there is more. */
async function tell(source: Source, subscriber: Subscriber, turn: Turn): Promise<boolean> {
  const { collection, token } = subscriber
  const caller = await remembered(turn.callers, token ?? '', () => callerNow(source, token))
  const query: ChangeQuery | Refusal | undefined = caller && subscriber.queryFor(caller)
  if (!caller || !query || isRefusal(query)) {
    subscriber.end()
    return false
  }
  // SECURITY: what is told to everybody is kept apart from what is told to nobody in particular.
  const who = isForAll(subscriber, caller, query) ? 'everybody' : [caller.user]
  for (let pages = 0; pages < pagesAtOnce && subscriber.open && subscriber.seen < turn.until; pages += 1) {
    const range = { since: subscriber.seen, until: turn.until, limit: page }
    const key = JSON.stringify([collection.entity.name, query.shape, query.given, range.since, who])
    const found = await remembered(turn.pages, key, () =>
      readChanges(source.database.query, collection, caller, query, range),
    )
    const text = merged(found)
      .map((change) => eventOf(subscriber, change) ?? '')
      .join('')
    subscriber.seen = found.length < page ? turn.until : (found.at(-1)?.at ?? turn.until)
    if (text !== '') subscriber.send(text)
  }
  return subscriber.open && subscriber.seen < turn.until
}

export function createChanges(source: Source): Changes {
  const subscribers = new Set<Subscriber>()
  const counts = new Map<string, number>()
  let timers: readonly NodeJS.Timeout[] = []
  let telling = false
  let stirred = false
  let closed = false

  const left = (subscriber: Subscriber): void => {
    subscribers.delete(subscriber)
    const count = (counts.get(subscriber.from) ?? 1) - 1
    if (count > 0) counts.set(subscriber.from, count)
    else counts.delete(subscriber.from)
    if (subscribers.size > 0) return
    for (const timer of timers) clearInterval(timer)
    timers = []
  }

  const turn = async (): Promise<void> => {
    const { last: until } = await changePlaces(source.database.query)
    const behind = [...subscribers].filter(({ seen, busy }) => seen < until && !busy)
    const shared: Turn = { until, callers: new Map(), pages: new Map() }
    for (const [index, subscriber] of behind.entries()) {
      if (index % stretch === stretch - 1) await nextTurn()
      if (subscriber.alone) void tellAlone(subscriber, shared)
      // Whoever is far behind goes on in the next turn.
      else if (await tell(source, subscriber, shared)) stirred = true
    }
  }

  /** Tells a listener for whom nobody waits. What takes too long now will the next time: that stream ends. */
  const tellAlone = async (subscriber: Subscriber, shared: Turn): Promise<void> => {
    subscriber.busy = true
    let more = false
    try {
      more = await tell(source, subscriber, shared)
    } catch (error) {
      missed(error)
      if (error instanceof DatabaseError && error.kind === 'slow') subscriber.end()
    }
    subscriber.busy = false
    if (more) stir()
  }

  /** The database is out of reach for now; the next look finds what this one missed. */
  const missed = (error: unknown): void =>
    source.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'changes not told')

  const stir = (): void => {
    if (subscribers.size === 0) return
    stirred = true
    if (!telling) void tellAll()
  }

  const tellAll = async (): Promise<void> => {
    telling = true
    try {
      while (stirred && subscribers.size > 0) {
        stirred = false
        // What is committed meanwhile is told with it.
        await nextTurn()
        await turn()
      }
    } catch (error) {
      missed(error)
    } finally {
      telling = false
    }
  }

  const add = (subscriber: Subscriber): void => {
    subscribers.add(subscriber)
    counts.set(subscriber.from, (counts.get(subscriber.from) ?? 0) + 1)
  }

  /** A sign of life, and an end to the streams whose sessions have ended. */
  const beat = async (): Promise<void> => {
    const callers: Turn['callers'] = new Map()
    for (const [index, subscriber] of [...subscribers].entries()) {
      if (index % stretch === stretch - 1) await nextTurn()
      const { token, seen } = subscriber
      const caller = await remembered(callers, token ?? '', () => callerNow(source, token))
      if (caller) subscriber.send(`id: ${seen}\n\n`)
      else subscriber.end()
    }
  }

  return {
    listen: async (asked) => {
      const { last, first } = await changePlaces(source.database.query)
      // INVARIANT: nothing is waited for between the count and the place that is taken.
      if ((counts.get(asked.from) ?? 0) >= most.each)
        return refusal(429, 'listeners', 'You listen too often already.', { headers: { 'Retry-After': '60' } })
      if (closed || subscribers.size >= most.all)
        return refusal(503, 'listeners', 'Too many listen already.', { headers: { 'Retry-After': '5' } })
      // A place that is not reached yet belongs to another database: whoever waited there would wait for ever.
      const isKnown = asked.since !== undefined && asked.since <= last && asked.since >= first
      const seen = isKnown ? asked.since : last
      const subscriber = subscriberOf(asked, seen, left)
      add(subscriber)
      if (timers.length === 0)
        timers = [setInterval(stir, every.look), setInterval(() => void beat().catch(missed), every.beat)]
      for (const timer of timers) timer.unref()
      subscriber.send(
        `id: ${seen}\nevent: ${seen === asked.since || asked.since === undefined ? 'ready' : 'reset'}\ndata: {}\n\n`,
      )
      stir()
      return subscriber.stream
    },
    stir,
    close: () => {
      closed = true
      for (const subscriber of [...subscribers]) subscriber.end()
    },
    listeners: () => subscribers.size,
  }
}
