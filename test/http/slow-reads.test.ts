// Requests that look at too many rows: they are ended, and nobody waits for them.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, statement, usualLimits } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'
import { listenTo, pause } from '../helpers/notes-app.ts'

const source = `
export default {
  name: 'Slow',
  entities: {
    User: { fields: { email: { type: 'string', required: true, unique: true }, name: { type: 'string' }, tasks: { type: 'relation', to: 'Task', many: true, inverse: 'assignee' } }, permissions: { read: 'authenticated' } },
    Task: {
      fields: { title: { type: 'string', required: true }, assignee: { type: 'relation', to: 'User' } },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated', delete: 'authenticated' },
    },
  },
}
`

/** Three thousand tasks of one person: nine million looks a row for a filter two deep that nothing meets. */
const tasks = 3_000
const filter = "assignee.tasks.some(t => t.assignee.tasks.some(s => s.title == 'none'))"
const asked = `filter=${encodeURIComponent(filter)}`

let app: TestApp
let token = ''
let id = ''

beforeAll(async () => {
  app = await startApp(source, () =>
    openDatabase({ url: ':memory:', durability: 'normal' }, { ...usualLimits, long: 300 }),
  )
  ;({ id, token } = await app.signUp('ann'))
  const now = new Date().toISOString()
  const add = statement(
    `WITH RECURSIVE "c" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "c" WHERE "n" < ${tasks}) INSERT INTO "Task" ("id", "title", "assignee", "createdAt", "updatedAt") SELECT 'task' || "n", 'A task', ?1, ?2, ?2 FROM "c"`,
  )
  await app.database.transaction((tx) => tx.run(add, [id, now]))
})
afterAll(() => app.close())

const send = (method: string, path: string, body?: unknown) => app.send(method, `/api/${path}`, body, { token })

test.each([`tasks?${asked}`, `tasks?${asked}&count=true&limit=1`, `tasks/aggregate?${asked}&group=title`])(
  'GET /api/%s is ended with 400, and others are answered meanwhile',
  async (path) => {
    let ended = false
    const slow = send('GET', path).finally(() => {
      ended = true
    })
    let others = 0
    for (; !ended; others += 1) {
      expect((await send('GET', 'tasks/task1')).status).toBe(200)
      if (others % 2 === 0) expect((await send('PATCH', 'tasks/task2', { title: `T${others}` })).status).toBe(200)
      await pause()
    }
    const { status, body } = await slow
    expect([status, body.code]).toEqual([400, 'too-slow'])
    expect(others).toBeGreaterThan(3)
  },
)

test('a list of all rows that is ended is refused before it begins', async () => {
  const asRows = { token, headers: { accept: 'text/csv' } }
  const { status, body } = await app.send('GET', `/api/tasks?${asked}`, undefined, asRows)
  expect([status, body.code]).toEqual([400, 'too-slow'])
})

test('a batch that is ended stores nothing, and the next one works', async () => {
  const create = { method: 'POST', path: '/api/tasks', body: { title: 'In a batch' } }
  const slow = { method: 'GET', path: `/api/tasks?${asked}` }
  for (const batch of [[create, slow], [slow]])
    expect((await send('POST', 'batch', batch)).body).toMatchObject({ status: 400, code: 'too-slow' })
  expect((await send('GET', 'tasks?title=In%20a%20batch&count=true')).body.page.total).toBe(0)
  expect((await send('POST', 'batch', [create])).status).toBe(200)
})

test('a listener that asks too much is let go, and others are told meanwhile', async () => {
  const slow = await listenTo(app, `/api/tasks/changes?${asked}`, token)
  const quick = await listenTo(app, '/api/tasks/changes', token)
  await send('PATCH', 'tasks/task3', { title: 'Changed' })
  const ended = slow.next().catch(() => 'ended')
  const first = await Promise.race([quick.next(), ended])
  expect(first).toMatchObject({ event: 'updated', data: { title: 'Changed' } })
  expect(await ended).toBe('ended')
  await send('PATCH', 'tasks/task3', { title: 'Again' })
  expect(await quick.next()).toMatchObject({ event: 'updated', data: { title: 'Again' } })
  await quick.close()
})
