// What a careful person would write by hand for the tasks example: Hono and better-sqlite3, kept statements, the session
// looked up by the hash of its token, permissions in the statements, input checked, an event with every write.

import { v7 as newId } from 'uuid'
import { appFor, db, event, listen, page, problem } from './base.mjs'

const columns = 'id, title, status, dueDate, assignee, createdBy, createdAt, updatedAt'
const one = db.prepare(`SELECT ${columns} FROM Task WHERE id = ?`)
const list = db.prepare(`SELECT ${columns} FROM Task ORDER BY id LIMIT 21`)
const insert = db.prepare(`INSERT INTO Task (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
const update = db.prepare(
  `UPDATE Task SET title = ?, updatedAt = ? WHERE id = ? AND (createdBy = ? OR assignee = ? OR ? = 'manager') RETURNING ${columns}`,
)

const create = db.transaction((values, row) => {
  insert.run(values)
  event.run('Task.created', 'Task', values[0], values[6], values[5], JSON.stringify(row))
})
const write = db.transaction((before, title, now, user) => {
  const after = update.get(title, now, before.id, user.id, user.id, user.role)
  if (!after) return 403
  event.run('Task.updated', 'Task', before.id, now, user.id, JSON.stringify({ before, after }))
  return after
})
const change = (id, title, now, user) => {
  const before = one.get(id)
  if (!before) return 404
  const allowed = before.createdBy === user.id || before.assignee === user.id || user.role === 'manager'
  return allowed ? write(before, title, now, user) : 403
}

const app = appFor('u.id, u.role')
app.get('/api/tasks', (c) => page(c, list.all()))
app.get('/api/tasks/:id', (c) => {
  const row = one.get(c.req.param('id'))
  return row ? c.json(row) : problem(c, 404)
})
app.post('/api/tasks', async (c) => {
  const body = await c.req.json()
  if (typeof body.title !== 'string' || body.title.length > 200) return problem(c, 422)
  const now = c.get('now')
  const id = newId()
  const row = {
    id,
    title: body.title,
    status: 'todo',
    dueDate: null,
    assignee: null,
    createdBy: c.get('user').id,
    createdAt: now,
    updatedAt: now,
  }
  create(Object.values(row), row)
  return c.json(row, 201)
})
app.patch('/api/tasks/:id', async (c) => {
  const body = await c.req.json()
  if (typeof body.title !== 'string' || body.title.length > 200) return problem(c, 422)
  const row = change(c.req.param('id'), body.title, c.get('now'), c.get('user'))
  return typeof row === 'number' ? problem(c, row) : c.json(row)
})
listen(app)
