// The door that a provider is: what goes through it, in both directions, and what does not.

import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startApp } from '../helpers/app.ts'
import { enter, me, sourceOf, startDoor, told, usersCalled, verified, visit } from '../helpers/door-app.ts'

const { app, door } = await startDoor(verified)
afterAll(app.close)
beforeEach(app.forgetAttempts)
afterEach(() => Object.assign(door.state, { slow: 0, faulty: false }))

describe('the door', () => {
  test('passes requests and answers on as they are, and nothing of it is kept', async () => {
    const reply = await app.send('POST', '/api/auth/provider/sign-in/email?x=1', 'a=b', {
      headers: { 'content-type': 'text/plain', origin: 'https://id.example', 'sec-fetch-site': 'cross-site' },
    })
    expect([reply.status, reply.text]).toEqual([201, 'a=b'])
    expect(reply.headers.get('x-url')).toBe('http://localhost/api/auth/provider/sign-in/email?x=1')
    expect(reply.headers.getSetCookie()).toEqual(['one=1; Path=/', 'two=2; Path=/'])
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    const own = await app.send('GET', '/api/auth/provider/policy')
    expect(own.headers.get('content-security-policy')).toBe("default-src 'self'")
    const away = await app.send('GET', '/api/auth/provider/away')
    expect([away.status, away.headers.get('location')]).toEqual([302, 'https://id.example/authorize'])
    for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await app.send(method, '/api/auth/provider')).headers.get('x-method'), method).toBe(method)
    expect((await app.send('GET', '/api/auth/providers')).status).toBe(404)
  })

  test('takes no body without end', async () => {
    expect((await app.send('POST', '/api/auth/provider/x', 'x'.repeat(2 ** 20 + 1))).status).toBe(413)
    const headers = { 'content-length': String(2 ** 21) }
    expect((await app.send('POST', '/api/auth/provider/x', 'x', { headers })).status).toBe(413)
  })

  test('is no way to another site', async () => {
    for (const [index, to] of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '',
    ].entries()) {
      const person = { id: `p-to-${index}`, email: `to-${index}@example.com` }
      const reply = await visit(app, person, `?to=${encodeURIComponent(to)}`)
      expect([reply.status, reply.headers.get('location')], to).toEqual([303, '/'])
    }
    const inside = await visit(app, { id: 'p-to', email: 'to@example.com' }, '?to=/notes%3Fx%3D1')
    expect(inside.headers.get('location')).toBe('/notes?x=1')
    expect(inside.headers.get('set-cookie')).toContain('truth_session=')
  })

  test('lets other sites send nobody in, and asking signs nobody in', async () => {
    const person = { id: 'p-forged', email: 'forged@example.com' }
    const forged = await enter(app, person, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })
    expect([forged.status, forged.body.code]).toEqual([403, 'cross-site'])
    for (const method of ['HEAD', 'PUT', 'DELETE']) {
      const reply = await app.send(method, '/api/auth/enter', undefined, told(person))
      expect([reply.status, reply.headers.get('allow')], method).toEqual([405, 'GET, POST'])
    }
    expect(await usersCalled(app, 'forged@example.com')).toBe(0)
  })

  test('that breaks tells nothing', async () => {
    door.state.faulty = true
    for (const reply of [
      await app.send('GET', '/api/auth/provider/x'),
      await enter(app, { id: 'p', email: 'p@x.de' }),
    ]) {
      expect([reply.status, reply.body.code]).toEqual([500, 'internal'])
      expect(reply.text).not.toContain('secret')
    }
    const page = await visit(app, { id: 'p', email: 'p@x.de' })
    expect([page.status, page.text.includes('secret')]).toEqual([500, false])
    expect(JSON.stringify(app.logged)).toContain('the secret of the provider')
  })

  test('that is slow holds up nobody else, and has an end', async () => {
    door.state.slow = 300
    const slow = enter(app, { id: 'p-slow', email: 'slow@example.com' })
    const started = performance.now()
    expect((await app.send('GET', '/sign-in')).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(290)
    expect((await slow).status).toBe(200)
    door.state.slow = 100_000
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const never = Promise.all([enter(app, { id: 'p', email: 'p@x.de' }), app.send('GET', '/api/auth/provider/x')])
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThanOrEqual(4), { timeout: 2_000 })
      await vi.advanceTimersByTimeAsync(30_000)
      expect((await never).map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
        [503, '10'],
        [503, '10'],
      ])
    } finally {
      vi.useRealTimers()
    }
  })

  test('is slowed down for an address that keeps trying', async () => {
    let last = 0
    for (let index = 0; index < 101; index++) last = (await enter(app, undefined)).status
    expect(last).toBe(429)
    expect((await visit(app, undefined)).status).toBe(429)
  })

  test('is left at the sign-out, of the API and of the pages', async () => {
    const { body } = await enter(app, { id: 'p-out', email: 'out@example.com' })
    const { left } = door.state
    const out = await app.send('POST', '/api/auth/sign-out', undefined, { token: body.token })
    expect(out.headers.getSetCookie().map((one) => one.split('=')[0])).toEqual(['truth_session', 'door', 'handle'])
    expect((await me(app, body.token)).status).toBe(401)
    const page = await app.send('POST', '/sign-out')
    expect(page.headers.getSetCookie().length).toBe(3)
    expect(door.state.left).toBe(left + 2)
  })

  test('is on the pages, and in the document', async () => {
    for (const path of ['/sign-in', '/sign-up']) {
      const { text } = await app.send('GET', `${path}?then=/notes`)
      expect(text).toContain(
        '<a class="button quiet" href="/api/auth/provider/go/house?to=%2Fnotes">Continue with House</a>',
      )
      expect(text).toContain('type="password"')
    }
    expect((await app.send('GET', '/sign-in?error=access_denied')).text).toContain('You were not signed in.')
    const { paths } = (await app.send('GET', '/openapi.json')).body
    expect(Object.keys(paths['/api/auth/enter'])).toEqual(['get', 'post'])
    const { responses } = paths['/api/auth/enter'].post
    const person = { id: 'p-doc', email: 'doc@example.com' }
    for (const one of [undefined, person, { ...person, id: 'p-doc-2' }, { ...person, email: '', id: 'p-doc-3' }]) {
      const { status, text } = await enter(app, one)
      expect(responses[status], `${status} ${text}`).toBeDefined()
    }
  })
})

test('without a provider there is none of it', async () => {
  const without = await startApp(sourceOf(verified).replace("provider: './auth.ts'", ''))
  try {
    for (const [method, path] of [
      ['GET', '/api/auth/enter'],
      ['POST', '/api/auth/enter'],
      ['GET', '/api/auth/provider'],
      ['POST', '/api/auth/provider/sign-in'],
    ] as const)
      expect((await without.send(method, path)).body.code, path).toBe('no-route')
    expect((await without.send('GET', '/openapi.json')).text).not.toContain('/auth/enter')
    expect((await without.send('GET', '/sign-in?error=x')).text).not.toMatch(/Continue with|You were not signed in/)
  } finally {
    await without.close()
  }
})
