// What an entity's `ui.display` says of its pages: the name of a row, and what stands beside it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Display',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Task: {
      softDelete: true,
      fields: {
        title: 'string',
        code: 'string',
        state: { type: 'enum', options: ['open', 'done'], default: 'open' },
        note: { type: 'string', read: "user.name == 'Ann'" },
        by: { type: 'relation', to: 'User', default: 'user' },
        extra: 'string',
        tint: { type: 'string', format: 'color', read: "user.name == 'Ann'" },
      },
      permissions: { create: 'authenticated', read: 'authenticated', delete: 'authenticated' },
      ui: { display: { primary: 'code', secondary: 'title', badge: ['state', 'note'], metadata: ['by'], color: 'state' } },
    },
    Plain: { fields: { title: 'string' }, permissions: { create: 'authenticated', read: 'authenticated', delete: 'authenticated' } },
  },
  views: {
    Board: { type: 'kanban', route: '/board', entity: 'Task', groupBy: 'state' },
    Own: { type: 'kanban', route: '/own', entity: 'Task', groupBy: 'state', cardFields: ['extra'], colorField: 'tint' },
  },
})
`

let app: TestApp
let ann: { readonly id: string; readonly token: string }
let bob: { readonly id: string; readonly token: string }
let id = ''
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  const task = { title: 'Water', code: 'T-1', note: 'Hush', extra: 'More', tint: '#3355cc' }
  id = (await app.send('POST', '/api/tasks', task, ann)).body.id
})
afterAll(() => app.close())

const open = async (path: string, who = ann) => (await app.send('GET', path, undefined, who)).text
const heading = (text: string): string =>
  (/<h1>(.*?)<\/h1>/s.exec(text)?.[1] ?? '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
const terms = (text: string): readonly (string | undefined)[] =>
  [...text.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, name]) => name)

test('the page of a row has its badges beside its name, as far as they may be seen', async () => {
  expect(heading(await open(`/tasks/${id}`))).toBe('T-1 Open Hush')
  expect(heading(await open(`/tasks/${id}`, bob))).toBe('T-1 Open')
})

test('cards show what stands beside the name, but for what the column says already', async () => {
  expect(terms(await open('/board'))).toEqual(['Title', 'Note', 'By'])
  expect(terms(await open('/board', bob))).toEqual(['Title', 'By'])
  expect(terms(await open('/own'))).toEqual(['Extra'])
})

test('a delete says whether it can be taken back', async () => {
  const plain = (await app.send('POST', '/api/plains', { title: 'x' }, ann)).body.id
  expect(await open(`/tasks/${id}`)).toContain('It can be taken back from the deleted ones.')
  expect(await open(`/plains/${plain}`)).toContain('This cannot be undone.')
})

test('cards are coloured by the field that says so, as far as it may be seen', async () => {
  expect(await open('/board')).toMatch(/<li class="card"><span class="stripe hue-[0-5]"><\/span>/)
  expect(await open('/own')).toMatch(
    /<li class="card"><svg class="stripe"[^>]*><rect [^>]*fill="#3355cc"><\/rect><\/svg>/,
  )
  expect(await open('/own', bob)).not.toContain('stripe')
  expect(await open(`/tasks/${id}`)).toMatch(
    /<span class="swatch"><svg[^>]*><rect [^>]*fill="#3355cc"><\/rect><\/svg>#3355cc<\/span>/,
  )
})
