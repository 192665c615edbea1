// Deleting a row that others refer to: what goes with it, by whose leave, and what is told of it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Tree',
  entities: {
    User: { fields: { email: { type: 'string', format: 'email', unique: true }, name: 'string' }, permissions: { read: 'authenticated' } },
    Board: {
      fields: { title: 'string' },
      permissions: { create: 'authenticated', read: 'authenticated', delete: 'authenticated' },
    },
    Card: {
      owner: 'createdBy',
      fields: {
        title: 'string',
        board: { type: 'relation', to: 'Board', onDelete: 'cascade' },
        parent: { type: 'relation', to: 'Card', onDelete: 'cascade' },
        blocker: { type: 'relation', to: 'Card', onDelete: 'setNull' },
        createdBy: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: 'authenticated', read: 'owner', update: 'owner', delete: "owner && board.title != 'kept'" },
    },
    Note: {
      softDelete: true,
      fields: { title: 'string', card: { type: 'relation', to: 'Card', onDelete: 'cascade' } },
      permissions: { create: 'authenticated', read: 'authenticated', delete: "title != 'fixed'" },
    },
    Bill: {
      fields: { card: { type: 'relation', to: 'Card' } },
      permissions: { create: 'authenticated', read: 'authenticated' },
    },
  },
})
`

let app: TestApp
let ann: { readonly token: string }
let bob: { readonly token: string }

beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
})
afterAll(() => app.close())

async function make(entity: string, fields: object, who = ann): Promise<string> {
  const { status, body } = await app.send('POST', `/api/${entity}`, fields, who)
  expect(status).toBe(201)
  return body.id
}

const remove = (path: string, who = ann) => app.send('DELETE', `/api/${path}`, undefined, who)
const there = async (path: string) => (await app.send('GET', `/api/${path}`, undefined, ann)).status === 200

async function eventsOf(row: string) {
  const outbox = statement('SELECT "name", "payload" FROM "_truth_outbox" WHERE "row" = ?1 ORDER BY "id"')
  const found = await app.database.query(outbox, [row])
  return found.map(([name, payload]) => ({ name, ...JSON.parse(String(payload)) }))
}

test('the rows below go with it, each with its event; links elsewhere become empty', async () => {
  const board = await make('Board', { title: 'b' })
  const card = await make('Card', { board, title: 'top' })
  const child = await make('Card', { parent: card, board, title: 'child' })
  const note = await make('Note', { card: child, title: 'n' })
  const other = await make('Card', { title: 'other', blocker: child })
  const before = (await app.send('GET', `/api/Card/${other}`, undefined, ann)).body

  expect((await remove(`Board/${board}`)).status).toBe(204)
  expect(await Promise.all([`Card/${card}`, `Card/${child}`, `Note/${note}`].map(there))).toEqual([false, false, false])
  for (const [id, entity] of [
    [board, 'Board'],
    [card, 'Card'],
    [child, 'Card'],
    [note, 'Note'],
  ] as const) {
    const last = (await eventsOf(id)).at(-1)
    expect(last).toMatchObject({ name: `${entity}.deleted`, before: { id }, after: null })
  }
  const loosened = (await app.send('GET', `/api/Card/${other}`, undefined, ann)).body
  expect(loosened.blocker).toBeNull()
  expect(loosened.updatedAt >= before.updatedAt).toBe(true)
  expect((await eventsOf(other)).at(-1)).toMatchObject({
    name: 'Card.updated',
    before: { blocker: child },
    after: { blocker: null, updatedAt: loosened.updatedAt },
  })
})

test('a row below that the caller may not delete holds the whole of it', async () => {
  const board = await make('Board', { title: 'shared' })
  const mine = await make('Card', { board })
  await make('Card', { board }, bob)
  const refused = await remove(`Board/${board}`)
  expect([refused.status, refused.body.detail]).toEqual([403, 'You may not delete the cards that go with it.'])
  expect(await there(`Board/${board}`)).toBe(true)
  expect(await there(`Card/${mine}`)).toBe(true)
  expect((await eventsOf(mine)).map(({ name }) => name)).toEqual(['Card.created'])
})

test('rules see the rows above as they were before', async () => {
  const board = await make('Board', { title: 'kept' })
  await make('Card', { board })
  expect((await remove(`Board/${board}`)).status).toBe(403)
})

test('a row that was deleted softly is gone already: it asks for no leave, and there is no second event', async () => {
  const board = await make('Board', { title: 'b' })
  const card = await make('Card', { board })
  const [fixed, gone] = [await make('Note', { card, title: 'fixed' }), await make('Note', { card, title: 'x' })]
  await remove(`Note/${gone}`)
  expect((await remove(`Board/${board}`)).status).toBe(403)
  await app.set('Note', fixed, { deletedAt: '2026-01-01T00:00:00.000Z' })
  expect((await remove(`Board/${board}`)).status).toBe(204)
  expect((await eventsOf(gone)).map(({ name }) => name)).toEqual(['Note.created', 'Note.deleted'])
})

test('rows in a circle', async () => {
  const board = await make('Board', { title: 'round' })
  const first = await make('Card', { board, title: 'a' })
  const second = await make('Card', { board, title: 'b', parent: first, blocker: first })
  await app.set('Card', first, { parent: second })
  expect((await remove(`Card/${first}`)).status).toBe(204)
  expect(await there(`Card/${second}`)).toBe(false)
  expect((await eventsOf(first)).filter(({ name }) => name === 'Card.deleted')).toHaveLength(1)
  expect((await eventsOf(second)).map(({ name }) => name)).toEqual(['Card.created', 'Card.deleted'])
})

test('a row that others refer to without saying so stays, and so does everything below', async () => {
  const board = await make('Board', { title: 'b' })
  const card = await make('Card', { board })
  await make('Bill', { card })
  expect((await remove(`Board/${board}`)).status).toBe(409)
  expect(await there(`Card/${card}`)).toBe(true)
  expect((await eventsOf(card)).map(({ name }) => name)).toEqual(['Card.created'])
})

test('more rows than one request changes are left alone, cascade or not', async () => {
  const board = await make('Board', { title: 'b' })
  const card = await make('Card', { board, title: 'blocker' })
  const insert = statement(
    `INSERT INTO "Card" ("id", "blocker", "createdAt", "updatedAt") SELECT 'c' || value, ?1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'
     FROM (WITH RECURSIVE n(value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM n WHERE value < 10050) SELECT value FROM n)`,
  )
  await app.database.transaction((tx) => tx.run(insert, [card]))
  const refused = await remove(`Card/${card}`)
  expect([refused.status, refused.body.code]).toEqual([409, 'too-many'])
  expect(refused.body.detail).toContain('More cards refer to it')
  expect(await there(`Card/${card}`)).toBe(true)
})
