// What may be seen on every row may be named; what may be seen on some rows may be asked for; and no order tells the rest.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Orders',
  entities: {
    User: {
      fields: {
        email: 'string',
        name: 'string',
        nick: { type: 'string', read: 'entity == user' },
        role: { type: 'enum', options: ['admin', 'user'], default: 'user', readonly: true },
      },
      permissions: { read: true, update: 'entity == user' },
      ui: { display: { primary: 'nick' } },
    },
    Visit: {
      fields: {
        title: 'string',
        by: { type: 'relation', to: 'User', default: 'user' },
        friend: { type: 'relation', to: 'User', read: 'by == user' },
        when: { type: 'date', read: 'by == user' },
        salary: { type: 'integer', read: "by == user || user.role == 'admin'" },
        pin: { type: 'integer', read: "user.role == 'admin'" },
      },
      permissions: { create: true, read: true, update: 'by == user' },
    },
  },
  views: { Days: { type: 'calendar', route: '/days', entity: 'Visit', dateField: 'when' } },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
let eve: { id: string; token: string }
const visits: string[] = []
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  eve = await app.signUp('Eve')
  await app.set('User', eve.id, { role: 'admin' })
  const nicks = [
    [ann, 'zzz'],
    [bob, 'mmm'],
    [eve, 'aaa'],
  ] as const
  for (const [who, nick] of nicks) await app.send('PATCH', `/api/users/${who.id}`, { nick }, who)
  for (const [title, when, salary] of [
    ['Late', '2026-12-02', 1],
    ['Early', '2026-12-01', 2],
  ] as const) {
    const made = await app.send('POST', '/api/visits', { title, when, salary, friend: bob.id }, ann)
    visits.push(made.body.id)
  }
})
afterAll(() => app.close())

const get = async (path: string, who: { token: string }) => (await app.send('GET', path, undefined, who)).body

test('a field may be named by those to whom one half of its rule grants every row', async () => {
  expect((await get('/api/visits?sort=-salary', eve)).data).toMatchObject([{ title: 'Early' }, { title: 'Late' }])
  expect((await get('/api/visits?filter=salary%20%3E%201', eve)).data).toMatchObject([{ title: 'Early' }])
  expect((await get('/api/visits/aggregate?sum=salary', eve)).data).toMatchObject([{ sum: { salary: 3 } }])
  for (const who of [ann, bob])
    expect(await get('/api/visits?sort=salary', who)).toMatchObject({ code: 'unknown-field' })
})

test('a field that is seen on some rows may be asked for, and stands where it is seen', async () => {
  expect(await get(`/api/visits/${visits[0]}?fields=salary`, ann)).toEqual({ id: visits[0], salary: 1 })
  expect(await get(`/api/visits/${visits[0]}?fields=salary`, bob)).toEqual({ id: visits[0] })
  expect((await get(`/api/visits/${visits[0]}?expand=friend`, ann)).friend).toMatchObject({ name: 'Bob' })
  expect(await get(`/api/visits/${visits[0]}?expand=friend`, bob)).not.toHaveProperty('friend')
  expect(await get(`/api/visits?fields=pin`, bob)).toMatchObject({ status: 400, code: 'unknown-field' })
})

test('rows to choose from stand in no order of what is hidden', async () => {
  const { text } = await app.send('GET', '/visits/new', undefined, bob)
  const select = /<select[^>]*name="friend"[^>]*>(.*?)<\/select>/s.exec(text)?.[1] ?? ''
  const ids = [...select.matchAll(/value="([^"]+)"/g)].map(([, id]) => id)
  expect(ids).toEqual([ann.id, bob.id, eve.id])
})

test('the days of a calendar stand in no order of what is hidden', async () => {
  const titles = async (who: { token: string }) =>
    [...(await app.send('GET', '/days', undefined, who)).text.matchAll(/class="card">.*?<a [^>]*>(\w+)<\/a>/gs)].map(
      ([, title]) => title,
    )
  expect(await titles(bob)).toEqual(['Late', 'Early'])
  expect(await titles(ann)).toEqual(['Early', 'Late'])
})
