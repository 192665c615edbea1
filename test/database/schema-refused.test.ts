// What an app wants and its database cannot be given without losing something: refused in words, and nothing is changed.

import { createClient } from '@libsql/client'
import { describe, expect, test } from 'vitest'
import { applySchema, previewSchema } from '../../runtime/database/apply.ts'
import { type Database, statement } from '../../runtime/database/database.ts'
import { describeEach, sharedKinds } from '../helpers/databases.ts'
import { smallApp } from '../helpers/small-app.ts'
import { appOf, before, lossCases, neededCases, rows, users } from './refused-cases.ts'

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
    test.each([...lossCases, ...neededCases])('%s', async (_what, fields, refused, more) => {
      const database = await open()
      await applySchema(database, appOf(before))
      await database.script(rows)
      const was = await everything(database)
      const wanted = appOf({ ...fields, new: {} }, more)
      expect(await applySchema(database, wanted)).toEqual({ refused })
      expect(await previewSchema(database, wanted)).toMatchObject({ refused })
      expect(await everything(database)).toBe(was)
    })

    test.each(neededCases)('%s, also where losing is permitted', async (_what, fields, refused, more) => {
      const database = await open()
      await applySchema(database, appOf(before))
      await database.script(rows)
      const was = await everything(database)
      expect(await applySchema(database, appOf(fields, more), { allowDataLoss: true })).toEqual({ refused })
      expect(await everything(database)).toBe(was)
    })
  })

  test('rows that were deleted softly do not come back by themselves', async () => {
    const database = await open()
    await applySchema(database, appOf(before, { softDelete: true }))
    await database.script(rows)
    expect(await applySchema(database, appOf(before))).toMatchObject({ notes: expect.anything() })
    await database.script([`UPDATE "Task" SET "deletedAt" = '2026-01-01T00:00:00.000Z' WHERE "id" <> '3'`])
    const message = 'Task has no soft delete any more, and what was deleted would be there again: 2 rows.'
    const fix = expect.stringContaining('softDelete: true')
    expect(await applySchema(database, appOf(before))).toEqual({ refused: [{ message, fix }] })
    expect(await applySchema(database, appOf(before, { softDelete: true }))).toMatchObject({ changes: [] })
    expect(await applySchema(database, appOf(before), { allowDataLoss: true })).toHaveProperty('changes')
  })

  describe('without rows nothing does of', () => {
    test.each([...lossCases, ...neededCases])('%s', async (_what, fields, _refused, more) => {
      const database = await open()
      await applySchema(database, appOf(before))
      const wanted = appOf(fields, more)
      expect(await applySchema(database, wanted)).toHaveProperty('changes')
      expect(await applySchema(database, wanted)).toMatchObject({ changes: [] })
    })
  })

  test('what does not fit is emptied where that is permitted, and only that', async () => {
    const database = await open()
    await applySchema(database, appOf(before))
    await database.script(rows)
    const state = { type: 'enum', options: ['open', 'shut'] } as const
    const wanted = appOf({ ...before, state, title: { type: 'text' }, all: { to: 'User' } })
    await applySchema(database, wanted, { allowDataLoss: true })
    const found = await database.query(statement('SELECT "id", "title", "state", "of", "all" FROM "Task"'), [])
    expect(found).toEqual([
      ['1', 'same', 'open', 'u', 'u'],
      ['2', 'same', null, null, 'v'],
      ['3', 'other', null, null, null],
    ])
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
      'a table with another key',
      [
        'CREATE TABLE "Task" ("id" TEXT NOT NULL, "key" TEXT NOT NULL PRIMARY KEY) STRICT',
        `INSERT INTO "Task" VALUES ('1', '2')`,
      ],
      'The table Task was not made for this app: its primary key is another, and Task has 1 row.',
    ],
    [
      'an empty table with a trigger',
      [
        'CREATE TABLE "Task" ("id" TEXT NOT NULL PRIMARY KEY)',
        'CREATE TRIGGER "x" AFTER INSERT ON "Task" BEGIN SELECT 1; END',
      ],
      'The table Task was not made for this app: it is not STRICT, and Task has triggers.',
    ],
    [
      'a table to be made again with a trigger',
      [
        'CREATE TABLE "Task" ("id" TEXT NOT NULL PRIMARY KEY, "must" TEXT NOT NULL) STRICT',
        'CREATE TRIGGER "x" AFTER INSERT ON "Task" BEGIN SELECT 1; END',
      ],
      'The table Task must be made again, but has triggers that would be lost.',
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
