// The outbox: what happened, stored by the transaction that made it happen. No event for a change that was rolled back,
// none lost for a change that was committed.

import type { Transaction } from './contract.ts'
import { statement } from './statement.ts'

export type OutboxEvent = {
  /** Such as `Task.created`, or what a behavior emits. */
  readonly name: string
  readonly entity: string
  /** The id of the row. */
  readonly row: string
  /** ISO, in UTC. */
  readonly at: string
  /** Who did it; null when nobody was signed in. */
  readonly user: string | null
  /** The row as JSON text; null when there was none before, or is none after. */
  readonly before: string | null
  readonly after: string | null
}

const append = statement(
  'INSERT INTO "_truth_outbox" ("name", "entity", "row", "at", "user", "payload") VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
)

/** Stores an event with the changes of its transaction. Throws DatabaseError. */
export async function appendEvent(tx: Transaction, event: OutboxEvent): Promise<void> {
  const payload = `{"before":${event.before ?? 'null'},"after":${event.after ?? 'null'}}`
  await tx.run(append, [event.name, event.entity, event.row, event.at, event.user, payload])
}
