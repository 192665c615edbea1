// Accounts: sign-up, sign-in, sign-out, sessions, and what guessing gets.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { makeAdmin } from '../../runtime/http/accounts/admin.ts'
import { createPasswords } from '../../runtime/http/accounts/password.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp(example('tasks'))
})
afterAll(() => app.close())

const password = 'correct horse'
const signUp = (fields: object) => app.send('POST', '/api/auth/sign-up', { name: 'Someone', password, ...fields })
const signIn = (email: string, secret = password) => app.send('POST', '/api/auth/sign-in', { email, password: secret })

test('sign up, ask who one is, sign out', async () => {
  const { status, headers, body } = await signUp({ email: 'Ann@Example.com' })
  expect(status).toBe(201)
  expect(body.user).toMatchObject({ email: 'ann@example.com', name: 'Someone', role: 'user' })
  expect(body.user).not.toHaveProperty('password')
  const cookie = headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^truth_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/)

  const session = await app.send('GET', '/api/auth/session', undefined, {
    headers: { cookie: cookie.split(';')[0] ?? '' },
  })
  expect(session.body.user.id).toBe(body.user.id)
  expect(Date.parse(session.body.expiresAt)).toBeGreaterThan(Date.now())

  expect((await app.send('POST', '/api/auth/sign-out', undefined, { token: body.token })).status).toBe(204)
  expect((await app.send('GET', '/api/auth/session', undefined, { token: body.token })).status).toBe(401)
})

test('the database holds neither the password nor the token', async () => {
  const { body } = await signUp({ email: 'plain@example.com' })
  const sessions = await app.database.query(statement('SELECT * FROM "_truth_sessions"'), [])
  const credentials = await app.database.query(statement('SELECT * FROM "_truth_credentials"'), [])
  const everything = JSON.stringify([sessions, credentials])
  expect(everything).not.toContain(body.token)
  expect(everything).not.toContain(password)
  expect(credentials.length).toBeGreaterThan(0)
})

test.each([
  ['no address', { email: undefined }, ['email']],
  ['no e-mail address', { email: 'ann' }, ['email']],
  ['a short password', { email: 'a@example.com', password: 'short' }, ['password']],
  ['no password', { email: 'a@example.com', password: undefined }, ['password']],
  ['everything wrong', { email: 1, name: 2, password: 3, x: 4 }, ['name', 'email', 'x', 'password']],
])('sign-up with %s is refused', async (_, fields, paths) => {
  const { status, body } = await signUp(fields)
  expect(status).toBe(422)
  expect(body.errors.map((error: { path: string }) => error.path)).toEqual(paths)
})

test('a wrong password and an unknown address get the same answer', async () => {
  await signUp({ email: 'known@example.com' })
  const wrong = await signIn('known@example.com', 'not the one')
  const unknown = await signIn('unknown@example.com')
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  const { correlationId: a, ...first } = wrong.body
  const { correlationId: b, ...second } = unknown.body
  expect(a).not.toBe(b)
  expect(first).toEqual(second)
  expect((await signIn(' KNOWN@example.com ')).status).toBe(200)
})

test('a garbled token is nobody', async () => {
  for (const token of ['x', 'x'.repeat(43), '']) {
    expect((await app.send('GET', '/api/tasks', undefined, { token })).status).toBe(401)
  }
})

test('a session ends', async () => {
  const { body } = await signUp({ email: 'late@example.com' })
  const past = statement('UPDATE "_truth_sessions" SET "expiresAt" = ?1 WHERE "user" = ?2')
  await app.database.transaction(async (tx) => tx.run(past, ['2020-01-01T00:00:00.000Z', body.user.id]))
  expect((await app.send('GET', '/api/auth/session', undefined, { token: body.token })).status).toBe(401)
})

test('a demoted role holds at the next request', async () => {
  const boss = await app.signUp('Boss')
  const other = await app.signUp('Other')
  expect(await makeAdmin(app.service, 'boss@example.com')).toContain('is an admin now')
  const path = `/api/users/${other.id}`
  expect((await app.send('PATCH', path, { name: 'x' }, boss)).status).toBe(200)
  await app.set('User', boss.id, { role: 'user' })
  expect((await app.send('PATCH', path, { name: 'y' }, boss)).status).toBe(403)
})

test('nobody becomes an admin who has not signed up', async () => {
  expect(await makeAdmin(app.service, 'nobody@example.com')).toContain('Nobody has signed up')
})

describe('forged requests', () => {
  const forged = async (headers: Record<string, string>) => {
    const { body } = await signIn('known@example.com')
    const cookie = `truth_session=${body.token}`
    return (
      await app.send('POST', '/api/tasks', { title: 'x' }, { headers: { cookie, host: 'localhost', ...headers } })
    ).status
  }
  test('another site’s write is refused', async () => {
    expect(await forged({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await forged({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await forged({ origin: 'https://evil.example' })).toBe(403)
    expect(await forged({ origin: 'null' })).toBe(403)
  })
  test('the app’s own is not', async () => {
    expect(await forged({ 'sec-fetch-site': 'same-origin' })).toBe(201)
    expect(await forged({ origin: 'http://localhost' })).toBe(201)
  })
})

test('guessing is slowed down', async () => {
  await signUp({ email: 'target@example.com' })
  const statuses: number[] = []
  let last = await signIn('target@example.com', 'guess 0')
  for (let index = 1; index <= 10; index++) {
    statuses.push(last.status)
    last = await signIn('target@example.com', `guess ${index}`)
  }
  expect(statuses).toEqual(Array(10).fill(401))
  expect(last.status).toBe(429)
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await signIn('target@example.com')).status).toBe(429)
})

test('people behind one address may come in as often as they like', async () => {
  await signUp({ email: 'office@example.com' })
  const statuses = new Set<number>()
  for (let index = 0; index < 120; index++) statuses.add((await signIn('office@example.com')).status)
  expect([...statuses]).toEqual([200])
})

test('a password is checked as it was written, accents composed or not', async () => {
  const { hash, verify } = createPasswords()
  const stored = await hash('pâssword')
  // 32 MB, three times: what OWASP asks for.
  expect(stored).toMatch(/^scrypt\$32768\$8\$3\$/)
  expect(await verify('pa\u0302ssword', stored)).toBe(true)
  expect(await verify('password', stored)).toBe(false)
  expect(await verify('password', undefined)).toBe(false)
  expect(await hash('pâssword')).not.toBe(stored)
})
