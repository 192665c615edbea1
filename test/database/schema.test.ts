// Bringing a database up to an app: what is added by itself, and that doing it again changes nothing.

import { describe, expect, test } from 'vitest'
import { type Applied, applySchema } from '../../runtime/database/apply.ts'
import { type Database, statement } from '../../runtime/database/database.ts'
import type { App } from '../../runtime/truth/app.ts'
import { describeEach, sharedKinds } from '../helpers/databases.ts'
import { smallApp } from '../helpers/small-app.ts'

const own = [
  'create table _truth_outbox',
  'create table _truth_meta',
  'create table _truth_migrations',
  'create table _truth_answers',
]

const task = { title: { required: true }, done: { type: 'boolean' } } as const
const tasks = smallApp({ Task: { fields: task } })

const changes = (applied: Applied): readonly string[] => {
  if ('refused' in applied) throw new Error(JSON.stringify(applied.refused))
  return applied.changes
}

async function applyAgain(database: Database, app: App): Promise<readonly string[]> {
  const first = changes(await applySchema(database, app))
  expect(changes(await applySchema(database, app))).toEqual([])
  return first
}

const write = (database: Database, text: string): Promise<unknown> => database.script([text])
const read = (database: Database, text: string): Promise<unknown> => database.query(statement(text), [])

describeEach(sharedKinds, (open) => {
  describe('an empty database', () => {
    test('gets the tables of the app and of the runtime', async () => {
      const database = await open()
      expect(await applyAgain(database, tasks)).toEqual([...own, 'create table Task'])
      const columns = await read(database, `SELECT "name", "type", "notnull", "pk" FROM pragma_table_info('Task')`)
      expect(columns).toEqual([
        ['id', 'TEXT', 1, 1],
        ['title', 'TEXT', 1, 0],
        ['done', 'INTEGER', 0, 0],
      ])
      expect(await read(database, `SELECT "strict" FROM pragma_table_list WHERE "name" = 'Task'`)).toEqual([[1]])
      await write(database, `INSERT INTO "Task" VALUES ('1', 'one', 1)`)
      const wrong = write(database, `INSERT INTO "Task" VALUES ('2', 'two', 2)`)
      await expect(wrong).rejects.toMatchObject({ kind: 'check', columns: ['done'] })
    })

    test('gets those of accounts where an entity signs in', async () => {
      const app = smallApp({ User: { fields: { email: { unique: true } } } }, 'User')
      const database = await open()
      expect(await applyAgain(database, app)).toEqual([
        ...own,
        'create table _truth_credentials',
        'create table _truth_identities',
        'create table _truth_sessions',
        'create table _truth_tokens',
        'create table User',
      ])
      await write(database, `INSERT INTO "User" VALUES ('u', 'u@example.com')`)
      await write(database, `INSERT INTO "_truth_credentials" VALUES ('u', 'hash', 'now')`)
      await write(database, `DELETE FROM "User"`)
      expect(await read(database, `SELECT count(*) FROM "_truth_credentials"`)).toEqual([[0]])
    })

    test('gets relations, to entities further down and to itself, and their join tables', async () => {
      const app = smallApp({
        Task: {
          fields: {
            list: { to: 'List', required: true, onDelete: 'cascade' },
            parent: { to: 'Task' },
            tags: { to: 'Tag', many: true },
          },
        },
        List: { fields: {} },
        Tag: { fields: {}, softDelete: true },
      })
      const database = await open()
      const made = ['create table Task', 'create table Task.tags', 'create table List', 'create table Tag']
      expect(await applyAgain(database, app)).toEqual([...own, ...made])
      await write(database, `INSERT INTO "List" VALUES ('l')`)
      await write(database, `INSERT INTO "Tag" VALUES ('g', NULL)`)
      await write(database, `INSERT INTO "Task" VALUES ('t', 'l', NULL), ('u', 'l', 't')`)
      await write(database, `INSERT INTO "Task.tags" VALUES ('t', 'g')`)
      await expect(write(database, `DELETE FROM "Task" WHERE "id" = 't'`)).rejects.toMatchObject({ kind: 'foreignKey' })
      await write(database, `DELETE FROM "Task" WHERE "id" = 'u'`)
      await write(database, `DELETE FROM "List"`)
      expect(await read(database, `SELECT count(*) FROM "Task.tags"`)).toEqual([[0]])
    })

    test.each([
      ['Task "list"', 'it’s "title"'],
      ["it's", "o'clock"],
      ['a.b', 'c.d'],
      ['select', 'from'],
      ['[x]', '`y`'],
      ['a;b', '--c'],
      ['?1', ':name'],
      ['日本', '😀'],
    ])('gets a table named %s with a column %s', async (table, name) => {
      const fields = { [name]: { type: 'boolean' }, of: { to: 'Task' }, all: { to: 'Task', many: true } } as const
      const database = await open()
      await applyAgain(database, smallApp({ Task: { table, fields } }))
      const more = { ...fields, [`${name} too`]: { unique: true, default: { kind: 'value', value: `'"` } } } as const
      const unique = smallApp({ Task: { table, fields: more, indexes: [[name, 'of']] } })
      expect(await applyAgain(database, unique)).toEqual([
        `add column ${table}.${name} too`,
        `create unique index ${table}(${name} too)`,
        `create index ${table}(${name},of)`,
      ])
    })
  })

  describe('a database with rows', () => {
    const openTasks = async (): Promise<Database> => {
      const database = await open()
      await applyAgain(database, tasks)
      await write(database, `INSERT INTO "Task" VALUES ('1', 'one', 0), ('2', 'two', NULL)`)
      return database
    }

    test('gets a new entity', async () => {
      const database = await openTasks()
      const app = smallApp({ Task: { fields: task }, Note: { fields: {} } })
      expect(await applyAgain(database, app)).toEqual(['create table Note'])
    })

    test('gets a new optional field', async () => {
      const database = await openTasks()
      const app = smallApp({ Task: { fields: { ...task, note: {}, of: { to: 'Task' } } } })
      expect(await applyAgain(database, app)).toEqual([
        'add column Task.note',
        'add column Task.of',
        'create index Task(of)',
      ])
      expect(await read(database, 'SELECT "id", "note", "of" FROM "Task"')).toEqual([
        ['1', null, null],
        ['2', null, null],
      ])
    })

    test.each([
      ['text', `it's "so"`, `it's "so"`],
      ['integer', 3, 3],
      ['number', 1.5, 1.5],
      ['number', 1e21, 1e21],
      ['number', -2, -2],
      ['number', 1e15, 1e15],
      ['boolean', true, 1],
      ['boolean', false, 0],
      ['json', { a: ["it's"] }, `{"a":["it's"]}`],
    ] as const)('gets a new required %s with the default %o', async (type, value, stored) => {
      const database = await openTasks()
      const extra = { type, required: true, default: { kind: 'value', value } } as const
      const app = smallApp({ Task: { fields: { ...task, extra } } })
      expect(await applyAgain(database, app)).toEqual(['add column Task.extra'])
      expect(await read(database, 'SELECT "extra" FROM "Task"')).toEqual([[stored], [stored]])
      expect(await read(database, 'PRAGMA integrity_check')).toEqual([['ok']])
    })

    test('gets indexes, and loses a unique one that is no longer wanted', async () => {
      const database = await openTasks()
      const indexed = { title: { required: true, unique: true }, done: { type: 'boolean', index: true } } as const
      expect(await applyAgain(database, smallApp({ Task: { fields: indexed, unique: [['done', 'title']] } }))).toEqual([
        'create unique index Task(title)',
        'create unique index Task(done,title)',
        'create index Task(done)',
      ])
      const same = write(database, `INSERT INTO "Task" VALUES ('3', 'one', 1)`)
      await expect(same).rejects.toMatchObject({ kind: 'unique', columns: ['title'] })
      expect(await applyAgain(database, tasks)).toEqual([
        'drop index Task(done)',
        'drop unique index Task(done,title)',
        'drop unique index Task(title)',
      ])
      await write(database, `INSERT INTO "Task" VALUES ('3', 'one', 1)`)
    })

    test('is served by an index of somebody else’s, where that is as good', async () => {
      const database = await openTasks()
      await write(database, 'CREATE INDEX "plain" ON "Task" ("title")')
      await write(database, 'CREATE INDEX "part" ON "Task" ("done", "id") WHERE "done" = 1')
      await write(database, 'CREATE INDEX "good" ON "Task" ("title", "id")')
      const fields = { title: { required: true, index: true }, done: { type: 'boolean', index: true } } as const
      expect(await applyAgain(database, smallApp({ Task: { fields } }))).toEqual(['create index Task(done)'])
      const unique = { ...fields, title: { required: true, unique: true } } as const
      expect(await applyAgain(database, smallApp({ Task: { fields: unique } }))).toEqual([
        'create unique index Task(title)',
      ])
    })

    test('keeps what the app no longer declares, and says so', async () => {
      const database = await openTasks()
      const app = smallApp({ Task: { fields: { title: { required: true } } } })
      await write(database, 'CREATE TABLE "mine" ("a")')
      expect(await applySchema(database, app)).toEqual({
        changes: [],
        notes: [
          'column Task.done is not declared in the app; it stays as it is',
          'table mine is not declared in the app; it stays as it is',
        ],
      })
      expect(await read(database, 'SELECT count(*) FROM "Task"')).toEqual([[2]])
    })

    test('has names whose capitals do not count', async () => {
      const database = await openTasks()
      const fields = { Title: { required: true }, done: { type: 'boolean' } } as const
      expect(await applyAgain(database, smallApp({ Task: { table: 'tASK', fields } }))).toEqual([])
    })
  })
})

describeEach(sharedKinds, (open) => {
  test('two that start together apply once', async () => {
    const [first, second] = [await open(), await open()]
    const applied = await Promise.all([applySchema(first, tasks), applySchema(second, tasks)])
    const made = applied.map(changes).sort((a, b) => b.length - a.length)
    expect(made).toEqual([[...own, 'create table Task'], []])
  })
})
