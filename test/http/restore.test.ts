// Taking back a soft delete: by whom, what is told of it, and the list of what can be restored.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'
import { eventsOf } from '../helpers/events.ts'

const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Bin',
  entities: {
    User: { fields: { email: { type: 'string', format: 'email', unique: true }, name: 'string' }, permissions: { read: 'authenticated' } },
    Note: {
      owner: 'createdBy',
      softDelete: true,
      fields: { title: { type: 'string', required: true }, createdBy: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: 'authenticated', read: true, update: 'owner', delete: 'owner' },
    },
    Mark: {
      softDelete: true,
      fields: { title: 'string' },
      permissions: { create: true, read: true, delete: true },
      behaviors: { restore: { set: { title: 'own' }, requires: true } },
    },
    Hard: { fields: { title: 'string' }, permissions: { create: true, read: true, delete: true } },
  },
  workflows: { back: { trigger: 'Note.restored', actions: [{ type: 'log', message: 'back' }] } },
})
`

let app: TestApp
let ann: { readonly id: string; readonly token: string }
let bob: { readonly id: string; readonly token: string }

beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
})
afterAll(() => app.close())

async function deleted(title: string): Promise<string> {
  const { body } = await app.send('POST', '/api/notes', { title }, ann)
  expect((await app.send('DELETE', `/api/notes/${body.id}`, undefined, ann)).status).toBe(204)
  return body.id
}

test('a deleted row comes back, with an event, for everybody who may read it', async () => {
  const id = await deleted('One')
  const events = eventsOf(await app.stream('/api/notes/changes', bob))
  await events.next()
  const { status, body, headers } = await app.send('POST', `/api/notes/${id}/restore`, undefined, ann)
  expect(status).toBe(200)
  expect(body).toMatchObject({ id, title: 'One' })
  const seen = await app.send('GET', `/api/notes/${id}`, undefined, bob)
  expect(seen.headers.get('etag')).toBe(headers.get('etag'))
  expect(await events.next()).toMatchObject({ event: 'enter', data: body })
  await events.close()
  const outbox = statement('SELECT "name" FROM "_truth_outbox" WHERE "row" = ?1 ORDER BY "id"')
  const names = await app.database.query(outbox, [id])
  expect(names.flat()).toEqual(['Note.created', 'Note.deleted', 'Note.restored'])
})

test('a row that was not deleted is a conflict, and one that is not there is not found', async () => {
  const { body } = await app.send('POST', '/api/notes', { title: 'Two' }, ann)
  const again = await app.send('POST', `/api/notes/${body.id}/restore`, undefined, ann)
  expect([again.status, again.body.code]).toEqual([409, 'not-deleted'])
  expect((await app.send('POST', '/api/notes/none/restore', undefined, ann)).status).toBe(404)
})

test('who may not delete a row may neither restore it nor learn of it', async () => {
  const id = await deleted('Three')
  expect((await app.send('POST', `/api/notes/${id}/restore`, undefined, bob)).status).toBe(404)
  expect((await app.send('POST', `/api/notes/${id}/restore`)).status).toBe(401)
  expect((await app.send('GET', `/api/notes/${id}`, undefined, ann)).status).toBe(404)
})

test('the list of what can be restored', async () => {
  const id = await deleted('Four')
  const ids = async (who: object, more = '') => {
    const { status, body } = await app.send('GET', `/api/notes?deleted=true&count=true${more}`, undefined, who)
    expect(status).toBe(200)
    expect(body.page.total).toBe(body.data.length)
    return body.data.map((row: { title: string }) => row.title)
  }
  expect(await ids(ann)).toEqual(['Three', 'Four'])
  expect(await ids(ann, '&title=Four')).toEqual(['Four'])
  expect(await ids(ann, '&fields=title&sort=-title')).toEqual(['Three', 'Four'])
  expect(await ids(bob)).toEqual([])
  expect(await ids({})).toEqual([])
  const there = await app.send('GET', '/api/notes?deleted=false', undefined, ann)
  expect(there.body.data.map((row: { id: string }) => row.id)).not.toContain(id)
  expect((await app.send('GET', '/api/notes?deleted=yes', undefined, ann)).status).toBe(400)
})

test('an entity without soft delete has neither', async () => {
  const { body } = await app.send('POST', '/api/hards', { title: 'x' })
  expect((await app.send('POST', `/api/hards/${body.id}/restore`)).status).toBe(404)
  expect((await app.send('GET', '/api/hards?deleted=true')).status).toBe(400)
})

test('a behavior of that name is the app’s own', async () => {
  const { body } = await app.send('POST', '/api/marks', { title: 'x' })
  expect((await app.send('POST', `/api/marks/${body.id}/restore`, {})).body.title).toBe('own')
})

test('in a batch, all or nothing', async () => {
  const id = await deleted('Five')
  const items = [
    { method: 'POST', path: `/api/notes/${id}/restore` },
    { method: 'POST', path: '/api/notes/none/restore' },
  ]
  expect((await app.send('POST', '/api/batch', items, ann)).status).toBe(404)
  expect((await app.send('GET', `/api/notes/${id}`, undefined, ann)).status).toBe(404)
  expect((await app.send('POST', '/api/batch', items.slice(0, 1), ann)).body[0].status).toBe(200)
})

test('in the pages: the deleted rows of an entity, and a button that takes one back', async () => {
  const id = await deleted('From <the> bin')
  const list = await app.send('GET', '/notes', undefined, ann)
  expect(list.text).toContain('href="/notes?deleted=true"')
  expect(list.text).not.toContain('bin')
  const bin = await app.send('GET', '/notes?deleted=true&sort=title', undefined, ann)
  expect(bin.text).toContain('Deleted notes')
  expect(bin.text).toContain('From &lt;the> bin')
  expect(bin.text).toContain(`action="/notes/${id}/restore"`)
  // Such rows have no page; the order keeps what is shown.
  expect(bin.text).not.toContain(`href="/notes/${id}"`)
  expect(bin.text).toContain('href="/notes?deleted=true&amp;sort=-title"')
  const theirs = await app.send('GET', '/notes?deleted=true', undefined, bob)
  expect(theirs.text).not.toContain('bin')
  expect((await app.send('POST', `/notes/${id}/restore`, undefined, bob)).status).toBe(404)
  const restored = await app.send('POST', `/notes/${id}/restore`, undefined, ann)
  expect([restored.status, restored.headers.get('location')]).toEqual([303, `/notes/${id}`])
  expect((await app.send('GET', `/notes/${id}`, undefined, ann)).status).toBe(200)
  expect((await app.send('POST', `/notes/${id}/restore`, undefined, ann)).status).toBe(409)
  expect((await app.send('GET', `/notes/${id}/restore`, undefined, ann)).status).toBe(405)
})

test('entities without soft delete, or with a `restore` of their own, show no bin', async () => {
  for (const path of ['/hards', '/marks']) {
    const { status, text } = await app.send('GET', path, undefined, ann)
    expect([status, text.includes('deleted=true')]).toEqual([200, false])
  }
  expect((await app.send('POST', '/hards/x/restore', undefined, ann)).status).toBe(404)
})
