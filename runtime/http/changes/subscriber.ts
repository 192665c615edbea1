// One listener to the changes of an entity: what it asked for, how far it has got, and its stream.

import type { Caller } from '../../database/records/caller.ts'
import type { Change, ChangeQuery } from '../../database/records/changes.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { Refusal } from '../refusal.ts'

export type Asked = {
  readonly collection: Collection
  /** The session to ask again before anything is told; undefined for somebody who is not signed in. */
  readonly token: string | undefined
  /** Who listens, or from where: each has so many streams at most. */
  readonly from: string
  /** The place in the outbox after which changes are told; undefined for those to come. */
  readonly since: number | undefined
  /** What the caller asked for, checked anew whenever their row has changed. */
  readonly queryFor: (caller: Caller) => ChangeQuery | Refusal
  /** Whether what it asks for may take long, so that others do not wait for it. */
  readonly alone: boolean
}

export type Subscriber = Asked & {
  readonly stream: ReadableStream<Uint8Array>
  /** Everything up to here was told. */
  seen: number
  /** False once nobody listens any more. */
  open: boolean
  /** Whether it is being told just now, while others go on. */
  busy: boolean
  /** Rows that this stream has told of and that were there then, the latest last. */
  readonly told: Set<string>
  readonly send: (text: string) => void
  readonly end: () => void
}

/** Bytes that may wait for a slow listener before it is let go; it can come back and go on where it was. */
const mostWaiting = 1024 * 1024

/** Rows that a stream remembers to have told of. */
const mostTold = 2_000

const encoder = new TextEncoder()

export function subscriberOf(asked: Asked, seen: number, left: (subscriber: Subscriber) => void): Subscriber {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given
      },
      cancel: () => gone(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }),
  )
  const gone = (): void => {
    if (!subscriber.open) return
    subscriber.open = false
    left(subscriber)
  }
  const end = (): void => {
    if (subscriber.open) controller?.close()
    gone()
  }
  const subscriber: Subscriber = {
    ...asked,
    stream,
    seen,
    open: true,
    busy: false,
    told: new Set(),
    send: (text) => {
      if (!subscriber.open) return
      controller?.enqueue(encoder.encode(text))
      if ((controller?.desiredSize ?? 0) <= 0) end()
    },
    end,
  }
  return subscriber
}

/** Whether the listener knows the row: by the row itself, or, where that cannot be told, by what this stream has told. */
function knew({ told }: Subscriber, { before, id }: Change): boolean {
  return before ?? told.has(id)
}

/** A change as a server-sent event; undefined when it is none of the listener's business. */
export function eventOf(subscriber: Subscriber, change: Change): string | undefined {
  const { at, kind, id, after } = change
  const before = knew(subscriber, change)
  subscriber.told.delete(id)
  if (after !== undefined && change.before === undefined) {
    subscriber.told.add(id)
    if (subscriber.told.size > mostTold) subscriber.told.delete(subscriber.told.values().next().value ?? '')
  }
  const name =
    after === undefined
      ? before && (kind === 'deleted' ? 'deleted' : 'leave')
      : kind === 'created' || (kind === 'updated' && before)
        ? kind
        : 'enter'
  if (!name) return undefined
  return `id: ${at}\nevent: ${name}\ndata: ${after ?? JSON.stringify({ id })}\n\n`
}

/**
 * Changes of one row that come together, as one: a row is told as it is now, so that telling it once is enough. They
 * keep the order of their last.
 */
export function merged(changes: readonly Change[]): readonly Change[] {
  const byRow = new Map<string, Change>()
  for (const change of changes) {
    const first = byRow.get(change.id)
    byRow.delete(change.id)
    const kind = change.kind === 'updated' && first ? first.kind : change.kind
    byRow.set(change.id, first ? { ...change, kind, before: first.before } : change)
  }
  return [...byRow.values()]
}
