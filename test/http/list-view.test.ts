// A declared list shows what its `data` asks for: those rows, in that order, so many.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Lists',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: true } },
    Task: {
      fields: { title: 'string', by: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: true, read: 'authenticated' },
    },
  },
  views: {
    Mine: { type: 'list', route: '/mine', entity: 'Task', data: 'Task where by == user order by title desc' },
    Last: { type: 'list', route: '/last', entity: 'Task', data: 'Task order by title desc limit 2' },
    All: { type: 'list', route: '/all', entity: 'Task' },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  const bob = await app.signUp('Bob')
  for (let n = 10; n < 33; n++) await app.send('POST', '/api/tasks', { title: `Ann ${n}` }, ann)
  for (const title of ['Bob 1', 'Bob 2']) await app.send('POST', '/api/tasks', { title }, bob)
})
afterAll(() => app.close())

async function shown(path: string): Promise<{ titles: string[]; next: string | undefined }> {
  const { text, status } = await app.send('GET', path, undefined, ann)
  expect(status).toBe(200)
  const next = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
  return { titles: [...text.matchAll(/(?:Ann|Bob) \d+/g)].map(([title]) => title), next }
}

test('with its own condition and order, page by page', async () => {
  const first = await shown('/mine')
  expect(first.titles).toEqual(Array.from({ length: 20 }, (_, n) => `Ann ${32 - n}`))
  const second = await shown(first.next ?? '')
  expect(second).toEqual({ titles: ['Ann 12', 'Ann 11', 'Ann 10'], next: undefined })
})

test('in another order where the reader wants one', async () => {
  const { titles } = await shown('/mine?sort=title')
  expect(titles.slice(0, 2)).toEqual(['Ann 10', 'Ann 11'])
  expect(titles.join()).not.toContain('Bob')
})

test('no more than it says, and no next page of it', async () => {
  expect(await shown('/last')).toEqual({ titles: ['Bob 2', 'Bob 1'], next: undefined })
})

test('all rows where it says nothing', async () => {
  expect((await shown('/all')).titles).toHaveLength(20)
})
