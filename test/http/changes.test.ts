// GET /api/…/changes: who is told of what, that nothing is lost or told twice, and what a listener may not learn.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'
import { listenTo, notes, pause } from '../helpers/notes-app.ts'

let app: TestApp
let ann: { readonly id: string; readonly token: string }
let bob: { readonly id: string; readonly token: string }

beforeAll(async () => {
  app = await startApp(notes)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
})
afterAll(() => app.close())

const listen = (path: string, token?: string, headers?: Readonly<Record<string, string>>) =>
  listenTo(app, path, token, headers)

async function note(fields: object, token = ann.token) {
  const { body, status } = await app.send('POST', '/api/notes', { title: 'Note', ...fields }, { token })
  expect(status).toBe(201)
  return body
}

const patch = (id: string, fields: object, token = ann.token) =>
  app.send('PATCH', `/api/notes/${id}`, fields, { token })

test('a row from its making to its end, as its owner is told', async () => {
  const events = await listen('/api/notes/changes', ann.token)
  expect(events.first.event).toBe('ready')
  const fields = { draft: 'secret', score: 1e-7, tags: ['a', 'b'], more: { deep: [null, 'x'] } }
  const { id } = await note(fields)
  const made = await events.next()
  expect(made).toMatchObject({ event: 'created', data: { id, title: 'Note', open: false, ...fields } })
  expect(made.data).toEqual((await app.send('GET', `/api/notes/${id}`, undefined, { token: ann.token })).body)
  await patch(id, { title: 'Other' })
  expect(await events.next()).toMatchObject({ event: 'updated', data: { id, title: 'Other' } })
  await app.send('DELETE', `/api/notes/${id}`, undefined, { token: ann.token })
  expect(await events.next()).toMatchObject({ event: 'deleted', data: { id } })
  await events.close()
  expect(app.service.changes.listeners()).toBe(0)
})

test('somebody else is told as far as they may read: enter, leave, and no hidden field', async () => {
  const events = await listen('/api/notes/changes', bob.token)
  const { id } = await note({ draft: 'secret' })
  await patch(id, { title: 'Still closed' })
  await pause()
  await patch(id, { open: true })
  const entered = await events.next()
  expect(entered).toMatchObject({ event: 'enter', data: { id, title: 'Still closed' } })
  expect(entered.data).not.toHaveProperty('draft')
  await patch(id, { title: 'Seen' })
  expect(await events.next()).toMatchObject({ event: 'updated', data: { title: 'Seen' } })
  await patch(id, { open: false })
  expect(await events.next()).toMatchObject({ event: 'leave', data: { id } })
  await app.send('DELETE', `/api/notes/${id}`, undefined, { token: ann.token })
  const { id: mine } = await note({}, bob.token)
  expect(await events.next()).toMatchObject({ event: 'created', data: { id: mine } })
  await events.close()
})

test('a filter says which rows are meant', async () => {
  const events = await listen(`/api/notes/changes?filter=${encodeURIComponent('score > 5')}&open=true`, bob.token)
  const { id } = await note({ score: 1, open: true })
  await pause()
  await patch(id, { score: 6 })
  expect(await events.next()).toMatchObject({ event: 'enter', data: { id, score: 6 } })
  await patch(id, { score: 5 })
  expect(await events.next()).toMatchObject({ event: 'leave', data: { id } })
  await events.close()
})

test('what is told to everybody is not told to nobody in particular', async () => {
  const forAnn = await listen('/api/posts/changes', ann.token)
  const forNobody = await listen('/api/posts/changes')
  const post = (fields: object) => app.send('POST', '/api/posts', fields, { token: ann.token })
  await post({ title: 'private' })
  await post({ title: 'open', open: true })
  expect((await forAnn.next()).data).toMatchObject({ title: 'private' })
  expect((await forAnn.next()).data).toMatchObject({ title: 'open' })
  expect((await forNobody.next()).data).toMatchObject({ title: 'open' })
  await forAnn.close()
  await forNobody.close()
})

test('a row that was open once is told by its id alone', async () => {
  const { id } = await note({ title: 'my password is hunter2', open: true })
  await patch(id, { title: 'clean', open: false })
  const events = await listen('/api/notes/changes?since=0', bob.token)
  const { id: last } = await note({ title: 'end', open: true })
  const seen: { data: unknown }[] = []
  for (let event = await events.next(); ; event = await events.next()) {
    seen.push(event)
    if (JSON.stringify(event).includes(last)) break
  }
  expect(JSON.stringify(seen)).not.toMatch(/hunter2|clean/)
  await events.close()
})

test('one caller has so many streams, and no more', async () => {
  const { token } = await app.signUp('Greedy')
  const opened = await Promise.all(Array.from({ length: 1_001 }, () => app.stream('/api/notes/changes', { token })))
  expect(opened.map(({ status }) => status).filter((status) => status !== 200)).toEqual([429])
  expect((await app.stream('/api/notes/changes', { token: bob.token })).status).toBe(200)
  await Promise.all(opened.map(({ body }) => body?.cancel()))
})

test('whoever comes back goes on where they were: nothing lost, nothing twice', async () => {
  const events = await listen('/api/notes/changes', ann.token)
  await note({ title: 'First' })
  const { id: place } = await events.next()
  await events.close()
  for (let index = 0; index < 250; index++) await note({ title: `Missed ${index}` })
  const again = await listen('/api/notes/changes', ann.token, { 'last-event-id': place })
  for (let index = 0; index < 250; index++)
    expect((await again.next()).data).toMatchObject({ title: `Missed ${index}` })
  await note({ title: 'Last' })
  expect((await again.next()).data).toMatchObject({ title: 'Last' })
  await again.close()
})

test('a place of another database is said to be so', async () => {
  const events = await listen('/api/notes/changes', ann.token, { 'last-event-id': '999999' })
  expect(events.first.event).toBe('reset')
  await events.close()
})

test('changes of another process are told', async () => {
  const events = await listen('/api/notes/changes', ann.token)
  const row = statement(
    'INSERT INTO "Note" ("id", "title", "open", "createdBy", "createdAt", "updatedAt") VALUES (\'x\', \'Elsewhere\', 1, ?1, ?2, ?2)',
  )
  const insert = statement(
    'INSERT INTO "_truth_outbox" ("name", "entity", "row", "at", "user", "payload") VALUES (?1, ?2, ?3, ?4, NULL, ?5)',
  )
  await app.database.transaction(async (tx) => {
    await tx.run(row, [ann.id, '2026-01-01T00:00:00.000Z'])
    await tx.run(insert, ['Note.created', 'Note', 'x', '2026-01-01', '{"before":null,"after":{}}'])
  })
  expect((await events.next()).data).toMatchObject({ title: 'Elsewhere' })
  await events.close()
})

describe('permission is asked again before anything is told', () => {
  test('a session that has ended ends the stream', async () => {
    const { token } = await app.signUp('Cid')
    const events = await listen('/api/notes/changes', token)
    await app.send('POST', '/api/auth/sign-out', undefined, { token })
    await note({ open: true })
    expect(await events.rest()).toEqual([])
  })

  test('a demoted role holds at once', async () => {
    const dora = await app.signUp('Dora')
    await app.set('User', dora.id, { role: 'admin' })
    const events = await listen('/api/notes/changes', dora.token)
    await note({ title: 'For admins' })
    expect((await events.next()).data).toMatchObject({ title: 'For admins' })
    await app.set('User', dora.id, { role: 'user' })
    await note({ title: 'Hidden' })
    await note({ title: 'Open', open: true })
    expect((await events.next()).data).toMatchObject({ title: 'Open' })
    await events.close()
  })
})

describe('refused', () => {
  test.each([
    ['a field that may not be read', '/api/notes/changes?draft=x', 400],
    ['a filter over it', `/api/notes/changes?filter=${encodeURIComponent("draft == 'x'")}`, 400],
    ['a search', '/api/notes/changes?search=x', 400],
    ['an unknown parameter', '/api/notes/changes?limit=3', 400],
  ])('%s', async (_, path, status) => {
    expect((await app.send('GET', path, undefined, { token: bob.token })).status).toBe(status)
  })

  test('a place that is none', async () => {
    const options = { token: bob.token, headers: { 'last-event-id': '-1' } }
    expect((await app.send('GET', '/api/notes/changes', undefined, options)).status).toBe(400)
  })

  test('nobody signed in, where nothing could be told', async () => {
    expect((await app.send('GET', '/api/users/changes')).status).toBe(401)
  })

  test('as part of a batch, and with another method', async () => {
    const item = { method: 'GET', path: '/api/notes/changes' }
    expect((await app.send('POST', '/api/batch', [item], { token: ann.token })).status).toBe(400)
    expect((await app.send('POST', '/api/notes/changes', {}, { token: ann.token })).status).toBe(405)
  })
})

test('a listener who takes nothing is let go, and the others are not held up', async () => {
  const slow = await app.stream('/api/notes/changes', { token: ann.token })
  const events = await listen('/api/notes/changes', bob.token)
  const text = 'x'.repeat(100_000)
  for (let index = 0; index < 15; index++) {
    await note({ title: `Long ${index}`, more: text, open: true })
    expect((await events.next()).data).toMatchObject({ title: `Long ${index}` })
  }
  expect(app.service.changes.listeners()).toBe(1)
  await slow.body?.cancel()
  await events.close()
})

test('a server that stops ends the streams', async () => {
  const events = await listen('/api/notes/changes', ann.token)
  app.service.changes.close()
  expect(await events.rest()).toEqual([])
})
