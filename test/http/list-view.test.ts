// A declared list shows what its `data` asks for: those rows, in that order, so many.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Lists',
  entities: {
    User: {
      fields: { email: 'string', name: 'string', rank: { type: 'integer', read: 'authenticated' } },
      permissions: { read: true },
    },
    Task: {
      fields: { title: 'string', by: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: true, read: 'authenticated' },
    },
    Note: {
      fields: { text: 'string', by: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: true, read: true },
    },
  },
  views: {
    Mine: { type: 'list', route: '/mine', entity: 'Task', data: 'Task where by == user order by title desc' },
    Last: { type: 'list', route: '/last', entity: 'Task', data: 'Task order by title desc limit 2' },
    All: { type: 'list', route: '/all', entity: 'Task' },
    ByName: { type: 'list', route: '/by-name', entity: 'Task', data: 'Task order by by.name desc, title' },
    Board: { type: 'kanban', route: '/board', entity: 'Task', data: 'Task order by by.name desc, title' },
    Ranked: { type: 'kanban', route: '/ranked', entity: 'Note', data: 'Note order by by.rank desc, text' },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  for (let n = 10; n < 33; n++) await app.send('POST', '/api/tasks', { title: `Ann ${n}` }, ann)
  for (const title of ['Bob 1', 'Bob 2']) await app.send('POST', '/api/tasks', { title }, bob)
})
afterAll(() => app.close())

async function shown(path: string): Promise<{ titles: string[]; next: string | undefined }> {
  const { text, status } = await app.send('GET', path, undefined, ann)
  expect(status).toBe(200)
  const next = /href="([^"]*(?:after|offset)=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
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

test('ordered by what is in other rows, page by page', async () => {
  const first = await shown('/by-name')
  expect(first.titles.slice(0, 4)).toEqual(['Bob 1', 'Bob 2', 'Ann 10', 'Ann 11'])
  expect(first.titles).toHaveLength(20)
  const second = await shown(first.next ?? '')
  expect(second).toEqual({ titles: ['Ann 28', 'Ann 29', 'Ann 30', 'Ann 31', 'Ann 32'], next: undefined })
  expect((await shown('/by-name?sort=title')).titles.slice(0, 2)).toEqual(['Ann 10', 'Ann 11'])
})

test('a board too', async () => {
  expect((await shown('/board')).titles.slice(0, 3)).toEqual(['Bob 1', 'Bob 2', 'Ann 10'])
})

test('not by what the reader may not see', async () => {
  await app.set('User', ann.id, { rank: 1 })
  await app.set('User', bob.id, { rank: 2 })
  await app.send('POST', '/api/notes', { text: 'Ann 1' }, ann)
  await app.send('POST', '/api/notes', { text: 'Bob 9' }, bob)
  expect((await shown('/ranked')).titles).toEqual(['Bob 9', 'Ann 1'])
  const { text } = await app.send('GET', '/ranked')
  expect([...text.matchAll(/(?:Ann|Bob) \d+/g)].map(([title]) => title)).toEqual(['Ann 1', 'Bob 9'])
})

test('all rows where it says nothing', async () => {
  expect((await shown('/all')).titles).toHaveLength(20)
})
