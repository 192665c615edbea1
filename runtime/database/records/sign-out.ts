// A user who was deleted softly is signed out: a restore brings back the row, and not what opened the app for whoever had it.

import type { App } from '../../truth/app.ts'
import { statement, type Transaction } from '../database.ts'
import type { Touched } from './cascade.ts'

const sessions = statement('DELETE FROM "_truth_sessions" WHERE "user" = ?1')
const tokens = statement('DELETE FROM "_truth_tokens" WHERE "user" = ?1')

/** Ends the sessions of those rows that are users, and what was mailed to them. */
export async function signOut(
  tx: Transaction,
  { settings: { auth } }: App,
  rows: readonly Pick<Touched, 'entity' | 'id'>[],
): Promise<void> {
  for (const { entity, id } of rows) {
    if (!auth.enabled || entity.name !== auth.entity) continue
    await tx.run(sessions, [id])
    await tx.run(tokens, [id])
  }
}
