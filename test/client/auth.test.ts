// The typed client and accounts: sessions, the provider's door, and what goes by mail.

import { createClient } from 'truthfile/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import type { Mail } from '../../runtime/http/mail.ts'
import type { TestApp } from '../helpers/app.ts'
import { startDoor, verified } from '../helpers/door-app.ts'

let app: TestApp
let server: Listening
const mails: Mail[] = []
const client = () => createClient(server.address)

beforeAll(async () => {
  app = (await startDoor(verified, '', (mail) => void mails.push(mail))).app
  server = await listen({ service: () => app.service }, '127.0.0.1', 0)
})
afterAll(async () => {
  await server.stop()
  await app.close()
})

const password = 'correct horse'

/** The token in the latest mail to somebody. */
async function mailed(to: string, subject: string): Promise<string> {
  const find = () => mails.findLast((mail) => mail.to === to && mail.subject.endsWith(subject))
  for (let tries = 0; !find() && tries < 200; tries += 1) await new Promise((later) => setTimeout(later, 10))
  return /token=([\w-]+)/.exec(find()?.text ?? '')?.[1] ?? ''
}

test('who am I, and where else', async () => {
  const [here, there] = [client(), client()]
  await expect(here.auth.session()).rejects.toMatchObject({ status: 401 })
  const { user } = await here.auth.signUp({ email: 'ann@example.com', password })
  await there.auth.signIn({ email: 'ann@example.com', password })
  expect((await there.auth.session()).user.id).toBe(user.id)
  const sessions = await here.auth.sessions()
  expect(sessions.map(({ current }) => current)).toEqual([true, false])
  await here.auth.endSession(sessions[1]?.id ?? '')
  await expect(there.auth.session()).rejects.toMatchObject({ status: 401 })
  await there.auth.signIn({ email: 'ann@example.com', password })
  await here.auth.endOtherSessions()
  await expect(there.auth.session()).rejects.toMatchObject({ status: 401 })
  await here.auth.signOut()
  await expect(here.auth.session()).rejects.toMatchObject({ status: 401, code: 'not-signed-in' })
})

test('in by the provider, known by the headers that it goes by', async () => {
  const one = client()
  await expect(one.auth.enter()).rejects.toMatchObject({ status: 401, code: 'nobody' })
  const person = { id: 'p-bob', email: 'bob@example.com', emailVerified: true }
  const { user, token } = await one.auth.enter({ 'X-Person': JSON.stringify(person) })
  expect((await one.auth.session()).user).toMatchObject({ id: user.id, email: 'bob@example.com' })
  expect((await createClient(server.address, { token }).auth.session()).user.id).toBe(user.id)
})

test('by mail', async () => {
  const one = client()
  await one.auth.signUp({ email: 'cid@example.com', password })
  await one.auth.verifyEmail()
  await one.auth.verify({ token: await mailed('cid@example.com', 'Is this your address?') })
  expect((await one.auth.session()).user).toMatchObject({ emailVerified: true })
  await one.auth.forgot({ email: 'cid@example.com' })
  const token = await mailed('cid@example.com', 'Set another password')
  await one.auth.reset({ token, password: 'battery staple' })
  await one.auth.signIn({ email: 'cid@example.com', password: 'battery staple' })
  await expect(one.auth.reset({ token, password: 'battery staple' })).rejects.toMatchObject({ status: 422 })
})
