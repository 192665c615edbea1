// PUT: what is not given returns to its default, but for what the caller may not see or may not set.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Replace',
  entities: {
    User: {
      fields: {
        email: { type: 'string', format: 'email', unique: true, required: true },
        name: { type: 'string' },
        boss: { type: 'boolean', required: true, default: false, update: 'user.boss' },
      },
      permissions: { read: true },
    },
    Report: {
      fields: {
        title: { type: 'string', required: true },
        note: { type: 'string' },
        grade: { type: 'integer', required: true, read: 'user.boss' },
        level: { type: 'integer', required: true, update: 'user.boss' },
        code: { type: 'string', secret: true },
        kind: { type: 'string', required: true, immutable: true },
      },
      permissions: { create: 'user.boss', read: 'authenticated', update: 'authenticated' },
    },
  },
})
`

let app: TestApp
let boss = { id: '', token: '' }
let ann = boss
beforeAll(async () => {
  app = await startApp(source)
  boss = await app.signUp('boss')
  ann = await app.signUp('ann')
  await app.set('User', boss.id, { boss: 1 })
})
afterAll(() => app.close())

const first = { title: 'One', note: 'n', grade: 5, level: 7, code: 'secret', kind: 'k' }

test('neither asks for what the caller may not see or set, nor takes it away', async () => {
  const { id } = (await app.send('POST', '/api/reports', first, boss)).body
  const replaced = await app.send('PUT', `/api/reports/${id}`, { title: 'Two' }, ann)
  expect([replaced.status, replaced.body.note, replaced.body.grade]).toEqual([200, null, undefined])
  const { body } = await app.send('GET', `/api/reports/${id}`, undefined, boss)
  expect(body).toMatchObject({ title: 'Two', note: null, grade: 5, level: 7, kind: 'k' })
  const missing = await app.send('PUT', `/api/reports/${id}`, {}, ann)
  expect(missing.body.errors).toEqual([{ path: 'title', code: 'required', message: 'is required' }])
  expect((await app.send('PUT', `/api/reports/${id}`, { title: 'x', level: 8 }, ann)).status).toBe(403)
  expect((await app.send('PUT', `/api/reports/${id}`, { title: 'x', level: 8 }, boss)).body.level).toBe(8)
})

test('the document says the same', async () => {
  const { components } = (await app.send('GET', '/openapi.json')).body
  expect(components.schemas.ReportReplace.required).toEqual(['title'])
  expect(components.schemas.ReportCreate.required).toEqual(['title', 'grade', 'level', 'kind'])
})
