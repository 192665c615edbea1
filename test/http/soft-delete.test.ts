// What a soft delete frees, takes along and brings back.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Bin',
  entities: {
    User: {
      softDelete: true,
      fields: { email: { type: 'string', format: 'email', unique: true }, name: 'string' },
      permissions: { read: 'authenticated', update: 'entity == user', delete: 'entity == user' },
    },
    Board: {
      softDelete: true,
      unique: [['title', 'place']],
      fields: { title: 'string', place: 'string', code: { type: 'string', unique: true } },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated', delete: 'authenticated' },
    },
    Card: {
      softDelete: true,
      owner: 'createdBy',
      fields: {
        title: 'string',
        board: { type: 'relation', to: 'Board', onDelete: 'cascade' },
        parent: { type: 'relation', to: 'Card', onDelete: 'cascade' },
        createdBy: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated', delete: "owner && (board.code != 'kept' || parent.board.code != 'kept')" },
    },
    Link: {
      fields: { board: { type: 'relation', to: 'Board', onDelete: 'cascade' }, card: { type: 'relation', to: 'Card', onDelete: 'setNull' } },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated', delete: 'authenticated' },
    },
  },
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

const send = (method: string, path: string, body?: object, who = ann) => app.send(method, `/api/${path}`, body, who)
const make = async (path: string, fields: object, who = ann): Promise<string> => {
  const { status, text, body } = await send('POST', path, fields, who)
  if (status !== 201) throw new Error(text)
  return body.id
}
let boards = 0
const makeBoard = () => {
  boards += 1
  return make('boards', { code: `board ${boards}` })
}
const there = async (path: string) => (await send('GET', path)).status === 200
const events = async (row: string) => {
  const outbox = statement('SELECT "name" FROM "_truth_outbox" WHERE "row" = ?1 ORDER BY "id"')
  return (await app.database.query(outbox, [row])).flat()
}

test('somebody who deleted themselves can sign up again, as somebody else', async () => {
  const first = await app.signUp('Cid')
  expect((await send('DELETE', `users/${first.id}`, undefined, first)).status).toBe(204)
  expect((await app.send('GET', '/api/auth/session', undefined, first)).status).toBe(401)
  const second = await app.signUp('Cid')
  expect(second.id).not.toBe(first.id)
  const account = { email: 'cid@example.com', password: 'correct horse' }
  expect((await app.send('POST', '/api/auth/sign-in', account)).body.user.id).toBe(second.id)
  expect((await app.send('POST', '/api/auth/sign-up', account)).status).toBe(409)
})

test('who was deleted and restored is signed out, and signs in again', async () => {
  const dan = await app.signUp('Dan')
  const account = { email: 'dan@example.com', password: 'correct horse' }
  expect((await send('DELETE', `users/${dan.id}`, undefined, dan)).status).toBe(204)
  expect((await app.send('POST', '/api/auth/sign-in', account)).status).toBe(401)
  await app.set('User', dan.id, { deletedAt: null })
  expect((await app.send('GET', '/api/auth/session', undefined, dan)).status).toBe(401)
  expect((await app.send('POST', '/api/auth/sign-in', account)).body.user.id).toBe(dan.id)
})

test('unique values are free once their row is deleted, and hold it back while they are taken', async () => {
  const old = await make('boards', { code: 'one', title: 'T', place: 'P' })
  expect((await send('POST', 'boards', { code: 'one' })).status).toBe(409)
  expect((await send('POST', 'boards', { title: 'T', place: 'P' })).status).toBe(409)
  await send('DELETE', `boards/${old}`)
  const next = await make('boards', { code: 'one', title: 'T', place: 'P' })
  const refused = await send('POST', `boards/${old}/restore`)
  expect([refused.status, refused.body.code]).toEqual([409, 'unique'])
  expect(await there(`boards/${old}`)).toBe(false)
  await send('PATCH', `boards/${next}`, { code: 'two', place: 'Q' })
  expect((await send('POST', `boards/${old}/restore`)).status).toBe(200)
})

test('rows that can come back go along and come back along, with events; others stay', async () => {
  const board = await makeBoard()
  const card = await make('cards', { board })
  const child = await make('cards', { parent: card })
  const before = await make('cards', { board, title: 'deleted before' })
  const link = await make('links', { board, card })
  await send('DELETE', `cards/${before}`)
  await new Promise((later) => setTimeout(later, 5))
  const tag = (await send('GET', `cards/${child}`)).headers.get('etag')

  expect((await send('DELETE', `boards/${board}`)).status).toBe(204)
  expect(await Promise.all([`boards/${board}`, `cards/${card}`, `cards/${child}`].map(there))).toEqual(
    Array(3).fill(false),
  )
  expect((await send('GET', `links/${link}?expand=board,card`)).body).toMatchObject({ board: null, card: null })
  expect((await send('POST', `boards/${board}/restore`)).status).toBe(200)
  expect(await Promise.all([`boards/${board}`, `cards/${card}`, `cards/${child}`].map(there))).toEqual(
    Array(3).fill(true),
  )
  expect(await there(`cards/${before}`)).toBe(false)
  expect((await send('GET', `links/${link}`)).body).toMatchObject({ board, card })
  expect((await send('GET', `cards/${child}`)).headers.get('etag')).not.toBe(tag)
  for (const id of [card, child]) expect(await events(id)).toEqual(['Card.created', 'Card.deleted', 'Card.restored'])
  expect(await events(before)).toEqual(['Card.created', 'Card.deleted'])
  expect(await events(link)).toEqual(['Link.created'])
})

test('a row that went along comes back alone where its own restore is asked for', async () => {
  const board = await makeBoard()
  const parent = await make('cards', { board: await makeBoard() })
  const card = await make('cards', { board, parent })
  await send('DELETE', `boards/${board}`)
  expect((await send('POST', `cards/${card}/restore`)).status).toBe(200)
  expect(await there(`boards/${board}`)).toBe(false)
})

test('a row of which the caller has no right to delete holds the whole of it, there and back', async () => {
  const board = await makeBoard()
  const mine = await make('cards', { board })
  const theirs = await make('cards', { board }, bob)
  const refused = await send('DELETE', `boards/${board}`)
  expect([refused.status, refused.body.detail]).toEqual([403, 'You may not delete the cards that go with it.'])
  expect(await there(`boards/${board}`)).toBe(true)
  await app.set('Card', theirs, { createdBy: ann.id })
  expect((await send('DELETE', `boards/${board}`)).status).toBe(204)
  expect((await send('POST', `boards/${board}/restore`, undefined, bob)).status).toBe(403)
  await app.set('Card', theirs, { createdBy: bob.id })
  const held = await send('POST', `boards/${board}/restore`)
  expect([held.status, held.body.detail]).toEqual([403, 'You may not delete the cards that go with it.'])
  expect(await Promise.all([`boards/${board}`, `cards/${mine}`].map(there))).toEqual([false, false])
  expect(await events(mine)).toEqual(['Card.created', 'Card.deleted'])
  const batch = [{ method: 'POST', path: `/api/boards/${board}/restore` }]
  expect((await app.send('POST', '/api/batch', batch, ann)).status).toBe(403)
})

test('rows in a circle go and come back', async () => {
  const first = await make('cards', { title: 'a' })
  const second = await make('cards', { title: 'b', parent: first })
  await send('PATCH', `cards/${first}`, { parent: second })
  const board = await makeBoard()
  await send('PATCH', `cards/${first}`, { board })
  await send('PATCH', `cards/${second}`, { board })
  expect((await send('DELETE', `cards/${first}`)).status).toBe(204)
  expect((await send('POST', `cards/${first}/restore`)).status).toBe(200)
  expect(await Promise.all([`cards/${first}`, `cards/${second}`].map(there))).toEqual([true, true])
  expect(await events(first)).toEqual(['Card.created', 'Card.updated', 'Card.updated', 'Card.deleted', 'Card.restored'])
})

test('what was deleted on its own in the same batch, at the same time, stays deleted', async () => {
  const board = await makeBoard()
  const alone = await make('cards', { board })
  const along = await make('cards', { board })
  const below = await make('cards', { parent: along })
  const batch = [`cards/${below}`, `cards/${alone}`, `boards/${board}`].map((path) => ({
    method: 'DELETE',
    path: `/api/${path}`,
  }))
  expect((await app.send('POST', '/api/batch', batch, ann)).status).toBe(200)
  expect((await send('POST', `boards/${board}/restore`)).status).toBe(200)
  const paths = [`boards/${board}`, `cards/${along}`, `cards/${alone}`, `cards/${below}`]
  expect(await Promise.all(paths.map(there))).toEqual([true, true, false, false])
})
