// The tasks example under load: its rows, and the jobs that every server does on them in its own dialect.

import { idOf, prepare, rows } from './prepare.mjs'

export async function prepareTasks(folder) {
  return prepare(folder, 'examples/tasks/app.truth.ts', (db, people, now) => {
    const insert = db.prepare(
      'INSERT INTO Task (id, title, status, dueDate, assignee, createdBy, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    for (let n = 0; n < rows; n++) {
      insert.run([idOf(n), `Task number ${n}`, 'todo', '2026-12-24', null, people.ann.user.id, now, now])
    }
  })
}

const path = '/api/tasks'

/** How truth and the limit are asked, and where in an answer the rows are. */
export const plain = {
  get: (id) => ({ path: `${path}/${id}` }),
  list: () => ({ path }),
  create: (title) => ({ method: 'POST', path, body: { title } }),
  update: (id, title) => ({ method: 'PATCH', path: `${path}/${id}`, body: { title } }),
  rowsOf: (answer) => answer.data ?? [answer],
  statuses: {},
}

const statuses = { get: 200, list: 200, create: 201, update: 200, denied: 403 }

export function taskJobs(people) {
  const some = (n) => idOf((n * 7919) % rows)
  const ann = people.ann.token
  return [
    { name: 'get', bar: 1.6, token: ann, request: (n, api) => api.get(some(n)) },
    { name: 'list', bar: 1.0, token: ann, request: (_, api) => api.list() },
    { name: 'create', makes: true, bar: 1.5, token: ann, request: (n, api) => api.create(`New ${n}`) },
    { name: 'update', bar: 1.5, token: ann, request: (n, api) => api.update(some(n), `Changed ${n}`) },
    { name: 'denied', bar: 1.8, token: people.bob.token, request: (n, api) => api.update(some(n), 'Mine') },
  ].map((job) => ({ ...job, status: (api) => api.statuses[job.name] ?? statuses[job.name] }))
}
