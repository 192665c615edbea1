// What an app wants and its database cannot be given without losing something: refused in words, and nothing is changed.
// The same on empty tables, which have nothing to lose and are made again.

import { createClient } from '@libsql/client'
import { describe, expect, test } from 'vitest'
import { applySchema } from '../../runtime/database/apply.ts'
import { type Database, statement } from '../../runtime/database/database.ts'
import { describeEach, sharedKinds } from '../helpers/databases.ts'
import { smallApp } from '../helpers/small-app.ts'
import { appOf, before, cases, rowCases, users } from './refused-cases.ts'

const rows = [
  `INSERT INTO "User" VALUES ('u')`,
  `INSERT INTO "Task" VALUES ('1', 'same', 1, 5, 'u'), ('2', 'same', 0, 6, NULL), ('3', 'other', 0, 6, NULL)`,
]

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
