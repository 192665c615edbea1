// What the limits have in common: the database, the session looked up by the hash of its token, refusals.

import { createHash } from 'node:crypto'
import { serve } from '@hono/node-server'
import Database from 'better-sqlite3'
import { Hono } from 'hono'

const [file, port] = process.argv.slice(2)
export const db = new Database(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = NORMAL')
db.pragma('foreign_keys = ON')
db.exec(
  'CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, entity TEXT, row TEXT, at TEXT, user TEXT, payload TEXT)',
)
export const event = db.prepare('INSERT INTO event (name, entity, row, at, user, payload) VALUES (?, ?, ?, ?, ?, ?)')

export const problem = (c, status) => c.json({ status, title: String(status) }, status)

/** An app whose requests have a `user` with these columns, and `now`. */
export function appFor(columns) {
  const session = db.prepare(
    `SELECT ${columns} FROM _truth_sessions s JOIN User u ON u.id = s.user WHERE s.token = ? AND s.expiresAt > ?`,
  )
  const app = new Hono()
  app.use('/api/*', async (c, next) => {
    const token = c.req.header('authorization')?.slice(7)
    const now = new Date().toISOString()
    const user = token && session.get(createHash('sha256').update(token).digest('base64url'), now)
    if (!user) return problem(c, 401)
    c.set('user', user)
    c.set('now', now)
    await next()
  })
  return app
}

/** A page of at most 20, of rows that were read up to the 21st. */
export function page(c, rows) {
  const more = rows.length > 20
  if (more) rows.pop()
  return c.json({ data: rows, page: { limit: 20, next: more ? rows.at(-1).id : null } })
}

export const listen = (app) =>
  serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, (info) =>
    console.log(`Ready http://127.0.0.1:${info.port}`),
  )
