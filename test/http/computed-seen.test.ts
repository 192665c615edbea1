// What is worked out is worked out of what its reader may see: the rest is missing, and nothing is learned of it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Computed',
  entities: {
    User: {
      fields: { email: 'string', name: 'string', diaries: { type: 'relation', to: 'Diary', many: true, inverse: 'by' } },
      permissions: { read: 'entity == user' },
    },
    Diary: {
      softDelete: true,
      fields: {
        text: 'string',
        mood: { type: 'integer', read: 'by == user' },
        by: { type: 'relation', to: 'User', default: 'user' },
        open: { type: 'boolean', default: false },
        tags: { type: 'relation', to: 'Tag', many: true, read: 'by == user' },
      },
      permissions: { create: true, read: 'open || by == user', update: 'by == user', delete: 'by == user' },
    },
    Tag: {
      fields: { name: 'string', diaries: { type: 'relation', to: 'Diary', many: true, inverse: 'tags' } },
      permissions: { create: true, read: true },
      computed: { used: 'diaries.length' },
    },
    Item: {
      fields: {
        title: 'string',
        cost: { type: 'integer', read: 'owner == user' },
        owner: { type: 'relation', to: 'User', default: 'user' },
        diary: { type: 'relation', to: 'Diary' },
        notebook: { type: 'relation', to: 'Notebook' },
        lines: { type: 'relation', to: 'Line', many: true, inverse: 'item' },
      },
      permissions: { create: true, read: true },
      computed: {
        dear: 'cost > 10',
        double: 'cost * 2',
        loud: "title + '!'",
        text: 'diary.text',
        mood: 'diary.mood',
        writer: 'diary.by.name',
        tagged: 'diary.tags.length',
        pages: 'notebook.pages.length',
        sum: 'lines.length',
        some: 'lines.some(l => l.secretly == 1)',
        every: 'lines.every(l => l.secretly == 1)',
      },
    },
    Notebook: {
      fields: { by: { type: 'relation', to: 'User', default: 'user' }, pages: { type: 'relation', to: 'Page', many: true, inverse: 'of' } },
      permissions: { create: true, read: 'by == user' },
    },
    Page: {
      fields: { of: { type: 'relation', to: 'Notebook' }, up: { type: 'relation', to: 'Page' } },
      permissions: { create: true, read: 'of.by == user && up.up == null' },
    },
    Line: {
      fields: {
        item: { type: 'relation', to: 'Item' },
        secretly: { type: 'integer', read: 'owner == user' },
        hidden: { type: 'boolean', default: false },
        owner: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: true, read: '!hidden || item.owner == user' },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
let item: string
let diary: string
let tag: string
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  const make = async (path: string, body: object) => (await app.send('POST', `/api/${path}`, body, ann)).body.id
  tag = await make('tags', { name: 'red' })
  diary = await make('diaries', { text: 'Dear diary', mood: 3, tags: [tag] })
  const notebook = await make('notebooks', {})
  // The third is hidden by a rule that looks two rows further.
  const first = await make('pages', { of: notebook })
  const below = await make('pages', { of: notebook, up: first })
  await make('pages', { of: notebook, up: below })
  item = await make('items', { title: 'Thing', cost: 20, diary, notebook })
  await make('lines', { item, secretly: 1 })
  await make('lines', { item, secretly: 1, hidden: true })
})
afterAll(() => app.close())

const computed = ['dear', 'double', 'loud', 'text', 'mood', 'writer', 'tagged', 'pages', 'sum', 'some', 'every']
const seen = async (who?: { token: string }): Promise<unknown[]> => {
  const { body } = await app.send('GET', `/api/items/${item}`, undefined, who)
  return computed.map((name) => body[name])
}

describe('a computed value', () => {
  test('is whole for those who may see all that it reads', async () => {
    expect(await seen(ann)).toEqual([true, 40, 'Thing!', 'Dear diary', 3, 'Ann', 1, 2, 2, true, true])
  })

  test('knows nothing of fields and rows that its reader may not see', async () => {
    expect(await seen(bob)).toEqual([null, null, 'Thing!', null, null, null, null, null, 1, null, null])
    expect(await seen()).toEqual([null, null, 'Thing!', null, null, null, null, null, 1, null, null])
  })

  test('nor of single fields of rows that they may', async () => {
    await app.send('PATCH', `/api/diaries/${diary}`, { open: true }, ann)
    expect(await seen(bob)).toEqual([null, null, 'Thing!', 'Dear diary', null, null, 0, null, 1, null, null])
    expect((await app.send('GET', `/api/tags/${tag}`, undefined, ann)).body.used).toBe(1)
    expect((await app.send('GET', `/api/tags/${tag}`, undefined, bob)).body.used).toBe(0)
  })

  test('nor of rows that were deleted softly', async () => {
    await app.send('DELETE', `/api/diaries/${diary}`, undefined, ann)
    expect((await seen(ann)).slice(3, 7)).toEqual([null, null, null, null])
  })
})

test('one whose rules together are more than the database can parse is missing, and the rest is told', async () => {
  const rule = Array.from({ length: 12 }, (_, n) => `(a != '${n}' && (a == '${n}'`).join(' || ') + '))'.repeat(12)
  const deep = await startApp(`import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Deep',
  entities: {
    A: { fields: { a: 'string', b: { type: 'relation', to: 'B', read: "${rule}" } }, permissions: { create: true, read: true }, computed: { far: 'b.c.d.a', near: 'a' } },
    B: { fields: { a: 'string', c: { type: 'relation', to: 'C' } }, permissions: { read: "${rule}" } },
    C: { fields: { a: 'string', d: { type: 'relation', to: 'D' } }, permissions: { read: "${rule}" } },
    D: { fields: { a: 'string' }, permissions: { read: "${rule}" } },
  },
})
`)
  const made = await deep.send('POST', '/api/as', { a: 'x' })
  expect([made.status, made.body.near, made.body.far]).toEqual([201, 'x', null])
  await deep.close()
})
