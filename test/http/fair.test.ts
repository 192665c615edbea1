// Whoever asks for much at once waits for themselves, and others are answered meanwhile.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, statement, usualLimits } from '../../runtime/database/database.ts'
import { createTurns } from '../../runtime/http/turns.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `
export default {
  name: 'Fair',
  entities: {
    User: { fields: { email: { type: 'string', required: true, unique: true }, name: { type: 'string' }, tasks: { type: 'relation', to: 'Task', many: true, inverse: 'assignee' } }, permissions: { read: 'authenticated' } },
    Task: {
      fields: { title: { type: 'string', required: true }, assignee: { type: 'relation', to: 'User' } },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated' },
    },
  },
}
`

const slow = `filter=${encodeURIComponent("assignee.tasks.some(t => t.assignee.tasks.some(s => s.title == 'none'))")}`
const quick = `filter=${encodeURIComponent("title == 'none'")}`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }

beforeAll(async () => {
  app = await startApp(source, () =>
    openDatabase({ url: ':memory:', durability: 'normal' }, { ...usualLimits, long: 100 }),
  )
  ann = await app.signUp('ann')
  bob = await app.signUp('bob')
  const now = new Date().toISOString()
  const add = statement(
    `WITH RECURSIVE "c" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "c" WHERE "n" < 3000) INSERT INTO "Task" ("id", "title", "assignee", "createdAt", "updatedAt") SELECT 'task' || "n", 'A task', ?1, ?2, ?2 FROM "c"`,
  )
  await app.database.transaction((tx) => tx.run(add, [ann.id, now]))
})
afterAll(() => app.close())

const change = (id: string) => ({ method: 'PATCH', path: `/api/tasks/${id}`, body: { title: 'Changed' } })
const read = { method: 'GET', path: `/api/tasks?${slow}` }

test.each([
  ['lists', () => app.send('GET', `/api/tasks?${slow}`, undefined, ann)],
  ['aggregates', () => app.send('GET', `/api/tasks/aggregate?${slow}`, undefined, ann)],
  ['pages', () => app.send('GET', `/tasks?${slow}`, undefined, ann)],
  ['batches', () => app.send('POST', '/api/batch', [read], ann)],
  ['batches that write', () => app.send('POST', '/api/batch', [change('task1'), read], ann)],
])('many slow %s of one caller do not hold up somebody else', async (_, ask) => {
  const answered: string[] = []
  const told = async (who: string, answer: Promise<{ status: number }>, status: number): Promise<void> => {
    expect((await answer).status).toBe(status)
    answered.push(who)
  }
  await Promise.all([
    ...Array.from({ length: 7 }, () => told('ann', ask(), 400)),
    told('bob', app.send('GET', `/api/tasks?${quick}`, undefined, bob), 200),
    told('bob', app.send('PATCH', '/api/tasks/task2', { title: 'Bob' }, bob), 200),
  ])
  expect(answered.lastIndexOf('bob')).toBeLessThan(4)
  expect(answered).toHaveLength(9)
})

test('what waits is forgotten when its caller has left, and those behind it come', async () => {
  const turns = createTurns(1, 10_000)
  const done: string[] = []
  let open = (): void => undefined
  const first = turns(
    'a',
    () => false,
    () => new Promise<void>((resolve) => (open = resolve)),
  )
  const left = turns(
    'a',
    () => true,
    async () => void done.push('left'),
  )
  const behind = turns(
    'a',
    () => false,
    async () => void done.push('behind'),
  )
  await turns(
    'b',
    () => false,
    async () => void done.push('other'),
  )
  open()
  await expect(left).rejects.toMatchObject({ refusal: { status: 408 } })
  await Promise.all([first, behind])
  expect(done).toEqual(['other', 'behind'])
  await expect(
    turns(
      'a',
      () => false,
      () => Promise.reject(new Error('no')),
    ),
  ).rejects.toThrow('no')
  await turns(
    'a',
    () => false,
    async () => void done.push('again'),
  )
  expect(done).toContain('again')
})
