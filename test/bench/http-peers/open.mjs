// What the frameworks' servers have in common: the database with the limit's settings, and the session looked up by the
// hash of its token with a kept statement, so that what is compared is the framework alone.

import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'

export const [file, port] = process.argv.slice(2)

export function tune(db) {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
}

export const db = new Database(file)
tune(db)

const session = db.prepare(
  'SELECT u.id, u.role FROM _truth_sessions s JOIN User u ON u.id = s.user WHERE s.token = ? AND s.expiresAt > ?',
)

/** Undefined for whoever is not signed in. */
export function userOf(authorization) {
  const token = authorization?.slice('Bearer '.length)
  return token && session.get(createHash('sha256').update(token).digest('base64url'), new Date().toISOString())
}
