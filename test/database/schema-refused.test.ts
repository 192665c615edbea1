// What an app wants and its database cannot be given without losing something: refused in words, and nothing is changed.
// The same on empty tables, which have nothing to lose and are made again.

import { createClient } from '@libsql/client'
import { describe, expect, test } from 'vitest'
import { applySchema, type Refusal } from '../../runtime/database/apply.ts'
import { type Database, statement } from '../../runtime/database/database.ts'
import { describeEach, sharedKinds } from '../helpers/databases.ts'
import { type SmallEntity, type SmallField, smallApp } from '../helpers/small-app.ts'

type Fields = { readonly [name: string]: SmallField }

const before: Fields = {
  title: { required: true },
  done: { type: 'boolean' },
  count: { type: 'integer' },
  of: { to: 'User' },
}
const users: SmallEntity = { fields: {} }
const appOf = (fields: Fields, more: Partial<SmallEntity> = {}) =>
  smallApp({ User: users, Group: users, Task: { fields, ...more } })

const rows = [
  `INSERT INTO "User" VALUES ('u')`,
  `INSERT INTO "Task" VALUES ('1', 'same', 1, 5, 'u'), ('2', 'same', 0, 6, NULL), ('3', 'other', 0, 6, NULL)`,
]

const newDatabase = 'or start with a new database; changing stored columns comes with migrations.'
const giveBack = (name: string): string => `Give Task.${name} its former declaration, ${newDatabase}`
const has = ', and Task has 3 rows.'

/** Every table and row, as text. */
async function everything(database: Database): Promise<string> {
  const parts: unknown[] = []
  const tables = await database.query(statement('SELECT "name", "sql" FROM "sqlite_schema" ORDER BY "name"'), [])
  for (const [name, sql] of tables) {
    parts.push(name, sql)
    if (String(sql).startsWith('CREATE TABLE')) {
      parts.push(await database.query(statement(`SELECT * FROM "${String(name).replaceAll('"', '""')}"`), []))
    }
  }
  return JSON.stringify(parts)
}

/** Past our own layer, which takes no statement with another inside it, such as a trigger. */
async function somebodyElse(url: string, texts: readonly string[]): Promise<void> {
  const client = createClient({ url: url.startsWith('http') ? url : `file:${url}` })
  for (const text of texts) await client.executeMultiple(text)
  client.close()
}

const cases: readonly (readonly [
  what: string,
  fields: Fields,
  refusals: readonly Refusal[],
  more?: Partial<SmallEntity>,
])[] = [
  [
    'a field of another type',
    { ...before, count: { type: 'number' } },
    [{ message: `Column Task.count is INTEGER in the database, but REAL in the app${has}`, fix: giveBack('count') }],
  ],
  [
    'a boolean that becomes an integer',
    { ...before, done: { type: 'integer' } },
    [
      {
        message: `Column Task.done holds a boolean in the database, but numbers in the app${has}`,
        fix: giveBack('done'),
      },
    ],
  ],
  [
    'an integer that becomes a boolean',
    { ...before, count: { type: 'boolean' } },
    [
      {
        message: `Column Task.count holds numbers in the database, but a boolean in the app${has}`,
        fix: giveBack('count'),
      },
    ],
  ],
  [
    'a field that becomes required',
    { ...before, count: { type: 'integer', required: true } },
    [
      {
        message: `Column Task.count is optional in the database, but required in the app${has}`,
        fix: giveBack('count'),
      },
    ],
  ],
  [
    'a field that becomes optional',
    { ...before, title: {} },
    [
      {
        message: `Column Task.title needs a value in the database, but is optional in the app${has}`,
        fix: giveBack('title'),
      },
    ],
  ],
  [
    'a relation to another entity',
    { ...before, of: { to: 'Group' } },
    [
      {
        message: `Column Task.of refers to User (on delete: restrict) in the database, but refers to Group (on delete: restrict) in the app${has}`,
        fix: giveBack('of'),
      },
    ],
  ],
  [
    'a relation with another end',
    { ...before, of: { to: 'User', onDelete: 'cascade' } },
    [
      {
        message: `Column Task.of refers to User (on delete: restrict) in the database, but refers to User (on delete: cascade) in the app${has}`,
        fix: giveBack('of'),
      },
    ],
  ],
  [
    'a relation that becomes a text',
    { ...before, of: { index: true } },
    [
      {
        message: `Column Task.of refers to User (on delete: restrict) in the database, but refers to no table in the app${has}`,
        fix: giveBack('of'),
      },
    ],
  ],
  [
    'a new required field without a default',
    { ...before, note: { required: true } },
    [
      {
        message: `The new column Task.note is required and has no default${has}`,
        fix: 'Give `note` a `default`, or make it optional.',
      },
    ],
  ],
  [
    'a new required relation',
    { ...before, by: { to: 'User', required: true } },
    [{ message: `The new column Task.by is required and has no default${has}`, fix: 'Make `by` optional.' }],
  ],
  [
    'a required field that is no longer declared',
    { done: { type: 'boolean' }, count: { type: 'integer' }, of: { to: 'User' } },
    [
      {
        message: `Column Task.title needs a value in each new row, but the app no longer declares it${has}`,
        fix: `Declare \`title\` on Task again, ${newDatabase}`,
      },
    ],
  ],
  [
    'a field that was renamed',
    { ...before, amount: { type: 'integer', renamedFrom: 'count' } },
    [
      {
        message: `Column Task.amount is to be the column count of before, but renaming is not supported yet${has}`,
        fix: 'Keep the name `count`, or leave `renamedFrom` out to begin with an empty column.',
      },
    ],
  ],
  [
    'several, all told at once, beside what could be added',
    { ...before, title: {}, count: { type: 'number' }, extra: { index: true } },
    [
      {
        message: `Column Task.title needs a value in the database, but is optional in the app${has}`,
        fix: giveBack('title'),
      },
      { message: `Column Task.count is INTEGER in the database, but REAL in the app${has}`, fix: giveBack('count') },
    ],
  ],
]

/** Only rows stand in their way, so an empty table just gets them. */
const rowCases: typeof cases = [
  [
    'a unique field whose values occur twice',
    { ...before, title: { required: true, unique: true } },
    [
      {
        message: 'Task.title must be unique now, but 2 rows share their value with another.',
        fix: 'Change these rows, or leave `unique` out.',
      },
    ],
  ],
  [
    'fields unique together whose values occur twice, beside one that is fine',
    { ...before, note: { unique: true } },
    [
      {
        message: 'Task.done and Task.count must be unique now, but 2 rows share their value with another.',
        fix: 'Change these rows, or leave `unique` out.',
      },
    ],
    { unique: [['done', 'count']] },
  ],
]

describeEach(sharedKinds, (open, url) => {
  describe('rows stand in the way of', () => {
    test.each([...cases, ...rowCases])('%s', async (_what, fields, refusals, more) => {
      const database = await open()
      await applySchema(database, appOf(before))
      await database.script(rows)
      const was = await everything(database)
      expect(await applySchema(database, appOf({ ...fields, new: {} }, more))).toEqual({ refused: refusals })
      expect(await everything(database)).toBe(was)
    })
  })

  describe('an empty table is made again for', () => {
    test.each(cases)('%s', async (_what, fields) => {
      const database = await open()
      await applySchema(database, appOf(before))
      const wanted = appOf(fields)
      const applied = await applySchema(database, wanted)
      expect(applied).toEqual({ changes: ['make table Task again, which is empty'], notes: expect.anything() })
      expect(await applySchema(database, wanted)).toEqual({ changes: [], notes: [] })
    })
  })

  test('an empty table that rows of others could refer to is made again', async () => {
    const database = await open()
    await applySchema(database, appOf(before))
    await database.script([`INSERT INTO "Task" ("id", "title") VALUES ('1', 'one')`])
    const wanted = smallApp({ User: { fields: { name: { required: true } } }, Group: users, Task: { fields: before } })
    const changes = ['make table User again, which is empty']
    expect(await applySchema(database, wanted)).toEqual({ changes, notes: [] })
    await database.script([`INSERT INTO "User" VALUES ('u', 'Ann')`, `UPDATE "Task" SET "of" = 'u'`])
    const gone = database.script(['DELETE FROM "User"'])
    await expect(gone).rejects.toMatchObject({ kind: 'foreignKey' })
  })

  test('an entity that was renamed keeps its rows by being refused', async () => {
    const database = await open()
    const renamed = smallApp({ User: users, Group: users, Job: { fields: before, renamedFrom: 'Task' } })
    await applySchema(database, appOf(before))
    await database.script(rows)
    const was = await everything(database)
    const message = 'Table Job is to be the table Task of before, which has 3 rows, but renaming is not supported yet.'
    const fix = "Say `table: 'Task'`, or leave `renamedFrom` out to begin with an empty table."
    expect(await applySchema(database, renamed)).toEqual({ refused: [{ message, fix }] })
    expect(await everything(database)).toBe(was)
    await database.script(['DELETE FROM "Task"'])
    expect(await applySchema(database, renamed)).toMatchObject({ changes: ['create table Job'] })
  })

  test.each([
    [
      'a view',
      ['CREATE VIEW "Task" AS SELECT 1 AS "id"'],
      'Task is a view in the database, where the app has a table.',
    ],
    [
      'a table that is not STRICT',
      ['CREATE TABLE "Task" ("id" TEXT NOT NULL PRIMARY KEY)', `INSERT INTO "Task" VALUES ('1')`],
      'The table Task was not made for this app: it is not STRICT, and Task has 1 row.',
    ],
    [
      'an empty table with a trigger',
      [
        'CREATE TABLE "Task" ("id" TEXT NOT NULL PRIMARY KEY)',
        'CREATE TRIGGER "x" AFTER INSERT ON "Task" BEGIN SELECT 1; END',
      ],
      'The table Task was not made for this app: it is not STRICT, and Task has triggers.',
    ],
  ])('%s of somebody else’s is left alone', async (_what, texts, message) => {
    const database = await open()
    await somebodyElse(url(), texts)
    const was = await everything(database)
    const fix = 'Give the entity another `table`, or start with a new database.'
    expect(await applySchema(database, smallApp({ Task: users }))).toEqual({ refused: [{ message, fix }] })
    expect(await everything(database)).toBe(was)
  })
})
