// The outbox: what happened, stored by the transaction that made it happen. No event for a change that was rolled back,
// none lost for a change that was committed.

import type { Database, Transaction } from './contract.ts'
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

/** Events that one transaction takes away, so that nobody waits long behind it. */
const stretch = 1_000

// The last one stays, as the place that everybody knows.
const sweep = statement(
  `DELETE FROM "_truth_outbox" WHERE "id" IN (SELECT "id" FROM "_truth_outbox" ORDER BY "id" LIMIT ?2) AND "at" < ?1 AND "id" < (SELECT max("id") FROM "_truth_outbox") RETURNING 1`,
)

/** Takes away the events from before an instant, the oldest first; how many there were. Throws DatabaseError. */
export async function sweepOutbox(database: Database, before: string): Promise<number> {
  for (let all = 0; ; ) {
    const gone = await database.transaction((tx) => tx.run(sweep, [before, stretch]), 'alone')
    all += gone.length
    if (gone.length < stretch) return all
  }
}
