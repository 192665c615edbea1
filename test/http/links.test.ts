// Single links of a many-to-many relation: added and removed, whatever others do at the same time.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Links',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: true } },
    Tag: {
      fields: { name: 'string', only: { type: 'relation', to: 'User' }, tasks: { type: 'relation', to: 'Task', many: true, inverse: 'tags' } },
      permissions: { create: true, read: 'only == null || only == user', update: true, delete: true },
    },
    Task: {
      fields: {
        title: 'string',
        tags: { type: 'relation', to: 'Tag', many: true },
        kept: { type: 'relation', to: 'Tag', many: true, update: "title == 'free'" },
        words: { type: 'string', many: true },
      },
      permissions: { create: true, read: true, update: true },
    },
  },
})
`

let app: TestApp
let ann: { readonly id: string; readonly token: string }
let bob: { readonly id: string; readonly token: string }
const tags: Record<'a' | 'b' | 'c' | 'bobs', string> = { a: '', b: '', c: '', bobs: '' }

beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  for (const name of ['a', 'b', 'c', 'bobs'] as const) {
    const { body } = await app.send('POST', '/api/tags', { name, only: name === 'bobs' ? bob.id : null }, ann)
    tags[name] = body.id
  }
})
afterAll(() => app.close())

const make = async (linked: readonly string[], title = 'x'): Promise<string> =>
  (await app.send('POST', '/api/tasks', { title, tags: linked }, bob)).body.id
const patch = (id: string, body: object, who = ann) => app.send('PATCH', `/api/tasks/${id}`, body, who)
const linked = async (id: string): Promise<string[]> =>
  (await app.send('GET', `/api/tasks/${id}`, undefined, bob)).body.tags.toSorted()
const sorted = (...ids: readonly string[]): string[] => ids.toSorted()

test('links are added and removed; those that are there or gone already stay so', async () => {
  const id = await make([tags.a, tags.b])
  const { status, body } = await patch(id, { title: 'y', tags: { add: [tags.c, tags.a, tags.c], remove: [tags.b] } })
  expect([status, body.title, body.tags.toSorted()]).toEqual([200, 'y', sorted(tags.a, tags.c)])
  expect((await patch(id, { tags: { remove: [tags.b] } })).body.tags.toSorted()).toEqual(sorted(tags.a, tags.c))
  expect((await patch(id, { tags: {} })).body.tags.toSorted()).toEqual(sorted(tags.a, tags.c))
  expect((await patch(id, { tags: { add: [tags.b] } })).body.tags).toHaveLength(3)
  const outbox = statement('SELECT count(*) FROM "_truth_outbox" WHERE "row" = ?1 AND "name" = \'Task.updated\'')
  expect(await app.database.query(outbox, [id])).toEqual([[4]])
})

test('a row that the caller may not read is neither linked nor unlinked', async () => {
  const id = await make([tags.a, tags.bobs])
  const refused = await patch(id, { tags: { add: [tags.bobs] } })
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [{ path: 'tags', code: 'relation', message: 'leads to no tag' }],
  ])
  expect((await patch(id, { tags: { remove: [tags.bobs, 'nothing'] } })).status).toBe(200)
  expect(await linked(id)).toEqual(sorted(tags.a, tags.bobs))
  expect((await patch(id, { tags: { remove: [tags.bobs] } }, bob)).body.tags).toEqual([tags.a])
})

test.each([
  [{ add: 'x' }, 'must be a list'],
  [{ add: [7] }, 'has element 0, which must be the id of a row'],
  [{ remove: null }, 'must be a list'],
  [{ put: [] }, 'takes a list, or `add` and `remove`, not `put`'],
  [{ add: ['x'], remove: ['x'] }, 'adds and removes x'],
  ['x', 'must be a list'],
])('%j is refused: %s', async (given, message) => {
  const id = await make([tags.a])
  const { status, body } = await patch(id, { title: 'no', tags: given })
  expect([status, body.errors]).toEqual([422, [{ path: 'tags', code: 'value', message }]])
  expect(await linked(id)).toEqual([tags.a])
})

test('a rule of the field is asked, a list of values is no relation, the other side is set here', async () => {
  const id = await make([])
  expect((await patch(id, { kept: { add: [tags.a] } })).status).toBe(403)
  await patch(id, { title: 'free' })
  expect((await patch(id, { kept: { add: [tags.a] } })).body.kept).toEqual([tags.a])
  expect((await patch(id, { words: { add: ['x'] } })).status).toBe(422)
  const mirror = await app.send('PATCH', `/api/tags/${tags.a}`, { tasks: { add: [id] } }, ann)
  expect(mirror.body.errors[0].code).toBe('readonly')
})

test('a new row and a replaced one are given their links whole', async () => {
  expect((await app.send('POST', '/api/tasks', { tags: { add: [tags.a] } }, ann)).status).toBe(422)
  const id = await make([tags.a])
  expect((await app.send('PUT', `/api/tasks/${id}`, { tags: { add: [tags.b] } }, ann)).status).toBe(422)
  expect(await linked(id)).toEqual([tags.a])
})

test('links that many add at once are all there, also past the longest list that is taken', async () => {
  const id = await make([])
  const insert = statement(
    `INSERT INTO "Tag" ("id", "createdAt", "updatedAt") SELECT 'many' || value, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'
     FROM (WITH RECURSIVE n(value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM n WHERE value < 1200) SELECT value FROM n)`,
  )
  await app.database.transaction((tx) => tx.run(insert, []))
  const groups = Array.from({ length: 12 }, (_, group) =>
    Array.from({ length: 100 }, (_, at) => `many${group * 100 + at + 1}`),
  )
  const answers = await Promise.all(groups.map((add) => patch(id, { tags: { add } })))
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
  expect(await linked(id)).toHaveLength(1_200)
  expect((await patch(id, { tags: { remove: ['many7'] } })).body.tags).toHaveLength(1_199)
})
