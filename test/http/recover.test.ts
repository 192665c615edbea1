// What goes by mail, through a real SMTP server: another password, and whose an address is.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { createMailer } from '../../runtime/http/mail.ts'
import { startApp, type TestApp } from '../helpers/app.ts'
import { type Smtp, startSmtp } from '../helpers/smtp.ts'

const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Post',
  entities: {
    User: {
      fields: {
        email: { type: 'string', format: 'email', unique: true, required: true },
        name: { type: 'string' },
        emailVerified: { type: 'boolean', readonly: true, default: false },
      },
      permissions: { read: 'authenticated', update: 'entity == user' },
      behaviors: { move: { set: { email: { expr: "'moved@example.com'" } }, requires: 'entity == user' } },
    },
    Note: { fields: { text: 'string' }, permissions: { create: 'user.emailVerified', read: true } },
  },
})
`

const log = { info: () => undefined }
let smtp: Smtp
let app: TestApp
beforeAll(async () => {
  smtp = await startSmtp()
  const environment = {
    TRUTH_SMTP_URL: smtp.url,
    TRUTH_MAIL_FROM: 'app@example.com',
    TRUTH_URL: 'https://post.example/',
  }
  app = await startApp(source, undefined, createMailer('production', log, environment))
})
afterAll(async () => {
  await app.close()
  await smtp.stop()
})
beforeEach(() => app.forgetAttempts())

const password = 'correct horse'
const post = (path: string, body?: object, token?: string) => app.send('POST', `/api/auth/${path}`, body, { token })
const signIn = (email: string, secret: string) => post('sign-in', { email, password: secret })
const tokenIn = (text: string): string => /token=([\w-]{43})/.exec(text)?.[1] ?? ''

/** Signs up, and takes the mail that comes of it. */
async function newcomer(name: string) {
  const person = await app.signUp(name)
  const mail = await smtp.next()
  return { ...person, email: `${name.toLowerCase()}@example.com`, mail }
}

describe('another password', () => {
  test('by a link in a mail, once', async () => {
    const ann = await newcomer('Ann')
    expect((await post('forgot', { email: ' ANN@example.com ' })).status).toBe(202)
    const mail = await smtp.next()
    expect([mail.from, mail.to]).toEqual(['app@example.com', ['ann@example.com']])
    expect(mail.text).toContain('Subject: Post: Set another password')
    expect(mail.text).toContain('https://post.example/reset?token=')
    const token = tokenIn(mail.text)
    expect((await post('reset', { token, password: 'short' })).status).toBe(422)
    expect((await post('reset', { token, password: 'battery staple' })).status).toBe(204)
    expect((await app.send('GET', '/api/auth/session', undefined, ann)).status).toBe(401)
    expect((await signIn('ann@example.com', password)).status).toBe(401)
    expect((await signIn('ann@example.com', 'battery staple')).status).toBe(200)
    const again = await post('reset', { token, password: 'battery staple 2' })
    expect([again.status, again.body.errors[0].path]).toEqual([422, 'token'])
  })

  test('is not asked for by an address without account, in the same words', async () => {
    const bob = await newcomer('Bob')
    const known = await post('forgot', { email: bob.email })
    const unknown = await post('forgot', { email: 'nobody@example.com' })
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    await smtp.next()
    expect(smtp.waiting()).toBe(0)
  })

  test('not by a token that is old, replaced, of another kind, or for another address', async () => {
    const cid = await newcomer('Cid')
    const ask = async () => {
      await post('forgot', { email: cid.email })
      return tokenIn((await smtp.next()).text)
    }
    const use = async (token: string) => (await post('reset', { token, password: 'battery staple' })).status
    const replaced = await ask()
    const old = await ask()
    expect(await use(replaced)).toBe(422)
    await app.database.transaction((tx) =>
      tx.run(statement(`UPDATE "_truth_tokens" SET "expiresAt" = '2020-01-01' WHERE "purpose" = 'reset'`), []),
    )
    expect(await use(old)).toBe(422)
    expect(await use(tokenIn(cid.mail.text))).toBe(422)
    const late = await ask()
    await app.set('User', cid.id, { email: 'other@example.com' })
    expect(await use(late)).toBe(422)
  })

  test('not by a token that was asked for before the password became another one', async () => {
    const fay = await newcomer('Fay')
    await post('forgot', { email: fay.email })
    const token = tokenIn((await smtp.next()).text)
    const body = { password: 'correct horse', newPassword: 'battery staple' }
    expect((await app.send('POST', '/api/auth/password', body, { token: fay.token })).status).toBe(204)
    expect((await post('reset', { token, password: 'another one' })).status).toBe(422)
  })

  test('the database holds no token', async () => {
    const dora = await newcomer('Dora')
    await post('forgot', { email: dora.email })
    const token = tokenIn((await smtp.next()).text)
    for (const table of ['_truth_tokens', '_truth_outbox']) {
      const rows = await app.database.query(statement(`SELECT * FROM "${table}"`), [])
      expect(JSON.stringify(rows)).not.toContain(token)
    }
  })

  test('asking over and over is slowed down', async () => {
    const statuses: number[] = []
    for (let index = 0; index < 11; index++) statuses.push((await post('forgot', { email: 'x@example.com' })).status)
    expect(statuses).toEqual([...Array(10).fill(202), 429])
  })
})

describe('whose an address is', () => {
  const isVerified = async ({ id, token }: { id: string; token: string }) =>
    (await app.send('GET', `/api/users/${id}`, undefined, { token })).body.emailVerified

  test('is said by a link in the mail that signing up sends, for rules to read, with an event', async () => {
    const eve = await newcomer('Eve')
    expect(eve.mail.text).toContain('https://post.example/verify?token=')
    const note = () => app.send('POST', '/api/notes', { text: 'x' }, eve)
    expect((await note()).status).toBe(403)
    expect((await post('verify', { token: tokenIn(eve.mail.text) })).status).toBe(204)
    expect(await isVerified(eve)).toBe(true)
    expect((await note()).status).toBe(201)
    const outbox = statement(
      'SELECT "name", "payload" FROM "_truth_outbox" WHERE "row" = ?1 ORDER BY "id" DESC LIMIT 1',
    )
    const [event] = await app.database.query(outbox, [eve.id])
    expect(event?.[0]).toBe('User.updated')
    expect(JSON.parse(String(event?.[1]))).toMatchObject({
      before: { emailVerified: false },
      after: { emailVerified: true },
    })
    expect((await post('verify', { token: tokenIn(eve.mail.text) })).status).toBe(422)
  })

  test('is asked again, and not known any more of another address', async () => {
    const flo = await newcomer('Flo')
    const verify = async () => {
      expect((await post('verify-email', undefined, flo.token)).status).toBe(202)
      const mail = await smtp.next()
      expect((await post('verify', { token: tokenIn(mail.text) })).status).toBe(204)
      return mail.to
    }
    const patch = (body: object) => app.send('PATCH', `/api/users/${flo.id}`, body, flo)
    await verify()
    expect((await patch({ name: 'Florence', email: 'FLO@example.com' })).body.emailVerified).toBe(true)
    expect((await patch({ email: 'flora@example.com' })).body.emailVerified).toBe(false)
    expect(await verify()).toEqual(['flora@example.com'])
    expect((await app.send('POST', `/api/users/${flo.id}/move`, {}, flo)).body).toMatchObject({
      email: 'moved@example.com',
      emailVerified: false,
    })
    expect((await patch({ emailVerified: true })).status).toBe(422)
    expect((await post('verify-email')).status).toBe(401)
  })
})

test('the pages: a link changes nothing, its form does', async () => {
  const gus = await newcomer('Gus')
  expect((await app.send('GET', '/sign-in')).text).toContain('href="/forgot"')
  const form = (path: string, body: string) =>
    app.send('POST', path, body, { headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  expect((await form('/forgot', 'email=gus%40example.com')).text).toContain('a mail with a link is on its way')
  const token = tokenIn((await smtp.next()).text)
  const shown = await app.send('GET', `/reset?token=${token}`)
  expect([shown.status, shown.headers.get('referrer-policy')]).toEqual([200, 'no-referrer'])
  expect(shown.text).toContain(`value="${token}"`)
  const weak = await form('/reset', `token=${token}&password=short`)
  expect([weak.status, weak.text.includes('at least 8 characters')]).toEqual([422, true])
  expect((await form('/reset', `token=${token}&password=battery+staple`)).text).toContain('Your password is set')
  expect((await signIn(gus.email, 'battery staple')).status).toBe(200)
  expect((await form('/reset', `token=${token}&password=battery+staple`)).text).toContain('opens nothing any more')
  const verify = tokenIn(gus.mail.text)
  expect((await app.send('GET', `/verify?token=${verify}`)).text).toContain('Yes, it is mine')
  expect((await form('/verify', `token=${verify}`)).text).toContain('known as yours')
})

test('the document has it', async () => {
  const { paths } = (await app.send('GET', '/openapi.json')).body
  for (const name of ['forgot', 'reset', 'verify', 'verify-email'])
    expect(paths[`/api/auth/${name}`].post.responses, name).toBeDefined()
})

test('without a way for mail there is none of it', async () => {
  const other = await startApp(source)
  try {
    for (const path of ['forgot', 'reset', 'verify', 'verify-email'])
      expect((await other.send('POST', `/api/auth/${path}`, {})).body.code).toBe('no-route')
    expect((await other.send('GET', '/forgot')).status).toBe(404)
    expect((await other.send('GET', '/openapi.json')).text).not.toContain('/auth/forgot')
    expect((await other.send('GET', '/sign-in')).text).not.toContain('/forgot')
  } finally {
    await other.close()
  }
})

test('what the environment must say', async () => {
  expect(createMailer('production', log, {})).toBeUndefined()
  expect(() => createMailer('production', log, { TRUTH_SMTP_URL: 'smtp://x' })).toThrow('TRUTH_MAIL_FROM is not')
  const logged: object[] = []
  const mailer = createMailer('development', { info: (mail: object) => void logged.push(mail) }, {})
  await mailer?.send({ to: 'a@example.com', subject: 's', text: 't' })
  expect(logged).toEqual([{ to: 'a@example.com', subject: 's', text: 't' }])
})
