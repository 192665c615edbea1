// What somebody who is signed in does with their own account: sessions and the password.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp(example('tasks'))
})
afterAll(() => app.close())

const password = 'correct horse'
const signIn = (email: string, secret = password, headers = {}) =>
  app.send('POST', '/api/auth/sign-in', { email, password: secret }, { headers })
const isIn = async (token: string) => (await app.send('GET', '/api/auth/session', undefined, { token })).status === 200
const change = (body: object, token?: string) => app.send('POST', '/api/auth/password', body, { token })

test('sessions are listed, and ended one by one or all but this one', async () => {
  const first = await app.signUp('Ann')
  const other = await app.signUp('Bob')
  const second = (await signIn('ann@example.com')).body.token
  const third = (await signIn('ann@example.com')).body.token
  const list = async (token: string) => (await app.send('GET', '/api/auth/sessions', undefined, { token })).body.data
  const sessions = await list(second)
  expect(sessions.map((one: { current: boolean }) => one.current).filter(Boolean)).toEqual([true])
  expect(sessions).toHaveLength(3)
  expect(JSON.stringify(sessions)).not.toContain(second)

  const [oldest] = await list(first.token)
  const end = (id: string, token: string) => app.send('DELETE', `/api/auth/sessions/${id}`, undefined, { token })
  expect((await end(oldest.id, other.token)).status).toBe(404)
  expect((await end(oldest.id, second)).status).toBe(204)
  expect((await end(oldest.id, second)).status).toBe(404)
  expect((await app.send('DELETE', '/api/auth/sessions', undefined, { token: third })).status).toBe(204)
  expect([await isIn(first.token), await isIn(second), await isIn(third), await isIn(other.token)]).toEqual([
    false,
    false,
    true,
    true,
  ])
})

test('another password ends the other sessions', async () => {
  const { token } = await app.signUp('Cid')
  const elsewhere = (await signIn('cid@example.com')).body.token
  expect((await change({ password: 'wrong', newPassword: 'battery staple' }, token)).status).toBe(403)
  expect(await isIn(elsewhere)).toBe(true)
  expect((await change({ password, newPassword: 'battery staple' }, token)).status).toBe(204)
  expect([await isIn(token), await isIn(elsewhere)]).toEqual([true, false])
  expect((await signIn('cid@example.com')).status).toBe(401)
  expect((await signIn('cid@example.com', 'battery staple')).status).toBe(200)
})

test('a sign-in that was under way with the old password opens nothing', async () => {
  const { token } = await app.signUp('Fay')
  const changing = change({ password, newPassword: 'battery staple' }, token)
  const entering = await Promise.all(Array.from({ length: 4 }, () => signIn('fay@example.com')))
  expect((await changing).status).toBe(204)
  const late = await Promise.all(Array.from({ length: 3 }, () => signIn('fay@example.com')))
  for (const { status, body } of [...entering, ...late]) expect(status === 401 || !(await isIn(body.token))).toBe(true)
})

test.each([
  [{}, ['password', 'newPassword']],
  [{ password, newPassword: 'short' }, ['newPassword']],
  [{ password: 1, newPassword: 2, more: 3 }, ['password', 'newPassword', 'more']],
])('%j is refused', async (body, paths) => {
  const { token } = (await signIn('bob@example.com')).body
  const reply = await change(body, token)
  expect(reply.status).toBe(422)
  expect(reply.body.errors.map((error: { path: string }) => error.path)).toEqual(paths)
})

test('guessing the password of a session that was found open is slowed down', async () => {
  const { token } = await app.signUp('Dora')
  const statuses: number[] = []
  for (let index = 0; index < 11; index++)
    statuses.push((await change({ password: `guess ${index}`, newPassword: 'battery staple' }, token)).status)
  expect(statuses).toEqual([...Array(10).fill(403), 429])
})

test('nobody signed in has neither', async () => {
  expect((await app.send('GET', '/api/auth/sessions')).status).toBe(401)
  expect((await app.send('DELETE', '/api/auth/sessions')).status).toBe(401)
  expect((await app.send('DELETE', '/api/auth/sessions/x')).status).toBe(401)
  expect((await change({ password, newPassword: 'battery staple' })).status).toBe(401)
  const wrong = await app.send('PUT', '/api/auth/sessions')
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'HEAD, GET, DELETE'])
})

test('signing in ends the session of the cookie that came along', async () => {
  const { token } = await app.signUp('Eve')
  expect((await signIn('bob@example.com', password, { cookie: `truth_session=${token}` })).status).toBe(200)
  expect(await isIn(token)).toBe(false)
  const bearer = (await signIn('eve@example.com')).body.token
  expect((await signIn('bob@example.com', password, { authorization: `Bearer ${bearer}` })).status).toBe(200)
  expect(await isIn(bearer)).toBe(true)
})
