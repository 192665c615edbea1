// `search`: full text over what is searchable and may be read, in step with every write and every migration.

import { expect, test } from 'vitest'
import { applySchema } from '../../runtime/database/apply.ts'
import { type Database, statement } from '../../runtime/database/database.ts'
import { describeEach } from '../helpers/databases.ts'
import { type Person, startDesk, type World } from '../helpers/desk-app.ts'
import { smallApp } from '../helpers/small-app.ts'

const titles = async ({ app }: World, who: Person, search: string): Promise<string[]> => {
  const { body, status, text } = await app.send(
    'GET',
    `/api/files?search=${encodeURIComponent(search)}`,
    undefined,
    who,
  )
  if (status !== 200) throw new Error(text)
  return body.data.map(({ title }: { title: string }) => title)
}

describeEach(['embedded file', 'remote'], (open) => {
  test('finds words in any order, by their beginnings, and follows every write', async () => {
    const world = await startDesk(open)
    const { app, ann, file } = world
    expect(await titles(world, ann, 'roof')).toEqual(['Roof'])
    expect(await titles(world, ann, 'WOO roo')).toEqual(['Roof'])
    expect(await titles(world, ann, 'oof')).toEqual([])
    expect(await titles(world, ann, 'roof cellar')).toEqual([])
    await app.send('PATCH', `/api/files/${file}`, { title: 'Café “Zoë”', body: null }, ann)
    expect(await titles(world, ann, 'wood')).toEqual([])
    expect(await titles(world, ann, 'cafe zoe')).toEqual(['Café “Zoë”'])
    await app.send('DELETE', `/api/files/${file}`, undefined, ann)
    expect(await titles(world, ann, 'cafe')).toEqual([])
    const stored = await app.database.query(statement('SELECT count(*) FROM "_truth_search File"'), [])
    expect(stored).toEqual([[1]])
    const count = await app.send('GET', '/api/files/aggregate?search=cel&sum=pages', undefined, ann)
    expect(count.body.data).toEqual([{ count: 1, sum: { pages: 3 } }])
  })

  test('shows no row and no field that may not be read', async () => {
    const world = await startDesk(open)
    const { ann, bob, chief } = world
    expect(await titles(world, bob, 'cellar')).toEqual([])
    expect(await titles(world, chief, 'cellar')).toEqual(['Cellar'])
    // The note is the chief’s alone to read.
    expect(await titles(world, chief, 'expensive')).toEqual(['Roof'])
    expect(await titles(world, ann, 'expensive')).toEqual([])
    expect(await titles(world, ann, 'roof expensive')).toEqual([])
    const { body } = await world.app.send('GET', '/api/files?search=expensive&count=true', undefined, ann)
    expect(body).toMatchObject({ data: [], page: { total: 0 } })
  })

  test('is in step after its table was renamed, made again, or searched elsewhere', async () => {
    const database = await open()
    const words = { title: { searchable: true }, body: {}, count: { type: 'integer' } } as const
    const apply = async (app: ReturnType<typeof smallApp>): Promise<readonly string[]> => {
      const applied = await applySchema(database, app)
      if ('refused' in applied) throw new Error(JSON.stringify(applied.refused))
      expect(await applySchema(database, app)).toMatchObject({ changes: [] })
      return applied.changes
    }
    const find = async (table: string, word: string): Promise<unknown> => {
      const name = `"_truth_search ${table}"`
      return database.query(statement(`SELECT "id" FROM ${name} WHERE ${name} MATCH ?1`), [word])
    }
    await apply(smallApp({ Task: { fields: words } }))
    await database.script([
      `INSERT INTO "Task" VALUES ('1', 'one', 'red', 1), ('2', 'two', 'blue', 2), ('3', 'three', 'blue', 3)`,
      `DELETE FROM "Task" WHERE "id" = '1'`,
    ])
    const again = 'drop search tables to be made again or gone'
    const real = { ...words, count: { type: 'number' } } as const
    expect(await apply(smallApp({ Task: { fields: real } }))).toEqual([
      again,
      'rebuild table Task: change column count',
      'create search of Task',
    ])
    await database.script([
      `UPDATE "Task" SET "title" = 'deux' WHERE "id" = '2'`,
      `DELETE FROM "Task" WHERE "id" = '3'`,
    ])
    expect([await find('Task', 'deux'), await find('Task', 'two'), await find('Task', 'three')]).toEqual([
      [['2']],
      [],
      [],
    ])
    const { title, ...others } = real
    const moved = { ...others, name: { ...title, renamedFrom: 'title' }, note: {} } as const
    expect(await apply(smallApp({ Job: { fields: moved, renamedFrom: 'Task' } }))).toEqual([
      again,
      'rename table Task to Job',
      'rename column Job.title to name',
      'add column Job.note',
      'create search of Job',
    ])
    expect(await find('Job', 'deux')).toEqual([['2']])
    const body = { ...moved, name: {}, body: { searchable: true } } as const
    expect(await apply(smallApp({ Job: { fields: body } }))).toEqual([again, 'create search of Job'])
    expect([await find('Job', 'deux'), await find('Job', 'blue')]).toEqual([[], [['2']]])
    expect(await apply(smallApp({ Job: { fields: { ...body, body: {} } } }))).toEqual([again])
    expect(await objects(database)).toEqual([])
  })
})

const objects = (database: Database): Promise<unknown> =>
  database.query(statement(`SELECT "name" FROM "sqlite_schema" WHERE "name" LIKE '%search%'`), [])

test('a table, a field and words of odd names and signs', async () => {
  const world = await startDesk()
  const odd = smallApp({
    Odd: { table: 'it\'s "odd"', fields: { 'a"b\'': { searchable: true }, rowid: { searchable: true } } },
  })
  const { openDatabase } = await import('../../runtime/database/database.ts')
  const database = await openDatabase({ url: ':memory:', durability: 'normal' })
  expect(await applySchema(database, odd)).toHaveProperty('changes')
  await database.script([`INSERT INTO "it's ""odd""" VALUES ('1', 'x', 'y')`, `DELETE FROM "it's ""odd"""`])
  await database.close()
  for (const search of ['"', '*', 'c0:', '" OR 1', 'NEAR(', 'roof) OR (cellar', `{c2}: expensive`, '-roof', '日本'])
    expect(
      await world.app.send('GET', `/api/files?search=${encodeURIComponent(search)}`, undefined, world.ann),
    ).toMatchObject(/[\p{L}\p{N}]/u.test(search) ? { status: 200 } : { status: 400 })
  expect(await titles(world, world.ann, '{c2}: expensive')).toEqual([])
  const none = await world.app.send('GET', '/api/users?search=ann', undefined, world.ann)
  expect([none.status, none.body.detail]).toEqual([400, 'There is nothing to search in users.'])
  await world.app.close()
})
