// The same for the notes of the bench: the rule's path as a subquery, the expanded row as a join, search as a match.

import { appFor, db, event, listen, page, problem } from './base.mjs'

const ticket = 't.id, t.title, t.project, t.createdBy, t.createdAt, t.updatedAt'
const leads = 'EXISTS (SELECT 1 FROM Project p JOIN Team m ON m.id = p.team WHERE p.id = t.project AND m.lead = $user)'
const mayRead = `(t.createdBy = $user OR ${leads})`
const one = db.prepare(`SELECT ${ticket} FROM Ticket t WHERE t.id = $id AND ${mayRead}`)
const list = db.prepare(`SELECT ${ticket} FROM Ticket t WHERE ${mayRead} ORDER BY t.id LIMIT 21`)
const update = db.prepare(
  `UPDATE Ticket AS t SET title = $title, updatedAt = $now WHERE id = $id AND ${leads} RETURNING id, title, project, createdBy, createdAt, updatedAt`,
)
const note = 'n.id, n.title, n.project, n.createdBy, n.createdAt, n.updatedAt'
const project = 'p.id, p.name, p.team, p.createdAt, p.updatedAt'
const expanded = db
  .prepare(`SELECT ${note}, ${project} FROM Note n JOIN Project p ON p.id = n.project ORDER BY n.id LIMIT 21`)
  .raw()
const search = db.prepare(
  `SELECT ${note} FROM "_truth_search Note" s JOIN Note n ON n.rowid = s.rowid WHERE s.c0 MATCH ? ORDER BY n.id LIMIT 21`,
)

const withProject = ([id, title, , createdBy, createdAt, updatedAt, project, name, team, madeAt, changedAt]) => ({
  id,
  title,
  project: { id: project, name, team, createdAt: madeAt, updatedAt: changedAt },
  createdBy,
  createdAt,
  updatedAt,
})
const change = db.transaction((before, values) => {
  const after = update.get(values)
  if (!after) return 403
  event.run('Ticket.updated', 'Ticket', before.id, values.now, values.user, JSON.stringify({ before, after }))
  return after
})

const app = appFor('u.id')
app.get('/api/tickets', (c) => page(c, list.all({ user: c.get('user').id })))
app.get('/api/tickets/:id', (c) => {
  const row = one.get({ id: c.req.param('id'), user: c.get('user').id })
  return row ? c.json(row) : problem(c, 404)
})
app.patch('/api/tickets/:id', async (c) => {
  const { title } = await c.req.json()
  if (typeof title !== 'string' || title.length > 200) return problem(c, 422)
  const values = { id: c.req.param('id'), user: c.get('user').id, title, now: c.get('now') }
  const before = one.get({ id: values.id, user: values.user })
  const row = before ? change(before, values) : 404
  return typeof row === 'number' ? problem(c, row) : c.json(row)
})
app.get('/api/notes', (c) => {
  const words = c.req.query('search')?.split(/\s+/)
  if (words) return page(c, search.all(words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ')))
  return page(c, expanded.all().map(withProject))
})
listen(app)
