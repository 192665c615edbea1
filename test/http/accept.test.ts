// `Accept`, and what every answer carries: even of a server's health, even of a conflict in a batch.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
let ann: { readonly id: string; readonly token: string }
let id = ''
beforeAll(async () => {
  app = await startApp(example('tasks'))
  ann = await app.signUp('Ann')
  id = (await app.send('POST', '/api/tasks', { title: 'One' }, ann)).body.id
})
afterAll(() => app.close())

const get = (path: string, accept: string) => app.send('GET', path, undefined, { ...ann, headers: { accept } })

test.each([
  ['', 200],
  ['*/*', 200],
  ['application/json', 200],
  ['application/*;q=0.1', 200],
  ['text/html, application/xhtml+xml, */*;q=0.8', 200],
  ['*', 200],
  ['text/html, image/gif, *; q=.2', 200],
  [' , ', 200],
  ['text/html', 406],
  ['image/png, text/plain', 406],
  ['application/json;q=0', 406],
  ['text/csv', 406],
])('a row for who takes %j: %i', async (accept, status) => {
  const { status: found, body } = await get(`/api/tasks/${id}`, accept)
  expect(found).toBe(status)
  if (status === 406)
    expect(body).toMatchObject({ code: 'accept', detail: expect.stringContaining('application/json') })
})

test.each([
  ['/api/tasks', 'text/csv', 200],
  ['/api/tasks', 'text/*', 200],
  ['/api/tasks', 'text/html', 406],
  ['/api/tasks/aggregate', 'text/csv', 406],
  ['/api/tasks/changes', 'application/json', 406],
  ['/api/nothing', 'text/html', 404],
  ['/tasks', 'application/json', 200],
])('%s for who takes %s: %i', async (path, accept, status) => {
  expect((await get(path, accept)).status).toBe(status)
})

test('a write whose answer is not taken is not done', async () => {
  const headers = { accept: 'text/html' }
  expect((await app.send('POST', '/api/tasks', { title: 'Two' }, { ...ann, headers })).status).toBe(406)
  expect((await app.send('PATCH', `/api/tasks/${id}`, { title: 'Two' }, { ...ann, headers })).status).toBe(406)
  expect((await app.send('GET', '/api/tasks?title=Two', undefined, ann)).body.data).toEqual([])
})

test.each(['/healthz', '/readyz', '/metrics', '/api/tasks'])('%s has the number of its request', async (path) => {
  const given = await app.send('GET', path, undefined, { headers: { 'x-request-id': 'mine-7' } })
  expect(given.headers.get('x-request-id')).toBe('mine-7')
  expect((await app.send('GET', path)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('a conflict that the database finds in a batch has the number of its request', async () => {
  const bob = await app.signUp('Bob')
  const batch = [
    { method: 'GET', path: `/api/tasks/${id}` },
    { method: 'PATCH', path: `/api/users/${ann.id}`, body: { email: 'bob@example.com' } },
  ]
  const { status, body } = await app.send('POST', '/api/batch', batch, ann)
  expect([status, body.code]).toEqual([409, 'unique'])
  expect(body.detail).toMatch(/^Request 1 of the batch: .* Nothing was changed\.$/)
  expect(bob.id).not.toBe(ann.id)
})
