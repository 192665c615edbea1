// Events are stored with the change that they tell of, in the order of the commits, and go with it when it is undone.

import { expect, test } from 'vitest'
import { applySchema } from '../../runtime/database/apply.ts'
import { type Database, statement, type Transaction } from '../../runtime/database/database.ts'
import { appendEvent, type OutboxEvent, sweepOutbox } from '../../runtime/database/outbox.ts'
import { describeEach, kinds } from '../helpers/databases.ts'
import { smallApp } from '../helpers/small-app.ts'

const app = smallApp({ Task: { fields: { title: { unique: true } } } })
const insert = statement('INSERT INTO "Task" ("id", "title") VALUES (?1, ?2)')

const created = (row: string, more: Partial<OutboxEvent> = {}): OutboxEvent => ({
  name: 'Task.created',
  entity: 'Task',
  row,
  at: '2026-11-05T10:00:00.000Z',
  user: null,
  before: null,
  after: `{"id":"${row}"}`,
  ...more,
})

async function create(tx: Transaction, id: string, title = id): Promise<void> {
  await tx.run(insert, [id, title])
  await appendEvent(tx, created(id))
}

const column = async (database: Database, text: string): Promise<unknown[]> =>
  (await database.query(statement(text), [])).map(([value]) => value)

const eventsOf = (database: Database): Promise<unknown[]> =>
  column(database, 'SELECT "row" FROM "_truth_outbox" ORDER BY "id"')
const rowsOf = (database: Database): Promise<unknown[]> => column(database, 'SELECT "id" FROM "Task" ORDER BY "id"')

describeEach(kinds, (open) => {
  const openApp = async (): Promise<Database> => {
    const database = await open()
    await applySchema(database, app)
    return database
  }

  test('an event is stored as it is', async () => {
    const database = await openApp()
    const event = created('1', { user: 'u', before: '{"title":"it’s 😀"}', after: null })
    await database.transaction((tx) => appendEvent(tx, event))
    const all = statement('SELECT "name", "entity", "row", "at", "user", "payload" FROM "_truth_outbox"')
    expect(await database.query(all, [])).toEqual([
      ['Task.created', 'Task', '1', event.at, 'u', '{"before":{"title":"it’s 😀"},"after":null}'],
    ])
  })

  test('there is none of a change that was undone', async () => {
    const database = await openApp()
    await database.transaction((tx) => create(tx, '1'))
    const thrown = database.transaction(async (tx) => {
      await create(tx, '2')
      throw new Error('no')
    })
    await expect(thrown).rejects.toThrow('no')
    const refused = database.transaction(async (tx) => {
      await appendEvent(tx, created('3'))
      await tx.run(insert, ['3', '1'])
    })
    await expect(refused).rejects.toMatchObject({ kind: 'unique' })
    const caught = database.transaction(async (tx) => {
      await create(tx, '4')
      await create(tx, '5', '1').catch(() => undefined)
    })
    await expect(caught).rejects.toMatchObject({ kind: 'unique' })
    expect(await eventsOf(database)).toEqual(['1'])
    expect(await rowsOf(database)).toEqual(['1'])
  })

  test('they are in the order in which their changes were committed', async () => {
    const database = await openApp()
    const committed: string[] = []
    const ids = Array.from({ length: 60 }, (_, index) => `t${index}`)
    await Promise.allSettled(
      ids.map(async (id, index) => {
        // Every fifth one is undone by its title, which is taken.
        await database.transaction((tx) => create(tx, id, index % 5 === 4 ? 't0' : id))
        committed.push(id)
      }),
    )
    expect(committed).toHaveLength(48)
    expect(await eventsOf(database)).toEqual(committed)
    expect(await rowsOf(database)).toEqual(committed.toSorted())
  })

  test('their numbers are never given twice', async () => {
    const database = await openApp()
    await database.transaction((tx) => create(tx, '1'))
    await database.script(['DELETE FROM "_truth_outbox"'])
    await database.transaction((tx) => create(tx, '2'))
    expect(await column(database, 'SELECT "id" FROM "_truth_outbox"')).toEqual([2])
  })

  test('old events are swept away, the oldest first, and the last one stays', async () => {
    const database = await openApp()
    const at = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString()
    // Over HTTP one transaction may take five seconds.
    for (let from = 0; from < 2_500; from += 500)
      await database.transaction(async (tx) => {
        for (let n = from; n < from + 500; n += 1) await appendEvent(tx, created(`t${n}`, { at: at(n) }))
      })
    expect(await sweepOutbox(database, at(0))).toBe(0)
    expect(await sweepOutbox(database, at(2_200))).toBe(2_200)
    expect((await eventsOf(database))[0]).toBe('t2200')
    expect(await sweepOutbox(database, at(9_999))).toBe(299)
    expect(await eventsOf(database)).toEqual(['t2499'])
    await database.transaction((tx) => create(tx, 'next'))
    expect(await column(database, 'SELECT "id" FROM "_truth_outbox" ORDER BY "id"')).toEqual([2_500, 2_501])
  })
})
