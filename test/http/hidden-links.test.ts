// Links of a many-to-many relation to rows that the caller may not read: nobody takes away what they were never shown.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Links',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: true } },
    Tag: {
      softDelete: true,
      fields: { name: 'string', only: { type: 'relation', to: 'User' } },
      permissions: { create: true, read: 'only == null || only == user', delete: true },
    },
    Task: {
      fields: { title: 'string', tags: { type: 'relation', to: 'Tag', many: true } },
      permissions: { create: true, read: true, update: true },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
const tags: Record<string, string> = {}
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  const make = async (name: string, only?: string) =>
    (await app.send('POST', '/api/tags', { name, ...(only !== undefined && { only }) }, ann)).body.id
  Object.assign(tags, { all: await make('all'), more: await make('more'), bobs: await make('of Bob', bob.id) })
})
afterAll(() => app.close())

test.each([
  ['PATCH', (seen: string[]) => ({ title: 'x', tags: seen })],
  ['PATCH', () => ({ tags: [] })],
  ['PUT', () => ({ title: 'x' })],
  ['PUT', () => ({ title: 'x', tags: [tags.more] })],
])('%s leaves them as they are', async (method, body) => {
  const task = (await app.send('POST', '/api/tasks', { title: 'One', tags: [tags.all, tags.bobs] }, bob)).body
  const at = `/api/tasks/${task.id}`
  const seen = (await app.send('GET', at, undefined, ann)).body.tags
  expect(seen).toEqual([tags.all])
  const given = body(seen) as { tags?: string[] }
  expect((await app.send(method, at, given, ann)).body.tags).toEqual(given.tags ?? [])
  const left = (await app.send('GET', at, undefined, bob)).body.tags
  expect(left.toSorted()).toEqual([...(given.tags ?? []), tags.bobs].toSorted())
})

test('a link to a row that was deleted softly comes back with it', async () => {
  const task = (await app.send('POST', '/api/tasks', { title: 'Two', tags: [tags.all, tags.more] }, ann)).body
  expect((await app.send('DELETE', `/api/tags/${tags.more}`, undefined, ann)).status).toBe(204)
  await app.send('PATCH', `/api/tasks/${task.id}`, { tags: [tags.all] }, ann)
  expect((await app.send('POST', `/api/tags/${tags.more}/restore`, undefined, ann)).status).toBe(200)
  const { body } = await app.send('GET', `/api/tasks/${task.id}`, undefined, ann)
  expect(body.tags.toSorted()).toEqual([tags.all, tags.more].toSorted())
})
