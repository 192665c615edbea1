// What a list page can be narrowed down by: words and values, as far as the reader may name the fields.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Find',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Task: {
      fields: {
        title: { type: 'string', searchable: true, description: 'What is to be done.' },
        status: { type: 'enum', options: ['todo', 'done'], default: 'todo', required: true },
        urgent: 'boolean',
        grade: { type: 'enum', options: ['good', 'bad'], read: "user.name == 'Boss'" },
        by: { type: 'relation', to: 'User', default: 'user' },
        due: 'date',
        points: 'integer',
      },
      permissions: { create: 'authenticated', read: 'authenticated' },
    },
    Note: {
      fields: { text: { type: 'text', searchable: true, read: "user.name == 'Boss'" }, on: 'boolean', day: 'date', at: 'datetime' },
      permissions: { create: 'authenticated', read: 'authenticated' },
      ui: { list: { filterable: ['day', 'at', 'text'] } },
    },
    Plain: { fields: { name: 'string' }, permissions: { create: 'authenticated', read: 'authenticated' } },
  },
  views: {
    Open: { type: 'list', route: '/open', entity: 'Task', data: "Task where status == 'todo'", filters: ['by', 'points'] },
  },
})
`

let app: TestApp
let ann: { readonly id: string; readonly token: string }
let boss: { readonly id: string; readonly token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  boss = await app.signUp('Boss')
  for (const [title, status, urgent, who] of [
    ['Water plants', 'todo', true, ann],
    ['Water fish', 'done', false, ann],
    ['Feed fish', 'todo', null, boss],
  ] as const)
    await app.send('POST', '/api/tasks', { title, status, urgent, points: title.length }, who)
})
afterAll(() => app.close())

const open = async (path: string, who = ann) => {
  const { status, text } = await app.send('GET', path, undefined, who)
  return { status, text, titles: [...text.matchAll(/>((?:Water|Feed) \w+)</g)].map(([, title]) => title) }
}
const offers = (text: string): readonly string[] =>
  [...(/<search>.*?<\/search>/s.exec(text)?.[0] ?? '').matchAll(/ name="(\w+)"/g)].map(([, name]) => name ?? '')

test('an entity offers a search, and the choices among its columns, to who may name them', async () => {
  expect(offers((await open('/tasks')).text)).toEqual(['search', 'status', 'urgent'])
  expect(offers((await open('/tasks', boss)).text)).toEqual(['search', 'status', 'urgent', 'grade'])
  expect(offers((await open('/notes')).text)).toEqual(['day'])
  expect(offers((await open('/notes', boss)).text)).toEqual(['search', 'day'])
  expect((await open('/plains')).text).not.toContain('<search>')
})

test('what was left empty asks for nothing; what was asked stays in the form and in the links', async () => {
  const { titles, text } = await open('/tasks?search=&status=todo&urgent=&sort=-title')
  expect(titles).toEqual(['Water plants', 'Feed fish'])
  expect(text).toMatch(/<option value="todo" selected>/)
  expect(text).toContain('<input type="hidden" name="sort" value="-title"/>')
  expect(text).toContain('href="/tasks?status=todo&amp;sort=title"')
  expect(text).toContain('<a href="/tasks?sort=-title">Show all</a>')
  expect((await open('/tasks?search=wat&urgent=true')).titles).toEqual(['Water plants'])
  expect((await open('/tasks?urgent=false')).titles).toEqual(['Water fish'])
  expect((await open('/tasks')).text).not.toContain('Show all')
})

test('nothing that is like that, in words of its own', async () => {
  const { text } = await open('/tasks?search=xyz')
  expect(text).toContain('Nothing here is like that.')
  expect(text).toContain('value="xyz"')
  const wordless = await open('/tasks?search=%F0%9F%98%80%22&status=todo')
  expect([wordless.status, wordless.titles]).toEqual([200, []])
  expect(wordless.text).toContain('Nothing here is like that.')
  expect(wordless.text).toContain('value="😀&quot;"')
  expect((await open('/plains?search=%22')).status).toBe(400)
})

test('a view offers its own, beside what its data asks for', async () => {
  const { text, titles } = await open('/open')
  expect(offers(text)).toEqual(['search', 'by', 'points'])
  expect(titles).toEqual(['Water plants', 'Feed fish'])
  expect((await open(`/open?by=${boss.id}`)).titles).toEqual(['Feed fish'])
  expect((await open('/open?search=water')).titles).toEqual(['Water plants'])
})

test('what the form would not send is refused as the API refuses it', async () => {
  expect((await open('/tasks?status=none')).status).toBe(400)
  expect((await open('/tasks?grade=good')).status).toBe(400)
  expect((await open(`/tasks?search=${'word%20'.repeat(21)}`)).status).toBe(400)
})
