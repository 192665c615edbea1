// One listener to the changes of an entity: what it asked for, how far it has got, and its stream.

import type { Caller } from '../../database/records/caller.ts'
import type { Change, ChangeQuery } from '../../database/records/changes.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { Refusal } from '../refusal.ts'

export type Asked = {
  readonly collection: Collection
  /** The session to ask again before anything is told; undefined for somebody who is not signed in. */
  readonly token: string | undefined
  /** The place in the outbox after which changes are told; undefined for those to come. */
  readonly since: number | undefined
  /** What the caller asked for, checked anew whenever their row has changed. */
  readonly queryFor: (caller: Caller) => ChangeQuery | Refusal
}

export type Subscriber = Asked & {
  readonly stream: ReadableStream<Uint8Array>
  /** Everything up to here was told. */
  seen: number
  /** False once nobody listens any more. */
  open: boolean
  readonly send: (text: string) => void
  readonly end: () => void
}

/** Bytes that may wait for a slow listener before it is let go; it can come back and go on where it was. */
const mostWaiting = 1024 * 1024

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
    send: (text) => {
      if (!subscriber.open) return
      controller?.enqueue(encoder.encode(text))
      if ((controller?.desiredSize ?? 0) <= 0) end()
    },
    end,
  }
  return subscriber
}

/** A change as a server-sent event; undefined when it is none of the listener's business. */
export function eventOf({ at, kind, id, before, after }: Change): string | undefined {
  const name =
    after === undefined
      ? before && (kind === 'deleted' ? 'deleted' : 'leave')
      : kind === 'created' || before
        ? kind
        : 'enter'
  if (!name) return undefined
  return `id: ${at}\nevent: ${name}\ndata: ${after ?? JSON.stringify({ id })}\n\n`
}
