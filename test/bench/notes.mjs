// The notes of the bench under load: what the tasks example has not. Ann leads every other team, and each has its share
// of the rows; a word that is searched for stands in every 500th note.

import { idOf, prepare, rows } from './prepare.mjs'

const [teams, projects, topics] = [10, 100, 500]
const topic = (n) => `topic${String(n % topics).padStart(3, '0')}`

export const prepareNotes = (folder) =>
  prepare(folder, 'test/bench/notes/app.truth.ts', (db, { ann, bob }, now) => {
    const insert = (table, columns) => {
      const names = ['id', ...columns, 'createdAt', 'updatedAt']
      const statement = db.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map(() => '?')})`)
      return (n, ...values) => statement.run([idOf(n), ...values, now, now])
    }
    const team = insert('Team', ['name', 'lead'])
    for (let n = 0; n < teams; n++) team(n, `Team ${n}`, n % 2 ? bob.user.id : ann.user.id)
    const project = insert('Project', ['name', 'team'])
    for (let n = 0; n < projects; n++) project(n, `Project ${n}`, idOf(n % teams))
    const columns = ['title', 'project', 'createdBy']
    const [ticket, note] = [insert('Ticket', columns), insert('Note', columns)]
    for (let n = 0; n < rows; n++) {
      ticket(n, `Ticket number ${n}`, idOf(n % projects), bob.user.id)
      note(n, `Note ${n} about ${topic(n)} and more`, idOf(n % projects), bob.user.id)
    }
  })

export function noteJobs({ ann }) {
  /** One that Ann may read. */
  const some = (n) => idOf((((n * 7919) % rows) >> 1) << 1)
  const get = (path) => ({ path: `/api/${path}` })
  const update = (n) => ({ method: 'PATCH', path: `/api/tickets/${some(n)}`, body: { title: `Changed ${n}` } })
  return [
    { name: 'path: get', request: (n) => get(`tickets/${some(n)}`) },
    { name: 'path: list', request: () => get('tickets') },
    { name: 'path: update', request: update },
    { name: 'path: hidden', request: (n) => get(`tickets/${idOf((n * 2 + 1) % rows)}`), expected: 404 },
    { name: 'expand', request: () => get('notes?expand=project') },
    { name: 'search', request: (n) => get(`notes?search=${topic(n)}`) },
  ].map((job) => ({ ...job, token: ann.token, status: () => job.expected ?? 200 }))
}
