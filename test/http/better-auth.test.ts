// A real better-auth as the provider: the whole way to a real OAuth server and back, and its own passwords.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Reply, startApp, type TestApp } from '../helpers/app.ts'
import { betterAuthProvider } from '../helpers/better-auth.ts'
import { sourceOf, verified } from '../helpers/door-app.ts'
import { type OAuth, startOAuth } from '../helpers/oauth.ts'

const here = 'http://localhost'
let oauth: OAuth
let app: TestApp
beforeAll(async () => {
  oauth = await startOAuth()
  app = await startApp(sourceOf(verified), undefined, undefined, betterAuthProvider(here, oauth.url))
})
afterAll(async () => {
  await app.close()
  await oauth.stop()
})
beforeEach(() => app.forgetAttempts())

/** A browser: keeps its cookies, and goes where it is sent. */
function browser(of: TestApp = app) {
  const cookies = new Map<string, string>()
  const trail: string[] = []
  const send = async (method: string, path: string, body?: object): Promise<Reply> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await of.send(method, path, body, { headers: { cookie, origin: here } })
    for (const one of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
      if (/max-age=0/i.test(one)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return reply
  }
  const visit = async (path: string): Promise<Reply> => {
    trail.push(path.replace(/[?].*/, ''))
    const reply = await send('GET', path)
    const next = reply.headers.get('location')
    if (next === null) return reply
    if (!next.startsWith(oauth.url)) return visit(next.replace(here, ''))
    const back = await fetch(next, { redirect: 'manual' })
    return visit((back.headers.get('location') ?? '').replace(here, ''))
  }
  return { cookies, trail, send, visit }
}

const house = (name: string, email_verified = true) => ({
  id: `house-${name}`,
  email: `${name}@example.com`,
  email_verified,
  name,
})
const start = '/api/auth/provider/go/house?to=%2Fusers'

test('by OAuth: to the server, back, and on to the page; the next time as the same user', async () => {
  oauth.person = house('ann')
  const ann = browser()
  expect((await ann.send('GET', '/sign-in?then=/users')).text).toContain(`href="${start}">Continue with the House</a>`)
  const page = await ann.visit(start)
  expect([page.status, ann.trail]).toEqual([
    200,
    ['/api/auth/provider/go/house', '/api/auth/provider/callback/house', '/api/auth/enter', '/users'],
  ])
  expect(page.text).toContain('ann')
  const { body } = await ann.send('GET', '/api/auth/session')
  expect(body.user).toMatchObject({ email: 'ann@example.com', name: 'ann', emailVerified: true })
  // The door is shut again: better-auth has no session any more.
  expect([...ann.cookies.keys()].filter((name) => name.includes('session'))).toEqual(['truth_session'])
  expect((await ann.send('POST', '/api/auth/enter')).status).toBe(401)
  const elsewhere = browser()
  await elsewhere.visit(start)
  expect((await elsewhere.send('GET', '/api/auth/session')).body.user.id).toBe(body.user.id)
  expect((await elsewhere.send('GET', '/api/auth/sessions')).body.data.length).toBe(2)
  expect((await elsewhere.send('POST', '/api/auth/sign-out')).status).toBe(204)
  expect((await elsewhere.send('GET', '/api/auth/session')).status).toBe(401)
  expect((await ann.send('GET', '/api/auth/session')).status).toBe(200)
})

test('an ended session does not come back by an old cookie of the provider', async () => {
  oauth.person = house('old')
  const person = browser()
  const trail = await person.send('GET', start)
  const back = await fetch(trail.headers.get('location') ?? '', { redirect: 'manual' })
  await person.send('GET', (back.headers.get('location') ?? '').replace(here, ''))
  const kept = new Map(person.cookies)
  expect((await person.send('POST', '/api/auth/enter')).status).toBe(200)
  person.cookies.clear()
  for (const [name, value] of kept) person.cookies.set(name, value)
  expect((await person.send('POST', '/api/auth/enter')).status).toBe(401)
})

test('whoever changes their mind is back at the sign-in page', async () => {
  oauth.person = undefined
  const person = browser()
  const page = await person.visit(start)
  expect(person.trail.at(-1)).toBe('/sign-in')
  expect(page.text).toContain('You were not signed in.')
  expect(page.text).toContain('value="/users"')
})

test('an address that is taken: with and without the word of the server', async () => {
  const bob = await app.signUp('Bob')
  oauth.person = house('bob', false)
  expect((await browser().visit(start)).status).toBe(409)
  expect((await app.send('GET', '/api/auth/session', undefined, bob)).status).toBe(200)
  const cid = await app.signUp('Cid')
  oauth.person = house('cid')
  const person = browser()
  await person.visit(start)
  expect((await person.send('GET', '/api/auth/session')).body.user.id).toBe(cid.id)
  // Nobody had shown the address to be theirs.
  expect((await app.send('GET', '/api/auth/session', undefined, cid)).status).toBe(401)
})

test('no way to another site through the provider', async () => {
  oauth.person = house('dora')
  const person = browser()
  await person.visit('/api/auth/provider/go/house?to=https%3A%2F%2Fevil.example')
  expect(person.trail.slice(2, 4)).toEqual(['/api/auth/enter', '/'])
})

test('by a password of better-auth’s own, as a program does it', async () => {
  const eve = browser()
  const account = { email: 'eve@example.com', password: 'battery staple', name: 'Eve' }
  expect((await eve.send('POST', '/api/auth/provider/sign-up/email', account)).status).toBe(200)
  const { status, body } = await eve.send('POST', '/api/auth/enter')
  expect([status, body.user.email, body.user.emailVerified]).toEqual([200, 'eve@example.com', false])
  const again = browser()
  expect((await again.send('POST', '/api/auth/provider/sign-in/email', { ...account, password: 'wrong' })).status).toBe(
    401,
  )
  expect((await again.send('POST', '/api/auth/enter')).status).toBe(401)
  expect((await again.send('POST', '/api/auth/provider/sign-in/email', account)).status).toBe(200)
  expect((await again.send('POST', '/api/auth/enter')).body.user.id).toBe(body.user.id)
})

test('what is not there, and how it may be asked for', async () => {
  expect((await app.send('GET', '/api/auth/provider/go/other')).status).toBe(404)
  expect((await app.send('GET', '/api/auth/provider/go/constructor')).status).toBe(404)
  expect((await app.send('GET', '/api/auth/provider/go/%')).status).toBe(404)
  expect((await app.send('HEAD', '/api/auth/provider/go/house')).status).toBe(405)
  expect((await app.send('GET', '/api/auth/provider/nothing')).status).toBe(404)
})

test('stands below the prefix of the API, and says so where it does not', async () => {
  const source = sourceOf(verified).replace('settings: {', "settings: { api: { prefix: '/v1' },")
  const other = await startApp(source, undefined, undefined, betterAuthProvider(here, oauth.url, '/v1'))
  const wrong = await startApp(source, undefined, undefined, betterAuthProvider(here, oauth.url))
  try {
    oauth.person = house('flo')
    const flo = browser(other)
    expect((await flo.visit('/v1/auth/provider/go/house?to=/users')).status).toBe(200)
    expect(flo.trail.at(-2)).toBe('/v1/auth/enter')
    expect((await wrong.send('GET', '/v1/auth/provider/go/house')).status).toBe(500)
    expect(JSON.stringify(wrong.logged)).toContain('Set its `basePath` to `/v1/auth/provider`.')
  } finally {
    await other.close()
    await wrong.close()
  }
})
