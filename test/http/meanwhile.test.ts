// A row that somebody else changes between the moment when its rules are asked and the write.

import { expect, test } from 'vitest'
import { type Database, openDatabase, statement, type Transaction } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Meanwhile',
  entities: {
    Task: {
      fields: { title: { type: 'string' }, open: { type: 'boolean', default: true } },
      permissions: { create: true, read: true, update: 'open' },
    },
  },
})
`

type World = TestApp & { readonly id: string; meanwhile: (tx: Transaction) => Promise<unknown> }

/** What `meanwhile` does comes just before the next write. */
async function start(): Promise<World> {
  const world = { meanwhile: async () => undefined } as unknown as World
  const open = async (): Promise<Database> => {
    const database = await openDatabase({ url: ':memory:', durability: 'normal' })
    const transaction: Database['transaction'] = (work) =>
      database.transaction(async (tx) => {
        await world.meanwhile(tx)
        return work(tx)
      })
    return { ...database, transaction }
  }
  const app = await startApp(source, open)
  const { body } = await app.send('POST', '/api/tasks', { title: 'first' })
  return Object.assign(world, app, { id: body.id })
}

const set = (what: string) => (tx: Transaction) => tx.run(statement(`UPDATE "Task" SET ${what}`), [])

const lastEvent = async ({ database }: World) => {
  const [row] = await database.query(
    statement('SELECT "name", "payload" FROM "_truth_outbox" ORDER BY "id" DESC LIMIT 1'),
    [],
  )
  return [row?.[0], JSON.parse(String(row?.[1]))]
}

test('what an event tells of the row before is what was there when it was written', async () => {
  const world = await start()
  world.meanwhile = set(`"title" = 'second'`)
  const answer = await world.send('PATCH', `/api/tasks/${world.id}`, { title: 'third' })
  expect([answer.status, answer.body.title]).toEqual([200, 'third'])
  expect(await lastEvent(world)).toMatchObject([
    'Task.updated',
    { before: { title: 'second' }, after: { title: 'third' } },
  ])
  await world.close()
})

test('a rule that does not hold any more refuses, and nothing is told', async () => {
  const world = await start()
  world.meanwhile = set(`"open" = 0`)
  const answer = await world.send('PATCH', `/api/tasks/${world.id}`, { title: 'third' })
  expect(answer.status).toBe(401)
  expect(await lastEvent(world)).toMatchObject(['Task.created', { before: null }])
  expect((await world.send('GET', `/api/tasks/${world.id}`)).body.title).toBe('first')
  await world.close()
})

test('a row that has gone is not found', async () => {
  const world = await start()
  world.meanwhile = (tx) => tx.run(statement('DELETE FROM "Task"'), [])
  expect((await world.send('PATCH', `/api/tasks/${world.id}`, { title: 'third' })).status).toBe(404)
  await world.close()
})
