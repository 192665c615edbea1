// Entering by a provider: whose user somebody is, and what an address opens.

import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import type { Mail } from '../../runtime/http/mail.ts'
import { enter, me, rowsOf, signIn, startDoor, type Told, usersCalled, verified, visit } from '../helpers/door-app.ts'

const { app } = await startDoor(verified)
afterAll(app.close)
beforeEach(app.forgetAttempts)

describe('whose user somebody is', () => {
  test('a new person is a new user, and the same one the next time', async () => {
    const ann = { id: 'p-ann', email: ' Ann@Example.com ', emailVerified: true, name: 'Ann' }
    const first = await enter(app, ann)
    expect(first.status).toBe(200)
    expect(first.body.user).toMatchObject({ email: 'ann@example.com', name: 'Ann', role: 'user', emailVerified: true })
    const cookies = first.headers.getSetCookie()
    expect(cookies[0]).toMatch(/^truth_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/)
    expect(cookies.slice(1)).toEqual(['door=; Max-Age=0', 'handle=; Max-Age=0'])
    expect((await me(app, first.body.token)).body.user.id).toBe(first.body.user.id)
    // Another address at the provider, and a name that does not fit, change nothing here.
    const again = await enter(app, { ...ann, email: 'other@example.com', name: 'x'.repeat(30) })
    expect(again.body.user).toMatchObject({ id: first.body.user.id, email: 'ann@example.com', emailVerified: true })
    expect(again.body.token).not.toBe(first.body.token)
    expect((await app.send('GET', '/api/auth/sessions', undefined, { token: again.body.token })).body.data.length).toBe(
      2,
    )
    expect(JSON.stringify(await rowsOf(app, '_truth_sessions'))).not.toContain(first.body.token)
  })

  test('a name that does not fit is left out; nothing is made known that the provider does not vouch for', async () => {
    const { status, body } = await enter(app, { id: 'p-long', email: 'long@example.com', name: 'x'.repeat(30) })
    expect([status, body.user.name, body.user.emailVerified]).toEqual([200, null, false])
    const truthy = await enter(app, { id: 'p-long', email: 'long@example.com', emailVerified: 'true' })
    expect(truthy.body.user.emailVerified).toBe(false)
    const now = await enter(app, { id: 'p-long', email: 'long@example.com', emailVerified: true })
    expect(now.body.user.emailVerified).toBe(true)
  })

  test('twice at the same moment is one user, and both are in', async () => {
    const person = { id: 'p-twin', email: 'twin@example.com', emailVerified: true }
    const both = await Promise.all(Array.from({ length: 8 }, () => enter(app, person)))
    expect(new Set(both.map(({ status, body }) => `${status} ${body.user.id}`)).size).toBe(1)
    expect(both[0]?.status).toBe(200)
    expect(new Set(both.map(({ body }) => body.token)).size).toBe(8)
    expect(await usersCalled(app, 'twin@example.com')).toBe(1)
  })

  test('nobody is nobody', async () => {
    const { status, body } = await enter(app, undefined)
    expect([status, body.code]).toEqual([401, 'nobody'])
    const page = await visit(app, undefined, '?to=/notes')
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in?then=%2Fnotes'])
  })

  test('a user who was deleted does not come back, one who is gone is a new one', async () => {
    const person = { id: 'p-gone', email: 'gone@example.com', emailVerified: true }
    const { body } = await enter(app, person)
    await app.set('User', body.user.id, { deletedAt: '2026-01-01T00:00:00.000Z' })
    const refused = await enter(app, person)
    expect([refused.status, refused.body.code]).toEqual([403, 'account-closed'])
    expect((await visit(app, person)).text).toContain('This account is closed.')
    // By another way at the provider, with the same address: that is free again, as at a sign-up.
    const again = await enter(app, { ...person, id: 'p-gone-2' })
    expect([again.status, again.body.user.id === body.user.id]).toEqual([200, false])
    await app.database.transaction((tx) => tx.run(statement('DELETE FROM "User" WHERE "id" = ?1'), [body.user.id]))
    expect((await rowsOf(app, '_truth_identities')).map(([one]) => one)).not.toContain('p-gone')
    expect((await enter(app, person)).status).toBe(200)
  })

  test('a role that is taken away is gone at the next request', async () => {
    const { body } = await enter(app, { id: 'p-boss', email: 'boss@example.com', emailVerified: true })
    await app.set('User', body.user.id, { role: 'admin' })
    const note = () => app.send('POST', '/api/notes', { text: 'x' }, { token: body.token })
    expect((await note()).status).toBe(201)
    await app.set('User', body.user.id, { role: 'user' })
    expect((await note()).status).toBe(403)
  })

  test.each([
    ['no id', { email: 'x@example.com' }],
    ['an empty id', { id: '', email: 'x@example.com' }],
    ['an id that is no text', { id: 7, email: 'x@example.com' }],
    ['an id with a zero', { id: 'a\0', email: 'x@example.com' }],
  ])('%s is a fault of the provider', async (_, person) => {
    expect((await enter(app, person)).status).toBe(500)
  })

  test.each([undefined, null, '', 7, 'nobody', 'a\0@example.com'])('the address %j makes no user', async (email) => {
    const { status, body } = await enter(app, { id: `p-odd-${email}`.replace('\0', ''), email, emailVerified: true })
    expect([status, body.errors[0].path]).toEqual([422, 'email'])
  })
})

describe('an address that is taken', () => {
  const person = (name: string, more: Told = {}) => ({
    id: `p-${name.toLowerCase()}`,
    email: `${name.toLowerCase()}@example.com`,
    emailVerified: true,
    ...more,
  })

  test('opens nothing to whom the provider does not vouch for', async () => {
    const bob = await app.signUp('Bob')
    const { status, body } = await enter(app, person('Bob', { emailVerified: false }))
    expect([status, body.code]).toEqual([409, 'address-taken'])
    const page = await visit(app, person('Bob', { emailVerified: false }), '?to=/notes')
    expect(page.status).toBe(409)
    expect(page.text).toContain('Sign in with the password.')
    expect(page.text).toContain('value="/notes"')
    expect((await me(app, bob.token)).status).toBe(200)
    expect((await signIn(app, 'bob@example.com')).status).toBe(200)
  })

  test('opens the account that was shown to be theirs, with its password and sessions', async () => {
    const cid = await app.signUp('Cid')
    await app.set('User', cid.id, { emailVerified: 1 })
    const { body } = await enter(app, person('Cid'))
    expect(body.user.id).toBe(cid.id)
    expect((await me(app, cid.token)).status).toBe(200)
    expect((await signIn(app, 'cid@example.com')).status).toBe(200)
    // A second way to the same user.
    expect((await enter(app, person('Cid', { id: 'p-cid-2' }))).body.user.id).toBe(cid.id)
    expect((await enter(app, person('Cid'))).body.user.id).toBe(cid.id)
  })

  test('that nobody had shown to be theirs: a password that somebody planted, and their sessions, are gone', async () => {
    const planted = await app.signUp('Dora')
    const { body } = await enter(app, person('Dora'))
    expect(body.user).toMatchObject({ id: planted.id, emailVerified: true })
    expect((await me(app, planted.token)).status).toBe(401)
    expect((await signIn(app, 'dora@example.com')).status).toBe(401)
    expect((await me(app, body.token)).status).toBe(200)
  })

  test('by a provider that did not look: whoever came with it comes no more', async () => {
    const planted = await enter(app, person('Eve', { id: 'p-mallory', emailVerified: false }))
    expect(planted.status).toBe(200)
    const { body } = await enter(app, person('Eve'))
    expect(body.user.id).toBe(planted.body.user.id)
    expect((await me(app, planted.body.token)).status).toBe(401)
    const back = await enter(app, person('Eve', { id: 'p-mallory', emailVerified: false }))
    expect(back.body.code).toBe('address-taken')
  })

  test('also where the provider takes both for one: who was in before its owner came is out', async () => {
    const planted = await enter(app, person('Hal', { emailVerified: false }))
    const owner = await enter(app, person('Hal'))
    expect(owner.body.user.id).toBe(planted.body.user.id)
    expect((await me(app, planted.body.token)).status).toBe(401)
    await enter(app, person('Hal'))
    expect((await me(app, owner.body.token)).status).toBe(200)
  })

  test('and changed to somebody else’s: is not theirs before they show it', async () => {
    const { body } = await enter(app, person('Flo'))
    await app.send('PATCH', `/api/users/${body.user.id}`, { email: 'gus@example.com' }, { token: body.token })
    const gus = await enter(app, person('Gus'))
    expect(gus.body.user.id).toBe(body.user.id)
    expect((await me(app, body.token)).status).toBe(401)
    expect((await enter(app, person('Flo'))).body.user.id).not.toBe(body.user.id)
  })
})

test('where nobody signs up by themselves, people come in who have an account', async () => {
  const { app: closed } = await startDoor(verified, ', signUp: false')
  try {
    const person = { id: 'p', email: 'new@example.com', emailVerified: true }
    expect((await enter(closed, person)).body.code).toBe('sign-up-closed')
    expect((await visit(closed, person)).text).toContain('Nobody can sign up here by themselves.')
    const made = `INSERT INTO "User" ("id", "email", "role", "emailVerified", "createdAt", "updatedAt") VALUES ('u', 'new@example.com', 'user', 0, ?1, ?1)`
    await closed.database.transaction((tx) => tx.run(statement(made), ['2026-01-01T00:00:00.000Z']))
    expect((await enter(closed, person)).body.user).toMatchObject({ id: 'u', emailVerified: true })
  } finally {
    await closed.close()
  }
})

test('what a user needs and the provider does not tell is named', async () => {
  const { app: strict } = await startDoor(
    `name: { type: 'string', required: true }, phone: { type: 'string', required: true },`,
  )
  try {
    const { status, body } = await enter(strict, { id: 'p', email: 'ann@example.com', name: ' ' })
    expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([422, ['name', 'phone']])
    expect(body.detail).toContain('Sign up with a password instead.')
    expect((await visit(strict, { id: 'p', email: 'ann@example.com', name: 'Ann' })).text).toContain(
      'phone is required',
    )
    expect(await rowsOf(strict, '_truth_identities')).toEqual([])
  } finally {
    await strict.close()
  }
})

test('an app that does not keep whose addresses are known goes by what the provider vouched for', async () => {
  const { app: plain } = await startDoor(`name: 'string',`)
  try {
    const planted = await plain.signUp('Ann')
    const ann = { id: 'p', email: 'ann@example.com', emailVerified: true }
    expect((await enter(plain, ann)).body.user.id).toBe(planted.id)
    expect((await signIn(plain, 'ann@example.com')).status).toBe(401)
    // From then on the address is known as theirs, and another way in takes nothing away.
    expect((await enter(plain, { ...ann, id: 'p-2' })).body.user.id).toBe(planted.id)
    expect((await enter(plain, ann)).body.user.id).toBe(planted.id)
  } finally {
    await plain.close()
  }
})

test('mail: an address nobody vouched for is asked about, and a password can be set by whoever has none', async () => {
  const mails: Mail[] = []
  const { app: mailing } = await startDoor(verified, '', (mail) => mails.push(mail))
  try {
    const mallory = { id: 'p-m', email: 'ann@example.com' }
    await enter(mailing, mallory)
    await vi.waitFor(() => expect(mails.at(-1)?.text).toContain('/verify?token='))
    await mailing.send('POST', '/api/auth/forgot', { email: 'ann@example.com' })
    await vi.waitFor(() => expect(mails.at(-1)?.text).toContain('/reset?token='))
    const token = /token=([\w-]+)/.exec(mails.at(-1)?.text ?? '')?.[1]
    expect((await mailing.send('POST', '/api/auth/reset', { token, password: 'correct horse' })).status).toBe(204)
    expect((await signIn(mailing, 'ann@example.com')).status).toBe(200)
    // Whoever had not shown the address to be theirs comes in no more.
    expect((await enter(mailing, mallory)).body.code).toBe('address-taken')
    await enter(mailing, { id: 'p-b', email: 'bob@example.com', emailVerified: true })
    expect(mails.filter(({ to }) => to === 'bob@example.com')).toEqual([])
  } finally {
    await mailing.close()
  }
})
