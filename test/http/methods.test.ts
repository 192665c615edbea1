// Which methods an address takes: what `Allow` names is what is taken, HEAD wherever GET is, and nothing else does
// anything.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
let token = ''
let id = ''
beforeAll(async () => {
  app = await startApp(example('blog'))
  const author = await app.signUp('ann')
  await app.set('User', author.id, { role: 'author' })
  token = author.token
  id = (await app.send('POST', '/api/posts', { title: 'One', slug: 'one', body: 'text' }, { token })).body.id
})
afterAll(() => app.close())

const get = 'HEAD, GET'

test.each([
  ['/', get],
  ['/assets/style.css', get],
  ['/sign-in', `${get}, POST`],
  ['/sign-up', `${get}, POST`],
  ['/sign-out', 'POST'],
  ['/forgot', undefined],
  ['/posts', get],
  ['/posts/new', `${get}, POST`],
  ['/posts/:id', get],
  ['/posts/:id/edit', `${get}, POST`],
  ['/posts/:id/delete', 'POST'],
  ['/posts/:id/publish', 'POST'],
  ['/openapi.json', get],
  ['/api/docs', get],
  ['/api/posts', `${get}, POST`],
  ['/api/posts/aggregate', get],
  ['/api/posts/changes', get],
  ['/api/posts/:id', `${get}, PATCH, PUT, DELETE`],
  ['/api/posts/:id/publish', 'POST'],
  ['/api/batch', 'POST'],
  ['/api/auth/sign-in', 'POST'],
  ['/api/auth/session', get],
  ['/api/auth/sessions', `${get}, DELETE`],
  ['/api/auth/sessions/x', 'DELETE'],
  ['/api/auth/enter', undefined],
  ['/api/nothing', undefined],
])('%s takes %j', async (path, allow) => {
  const at = path.replace(':id', id)
  for (const method of ['HEAD', 'GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY']) {
    if (allow?.split(', ').includes(method)) continue
    const reply = await app.send(method, at, undefined, { token })
    expect([method, reply.status, reply.headers.get('allow')]).toEqual([method, allow ? 405 : 404, allow ?? null])
  }
  // A stream has no end to wait for; what HEAD says of it is held to GET elsewhere.
  if (!allow?.startsWith(get) || path.endsWith('/changes')) return
  const [head, whole] = [
    await app.send('HEAD', at, undefined, { token }),
    await app.send('GET', at, undefined, { token }),
  ]
  expect([head.status, head.text]).toEqual([whole.status, ''])
})

test('HEAD of a page for others sends to the sign-in page as GET does', async () => {
  for (const method of ['HEAD', 'GET']) {
    const { status, headers } = await app.send(method, '/posts/new')
    expect([status, headers.get('location')]).toEqual([303, '/sign-in?then=%2Fposts%2Fnew'])
  }
})

test('another method in a header, a parameter or a form is not heard', async () => {
  const at = `/api/posts/${id}`
  const headers = { 'x-http-method-override': 'DELETE', 'x-http-method': 'DELETE', 'x-method-override': 'DELETE' }
  expect((await app.send('GET', at, undefined, { token, headers })).status).toBe(200)
  expect((await app.send('GET', `${at}?_method=DELETE`, undefined, { token })).status).toBe(400)
  expect((await app.send('POST', at, { _method: 'DELETE' }, { token, headers })).status).toBe(405)
  expect((await app.send('GET', at, undefined, { token })).status).toBe(200)
})
