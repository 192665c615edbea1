// What an app declares about its callers: other origins, and how many requests a minute.

import { afterEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
afterEach(() => app.close())

const source = (api: string) => `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Limits',
  settings: { api: { ${api} } },
  entities: {
    User: { fields: { email: { type: 'string', format: 'email', unique: true }, name: 'string' }, permissions: { read: true } },
    Note: { fields: { title: 'string' }, permissions: { create: true, read: true } },
  },
})
`

const asked = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' }
const preflight = (headers = asked) =>
  app.send('OPTIONS', '/api/notes', undefined, { headers: { ...headers, 'access-control-request-method': 'POST' } })
const write = (headers: Record<string, string>) => app.send('POST', '/api/notes', { title: 'x' }, { headers })

describe('other origins', () => {
  test('are strangers unless they are named', async () => {
    app = await startApp(source(''))
    const { headers } = await app.send('GET', '/api/notes', undefined, { headers: asked })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect((await preflight()).status).toBe(405)
    expect((await write(asked)).status).toBe(403)
  })

  test('that are named may read, write and sign in', async () => {
    app = await startApp(source(`cors: ['https://shop.example']`))
    const { headers, status } = await app.send('GET', '/api/notes', undefined, { headers: asked })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, 'https://shop.example'])
    expect(headers.get('access-control-expose-headers')).toContain('ETag')
    expect((await preflight()).headers.get('access-control-allow-methods')).toContain('PATCH')
    expect((await write(asked)).status).toBe(201)
    const body = { email: 'a@example.com', name: 'A', password: 'correct horse' }
    const entered = await app.send('POST', '/api/auth/sign-up', body, { headers: asked })
    expect(entered.status).toBe(201)
    const evil = { ...asked, origin: 'https://evil.example' }
    expect(
      (await app.send('GET', '/api/notes', undefined, { headers: evil })).headers.get('access-control-allow-origin'),
    ).toBeNull()
    expect((await write({ ...evil, cookie: `truth_session=${entered.body.token}` })).status).toBe(403)
    // The pages are for the app's own origin alone.
    expect(
      (await app.send('GET', '/sign-in', undefined, { headers: asked })).headers.get('access-control-allow-origin'),
    ).toBeNull()
  })

  test('are strangers at the pages all the same', async () => {
    for (const cors of ['true', "['https://shop.example']"]) {
      app = await startApp(source(`cors: ${cors}`))
      const { token } = await app.signUp('Ann')
      const form = (path: string, body: string, headers = {}) =>
        app.send('POST', path, body, {
          headers: { ...asked, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        })
      const enter = await form('/sign-in', '_shown=email&email=ann%40example.com&password=correct+horse')
      expect([enter.status, enter.headers.get('set-cookie')]).toEqual([403, null])
      const cookie = { cookie: `truth_session=${token}` }
      expect((await form('/sign-out', '', cookie)).status).toBe(403)
      expect((await form('/notes/new', '_shown=title&title=x', cookie)).status).toBe(403)
      if (cors === 'true') await app.close()
    }
  })

  test('do not get by with another kind of authorization beside the cookie', async () => {
    app = await startApp(source(''))
    const { token } = await app.signUp('Ann')
    const cookie = `truth_session=${token}`
    expect((await write({ ...asked, cookie, authorization: 'Basic eDp5' })).status).toBe(403)
    expect((await write({ ...asked, authorization: `Bearer ${token}` })).status).toBe(201)
  })

  test('may be any, but cookies count for none of them', async () => {
    app = await startApp(source('cors: true'))
    const { headers } = await app.send('GET', '/api/notes', undefined, { headers: asked })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect((await write(asked)).status).toBe(201)
    const { token } = await app.signUp('Ann')
    expect((await write({ ...asked, cookie: `truth_session=${token}` })).status).toBe(403)
  })
})

describe('requests a minute', () => {
  test('are counted for each user, and for each address where nobody is signed in', async () => {
    app = await startApp(source('rateLimit: 3'))
    // The first request of this address.
    const { token } = await app.signUp('Ann')
    const get = (options = {}) => app.send('GET', '/api/notes', undefined, options)
    expect((await get()).headers.get('ratelimit')).toMatch(/^"requests";r=1;t=\d+$/)
    expect((await get()).headers.get('ratelimit-policy')).toBe('"requests";q=3;w=60')
    const late = await get()
    expect([late.status, late.body.code]).toEqual([429, 'rate-limit'])
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await get({ token })).status).toBe(200)
    expect((await app.send('GET', '/healthz')).status).toBe(200)
    const page = await app.send('GET', '/notes')
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8'])
  })

  test('are counted one by one in a batch', async () => {
    app = await startApp(source('rateLimit: 5'))
    const { token } = await app.signUp('Ann')
    const batch = (requests: number) => {
      const items = Array(requests).fill({ method: 'GET', path: '/api/notes' })
      return app.send('POST', '/api/batch', items, { token })
    }
    expect((await batch(4)).status).toBe(200)
    expect([(await batch(4)).status, (await batch(1)).status]).toEqual([429, 429])
  })

  test('are not counted unless the app says so', async () => {
    app = await startApp(source(''))
    expect((await app.send('GET', '/api/notes')).headers.get('ratelimit')).toBeNull()
  })
})
