// Forms of rows that a rule refuses: they come back with what was typed, as long as they may be seen at all.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Refused',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Team: {
      fields: { name: { type: 'string', required: true }, head: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: 'authenticated', read: 'authenticated', delete: 'authenticated' },
    },
    Page: {
      fields: {
        title: { type: 'string', required: true },
        text: 'text',
        team: { type: 'relation', to: 'Team', onDelete: 'restrict' },
        open: { type: 'boolean', default: true },
        owner: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: 'team.head == user', read: 'open || owner', update: "owner && next.title != 'Bad'" },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
let team: string
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  team = (await app.send('POST', '/api/teams', { name: 'Red' }, ann)).body.id
})
afterAll(() => app.close())

const send = (path: string, fields: Record<string, string>, as: { token: string }) => {
  const body = new URLSearchParams(fields)
  for (const name of Object.keys(fields)) body.append('_shown', name)
  return app.send('POST', path, body.toString(), {
    ...as,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
}

test('a new row that may not be made', async () => {
  const { status, text } = await send('/pages/new', { title: 'Mine', text: 'Long words', team }, bob)
  expect(status).toBe(403)
  expect(text).toMatch(/<form class="form"[^>]*><p class="fault" role="alert">You may not do this with pages\.<\/p>/)
  expect(text).toContain('value="Mine"')
  expect(text).toContain('Long words')
  expect(text).toContain(`<option value="${team}" selected>`)
})

test('a row that may not be changed like that', async () => {
  const made = await app.send('POST', '/api/pages', { title: 'One', team }, ann)
  const at = `/pages/${made.body.id}/edit`
  const { status, text } = await send(at, { title: 'Bad', text: 'Long words', team: '' }, ann)
  expect(status).toBe(403)
  expect(text).toMatch(/<form class="form"[^>]*><p class="fault" role="alert">You may not do this with pages\.<\/p>/)
  expect(text).toContain('value="Bad"')
  expect(text).toContain('Long words')
  expect(text).not.toContain(' selected>Red')
  expect((await app.send('GET', `/api/pages/${made.body.id}`, undefined, ann)).body.title).toBe('One')
})

test('whoever may not see the form is told on a page of its own, and of a hidden row nothing', async () => {
  const made = await app.send('POST', '/api/pages', { title: 'Two', team }, ann)
  const refused = await send(`/pages/${made.body.id}/edit`, { title: 'x' }, bob)
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('<h1>Not allowed</h1>')
  await app.send('PATCH', `/api/pages/${made.body.id}`, { open: false }, ann)
  expect((await send(`/pages/${made.body.id}/edit`, { title: 'x' }, bob)).status).toBe(404)
})

test('a row that others refer to stays, and a page says why', async () => {
  await app.send('POST', '/api/pages', { title: 'Three', team }, ann)
  const { status, text } = await send(`/teams/${team}/delete`, {}, ann)
  expect(status).toBe(409)
  expect(text).toMatch(/<h1>Conflict<\/h1>.*Other rows still refer to this one/s)
})
