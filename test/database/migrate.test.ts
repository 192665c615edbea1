// Changes of a schema that keep every row: renames, other types, other relations, and what stays of what is gone.

import { describe, expect, test } from 'vitest'
import { appliedBefore, applySchema, previewSchema } from '../../runtime/database/apply.ts'
import type { Database } from '../../runtime/database/database.ts'
import { describeEach, sharedKinds } from '../helpers/databases.ts'
import { smallApp } from '../helpers/small-app.ts'
import { app, apply, fields, read, rows } from './migrating.ts'
import { type Fields, users } from './refused-cases.ts'

describeEach(sharedKinds, (open) => {
  const start = async (): Promise<Database> => {
    const database = await open()
    await apply(database, app(fields))
    await database.script(rows)
    return database
  }
  const links = (database: Database): Promise<unknown> => read(database, 'SELECT * FROM "Task.tags"')

  describe('renames', () => {
    test('an entity, with its links and the rows that refer to it', async () => {
      const database = await start()
      const { up, ...others } = fields
      const wanted = smallApp({
        User: users,
        Tag: users,
        Job: { fields: { ...others, up: { to: 'Job' } }, renamedFrom: 'Task' },
      })
      expect(await apply(database, wanted)).toEqual([
        'rename table Task to Job',
        'rename table Task.tags to Job.tags',
        'drop index Task(count)',
        'drop index Task(of)',
        'drop unique index Task(title)',
        'drop index Task(up)',
        'create unique index Job(title)',
        ...['count', 'of', 'up'].map((name) => `create index Job(${name})`),
        'drop index Task.tags(target)',
        'create index Job.tags(target)',
      ])
      expect(up).toBeDefined()
      expect(await read(database, 'SELECT "id", "title", "up" FROM "Job"')).toEqual([
        ['1', '10', null],
        ['2', '2.5', '1'],
      ])
      expect(await read(database, 'SELECT "target" FROM "Job.tags" WHERE "source" = \'1\'')).toEqual([['g'], ['h']])
    })

    test('one that comes too late is refused, until it is called as before again', async () => {
      const database = await start()
      const withoutUp = { ...fields, up: { to: 'Job' } }
      const late = (renamedFrom?: string) =>
        smallApp({
          User: users,
          Tag: users,
          Job: { fields: withoutUp, ...(renamedFrom !== undefined && { renamedFrom }) },
        })
      await apply(database, late())
      const refused = await applySchema(database, late('Task'))
      expect(refused).toMatchObject({ refused: [{ message: expect.stringContaining('2 rows of Task would be left') }] })
      // What the refusal says to do.
      await apply(database, app(fields), { allowDataLoss: true })
      await apply(database, late('Task'))
      expect(await read(database, 'SELECT count(*) FROM "Job"')).toEqual([[2]])
    })

    test('a field whose rename comes too late is refused the same way', async () => {
      const database = await start()
      const { count, ...others } = fields
      await apply(database, app({ ...others, amount: { type: 'integer' } }))
      const late = app({ ...others, amount: { type: 'integer', renamedFrom: 'count' } })
      const refused = await applySchema(database, late)
      expect(count).toBeDefined()
      expect(refused).toMatchObject({ refused: [{ message: expect.stringContaining('1 row of count would be left') }] })
      await apply(database, app(fields), { allowDataLoss: true })
      await apply(database, late)
      expect(await read(database, 'SELECT "amount" FROM "Task" ORDER BY "id"')).toEqual([[5], [null]])
    })

    test('fields, also in a circle of old and new names, and links', async () => {
      const database = await start()
      const { title, count, tags, ...others } = fields
      const wanted = app({
        ...others,
        count: { ...title!, renamedFrom: 'title' },
        amount: { ...count!, renamedFrom: 'count' },
        labels: { ...tags!, renamedFrom: 'tags' },
      })
      const changes = await apply(database, wanted)
      expect(changes).toEqual(
        expect.arrayContaining([
          'rename table Task.tags to Task.labels',
          'rename column Task.count to amount',
          'rename column Task.title to count',
        ]),
      )
      expect(await read(database, 'SELECT "count", "amount" FROM "Task"')).toEqual([
        ['10', 5],
        ['2.5', null],
      ])
      expect(await read(database, 'SELECT count(*) FROM "Task.labels"')).toEqual([[2]])
    })
  })

  describe('makes a table again', () => {
    test('for another type, with its indexes and everything that refers to its rows', async () => {
      const database = await start()
      await database.script(['CREATE INDEX "mine" ON "Task" ("title", "state")'])
      const wanted = app({ ...fields, title: { type: 'number', required: true, unique: true }, count: { index: true } })
      expect(await apply(database, wanted)).toEqual(['rebuild table Task: change column title, change column count'])
      expect(await read(database, 'SELECT "id", "title", "count", "up" FROM "Task"')).toEqual([
        ['1', 10, '5', null],
        ['2', 2.5, null, '1'],
      ])
      expect(await links(database)).toEqual([
        ['1', 'g'],
        ['1', 'h'],
      ])
      const indexes = `SELECT "name" FROM "sqlite_schema" WHERE "type" = 'index' AND "tbl_name" = 'Task' AND "sql" IS NOT NULL ORDER BY "name"`
      expect(await read(database, indexes)).toEqual(
        ['Task(count)', 'Task(of)', 'Task(title) unique', 'Task(up)', 'mine'].map((name) => [name]),
      )
      await expect(database.script([`DELETE FROM "Task" WHERE "id" = '1'`])).rejects.toMatchObject({
        kind: 'foreignKey',
      })
      await database.script([`DELETE FROM "Task" WHERE "id" = '2'`, `DELETE FROM "User"`])
      expect(await links(database)).toEqual([])
    })

    test('for a table whose rows others would go with', async () => {
      const database = await start()
      const named = { fields: { name: { required: true, default: { kind: 'value', value: 'x' } } } } as const
      const wanted = smallApp({ User: { ...named, indexes: [['name']] }, Tag: users, Task: { fields } })
      expect(await apply(database, wanted)).toEqual(['add column User.name', 'create index User(name)'])
      const optional = smallApp({ User: { fields: { name: {} } }, Tag: users, Task: { fields } })
      expect(await apply(database, optional)).toEqual(['rebuild table User: change column name'])
      expect(await read(database, 'SELECT "id", "name" FROM "User"')).toEqual([['u', 'x']])
      expect(await read(database, 'SELECT count(*), count("of") FROM "Task"')).toEqual([[2, 1]])
    })

    test.each([
      ['an option more', { state: { type: 'enum', options: ['open', 'shut', 'new'] } }],
      ['an option less, which no row has', { state: { type: 'enum', options: ['open'] } }],
      ['another end of its rows', { of: { to: 'User', onDelete: 'setNull' } }],
      ['an optional title', { title: { unique: true } }],
      [
        'required with a default',
        { count: { type: 'integer', index: true, required: true, default: { kind: 'value', value: 7 } } },
      ],
      ['a relation that becomes a text', { up: { index: true } }],
    ] as [string, Fields][])('for %s', async (_what, change) => {
      const database = await start()
      const [name = ''] = Object.keys(change)
      expect(await apply(database, app({ ...fields, ...change }))).toEqual([
        `rebuild table Task: change column ${name}`,
      ])
      const count = name === 'count' ? 7 : null
      expect(await read(database, 'SELECT "title", "count", "state", "of", "up" FROM "Task"')).toEqual([
        ['10', 5, 'open', 'u', null],
        ['2.5', count, null, null, '1'],
      ])
    })

    test('for one link that becomes many, and many that become one', async () => {
      const database = await start()
      await database.script([`DELETE FROM "Task.tags" WHERE "target" = 'h'`])
      const wanted = app({ ...fields, of: { to: 'User', many: true }, tags: { to: 'Tag' } })
      await apply(database, wanted, { allowDataLoss: true })
      expect(await read(database, 'SELECT * FROM "Task.of"')).toEqual([['1', 'u']])
      expect(await read(database, 'SELECT "id", "tags" FROM "Task" ORDER BY "id"')).toEqual([
        ['1', 'g'],
        ['2', null],
      ])
      expect(await read(database, `SELECT count(*) FROM pragma_table_list WHERE "name" = 'Task.tags'`)).toEqual([[0]])
    })

    test('for a new instant that rows must have', async () => {
      const database = await start()
      await apply(database, app({ ...fields, seen: { type: 'datetime', required: true, default: { kind: 'now' } } }))
      const [[seen]] = (await read(database, 'SELECT "seen" FROM "Task"')) as [[string]]
      expect(Math.abs(Date.now() - Date.parse(seen))).toBeLessThan(60_000)
    })
  })

  describe('what the app no longer declares', () => {
    test('stays, but neither asks for a value nor holds on to other rows', async () => {
      const database = await start()
      const { title, of, up, tags, ...left } = fields
      expect([title, of, up, tags]).not.toContain(undefined)
      expect(await apply(database, app(left))).toEqual([
        'rebuild table Task: free column title, free column of, free column up',
      ])
      await database.script([`INSERT INTO "Task" ("id") VALUES ('3')`, 'DELETE FROM "User"'])
      expect(await read(database, 'SELECT "title", "of" FROM "Task"')).toEqual([
        ['10', 'u'],
        ['2.5', null],
        [null, null],
      ])
      const { notes } = await previewSchema(database, app(left))
      const stays = 'is not declared in the app; it stays as it is, with'
      const drops = '(`--allow-data-loss` drops it)'
      expect(notes).toEqual([
        `column Task.title ${stays} 2 rows ${drops}`,
        `column Task.of ${stays} 1 row ${drops}`,
        `column Task.up ${stays} 1 row ${drops}`,
        `table Task.tags ${stays} 2 rows ${drops}`,
      ])
    })

    test('goes where that is permitted, apart from what somebody else made', async () => {
      const database = await start()
      await database.script(['CREATE TABLE "mine" ("a")', `INSERT INTO "mine" VALUES (1)`])
      const wanted = smallApp({ Task: { fields: { title: fields.title! } } })
      expect(await apply(database, wanted, { allowDataLoss: true })).toEqual([
        'rebuild table Task: drop column count, drop column state, drop column of, drop column up',
        'drop table Task.tags',
        'drop table Tag',
        'drop table User',
      ])
      expect(await read(database, 'SELECT * FROM "Task"')).toEqual([
        ['1', '10'],
        ['2', '2.5'],
      ])
      expect(await read(database, 'SELECT * FROM "mine"')).toEqual([[1]])
    })
  })

  test('the journal tells who, when and what', async () => {
    const database = await start()
    await apply(database, app({ ...fields, note: {} }), { by: 'ann' })
    const [first, second, ...more] = await appliedBefore(database)
    expect([first?.by, second?.by, more]).toEqual(['truth', 'ann', []])
    expect(second).toMatchObject({
      changes: ['add column Task.note'],
      sql: ['ALTER TABLE "Task" ADD COLUMN "note" TEXT'],
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(Date.parse(second?.at ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  test('a preview shows the SQL and changes nothing', async () => {
    const database = await start()
    const wanted = app({ ...fields, note: { index: true } })
    const { steps, refused } = await previewSchema(database, wanted)
    expect(refused).toEqual([])
    expect(steps).toEqual([
      { says: 'add column Task.note', sql: ['ALTER TABLE "Task" ADD COLUMN "note" TEXT'] },
      { says: 'create index Task(note)', sql: ['CREATE INDEX "Task(note)" ON "Task" ("note", "id")'] },
    ])
    expect(await previewSchema(database, wanted)).toMatchObject({ steps })
  })

  test('two that change a table at once change it once', async () => {
    const first = await start()
    const second = await open()
    const wanted = app({ ...fields, count: { index: true } })
    const applied = await Promise.all([applySchema(first, wanted), applySchema(second, wanted)])
    const done = applied.flatMap((one) => ('changes' in one ? one.changes : ['refused']))
    expect(done).toEqual(['rebuild table Task: change column count'])
    expect(await appliedBefore(first)).toHaveLength(2)
  })
})
