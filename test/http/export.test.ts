// A whole list as CSV or as lines of JSON.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Export',
  entities: {
    User: { fields: { email: { type: 'string', format: 'email', unique: true }, name: 'string' }, permissions: { read: 'authenticated' } },
    Item: {
      owner: 'createdBy',
      fields: {
        title: 'string',
        amount: { type: 'number' },
        done: { type: 'boolean' },
        tags: { type: 'string', many: true },
        cost: { type: 'integer', read: 'owner' },
        createdBy: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: 'authenticated', read: "owner || title != 'secret'" },
      computed: { double: 'amount * 2' },
    },
  },
})
`

const rows = 1_234
let app: TestApp
let ann: { readonly id: string; readonly token: string }
let bob: { readonly id: string; readonly token: string }

beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  const insert = statement(
    `INSERT INTO "Item" ("id", "title", "amount", "done", "tags", "cost", "createdBy", "createdAt", "updatedAt")
     SELECT printf('%04d', value), CASE WHEN value % 100 = 0 THEN 'secret' ELSE 'Item ' || value END, value / 2.0, value % 2, '["a","b"]', value, ?1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'
     FROM (WITH RECURSIVE n(value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM n WHERE value < ?2) SELECT value FROM n)`,
  )
  await app.database.transaction((tx) => tx.run(insert, [ann.id, rows]))
})
afterAll(() => app.close())

const get = (path: string, accept: string, who = ann) =>
  app.send('GET', path, undefined, { token: who.token, headers: { accept } })

test('every row that the caller may read, as lines of JSON', async () => {
  const { status, headers, text } = await get('/api/items', 'application/x-ndjson')
  expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8'])
  expect(headers.get('content-disposition')).toBe('attachment; filename="items.ndjson"')
  const all = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(all.map(({ id }) => Number(id))).toEqual(Array.from({ length: rows }, (_, index) => index + 1))
  expect(all[6]).toEqual((await get('/api/items/0007', '')).body)
  const theirs = (await get('/api/items', 'application/x-ndjson', bob)).text.trimEnd().split('\n')
  expect(theirs).toHaveLength(rows - 12)
  expect(theirs.join()).not.toContain('cost')
})

test('as CSV, with a column for each field', async () => {
  const made = await app.send('POST', '/api/items', { title: '=1+1, "x"\ny', amount: -5, tags: ['a,b'] }, ann)
  const { headers, text } = await get('/api/items?sort=-createdAt&limit=2', 'text/csv, application/json;q=0.5')
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(text).toBe(
    [
      'id,title,amount,done,tags,cost,createdBy,createdAt,updatedAt,double',
      `${made.body.id},"'=1+1, ""x""\ny",-5,,"[""a,b""]",,${ann.id},${made.body.createdAt},${made.body.updatedAt},-10`,
      `1234,Item 1234,617,false,"[""a"",""b""]",1234,${ann.id},2026-01-01T00:00:00.000Z,2026-01-01T00:00:00.000Z,1234`,
      '',
    ].join('\r\n'),
  )
  await app.set('Item', made.body.id, { title: 'secret', createdBy: ann.id })
})

test.each([
  ['first line\nsecond line', '"first line\nsecond line"'],
  ['a\rb', '"a\rb"'],
  ['hi\n=cmd', '"hi\n=cmd"'],
  ['\n=1+1', `"'\n=1+1"`],
  ['-x', "'-x"],
  [' =1', ' =1'],
])('%j is one cell, and no formula', async (title, cell) => {
  const made = await app.send('POST', '/api/items', { title }, ann)
  const { text } = await get(`/api/items?id=${made.body.id}&fields=title`, 'text/csv')
  expect(text).toBe(`id,title\r\n${made.body.id},${cell}\r\n`)
  await app.set('Item', made.body.id, { title: 'secret' })
})

test('a list is JSON unless something else is liked better', async () => {
  const typeFor = async (accept: string) => {
    const { headers } = await get('/api/items?limit=1', accept)
    return [headers.get('content-type')?.split(';')[0], headers.get('vary')]
  }
  expect(await typeFor('text/csv;q=0, application/json')).toEqual(['application/json', 'Accept, Accept-Encoding'])
  expect(await typeFor('application/json, text/csv;q=0.1')).toEqual(['application/json', 'Accept, Accept-Encoding'])
  expect(await typeFor('*/*, text/csv;q=0.9')).toEqual(['application/json', 'Accept, Accept-Encoding'])
  expect(await typeFor('text/csv, */*;q=0.1')).toEqual(['text/csv', 'Accept, Accept-Encoding'])
  expect(await typeFor('APPLICATION/X-NDJSON')).toEqual(['application/x-ndjson', 'Accept, Accept-Encoding'])
})

test('with the parameters of a list', async () => {
  const filter = encodeURIComponent('amount > 600')
  const { text } = await get(
    `/api/items?filter=${filter}&sort=-amount&fields=amount,createdBy&expand=createdBy`,
    'text/csv',
    bob,
  )
  const lines = text.trimEnd().split('\r\n')
  expect(lines[0]).toBe('id,amount,createdBy')
  expect(lines[1]).toContain('1234,617,"{""id"":')
  expect(lines).toHaveLength(1 + 34)
})

test('nothing at all is a list too', async () => {
  expect((await get('/api/items?title=none&fields=title', 'text/csv')).text).toBe('id,title\r\n')
  expect((await get('/api/items?title=none', 'application/x-ndjson')).text).toBe('')
})

test('refusals are what they are for a page', async () => {
  expect((await get('/api/items?cost=3', 'text/csv', bob)).status).toBe(400)
  expect((await app.send('GET', '/api/users', undefined, { headers: { accept: 'text/csv' } })).status).toBe(401)
})

test('a reader who goes away stops it', async () => {
  const response = await app.stream('/api/items', { token: ann.token, headers: { accept: 'application/x-ndjson' } })
  const reader = response.body?.getReader()
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
  await reader?.cancel()
  expect((await get('/api/items/0001', '')).status).toBe(200)
})
