// The contract of every database: what went wrong, in the same words wherever it lies; and what is refused altogether.

import { describe, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { describeEach, kinds } from '../helpers/databases.ts'

const schema = [
  'CREATE TABLE "user" ("id" TEXT NOT NULL PRIMARY KEY) STRICT',
  `CREATE TABLE "task.list" (
    "id" TEXT NOT NULL PRIMARY KEY, "title" TEXT NOT NULL, "of" TEXT REFERENCES "user" ("id") ON DELETE RESTRICT,
    "done" INTEGER CHECK ("done" IN (0, 1)), "count" INTEGER CHECK (0 < "count"), "place" TEXT
  ) STRICT`,
  'CREATE UNIQUE INDEX "places" ON "task.list" ("title", "place")',
  `INSERT INTO "user" VALUES ('u1')`,
  `INSERT INTO "task.list" VALUES ('t1', 'one', 'u1', 0, 1, 'here')`,
]

describeEach(kinds, (open) => {
  describe('constraints', () => {
    test.each([
      [`INSERT INTO "task.list" ("id", "title") VALUES ('t1', 'x')`, 'unique', 'task.list', ['id']],
      [
        `INSERT INTO "task.list" ("id", "title", "place") VALUES ('t2', 'one', 'here')`,
        'unique',
        'task.list',
        ['title', 'place'],
      ],
      [`UPDATE "task.list" SET "title" = NULL`, 'notNull', 'task.list', ['title']],
      [
        `INSERT INTO "task.list" ("id", "title", "of") VALUES ('t2', 'x', 'nobody')`,
        'foreignKey',
        undefined,
        undefined,
      ],
      [`DELETE FROM "user" WHERE "id" = 'u1'`, 'foreignKey', undefined, undefined],
      [`UPDATE "task.list" SET "done" = 2`, 'check', undefined, ['done']],
      [`UPDATE "task.list" SET "count" = 0`, 'check', undefined, undefined],
      [`UPDATE "task.list" SET "count" = 'many'`, 'check', 'task.list', ['count']],
    ])('%s: %s', async (text, kind, table, columns) => {
      const database = await open()
      await database.script(schema)
      const error = await database.transaction((tx) => tx.run(statement(text), [])).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ name: 'DatabaseError', kind, message: expect.stringMatching(/./) })
      expect(error).toHaveProperty('cause')
      expect([Reflect.get(error as object, 'table'), Reflect.get(error as object, 'columns')]).toEqual([table, columns])
      // Where it was refused, the next one goes through.
      await database.transaction((tx) => tx.run(statement(`UPDATE "task.list" SET "done" = 1`), []))
      expect(await database.query(statement('SELECT "title", "done", "count" FROM "task.list"'), [])).toEqual([
        ['one', 1, 1],
      ])
    })
  })

  test('a fault in the text tells where it is', async () => {
    const database = await open()
    const none = {
      kind: 'other',
      message: expect.stringMatching(/no such table: nowhere.*\(in: SELECT 1 FROM nowhere\)/),
    }
    await expect(database.query(statement('SELECT 1 FROM nowhere'), [])).rejects.toMatchObject(none)
    const work = database.transaction((tx) => tx.run(statement('SELECT 1 FROM nowhere'), []))
    await expect(work).rejects.toMatchObject(none)
  })

  test('after a fault the database goes on', async () => {
    const database = await open()
    await database.script(schema)
    for (let count = 0; count < 5; count += 1) {
      await expect(
        database.transaction((tx) => tx.run(statement('SELECT abs(-9223372036854775808)'), [])),
      ).rejects.toThrow()
      await expect(database.query(statement('SELECT abs(-9223372036854775808)'), [])).rejects.toThrow()
      expect(await database.query(statement('SELECT count(*) FROM "user"'), [])).toEqual([[1]])
    }
  })

  describe('a query writes nothing', () => {
    test.each([
      `INSERT INTO "user" VALUES ('u2')`,
      `INSERT INTO "user" VALUES ('u2') RETURNING "id"`,
      `WITH a AS (SELECT 'u2') INSERT INTO "user" SELECT * FROM a`,
      'DELETE FROM "task.list"',
      'CREATE TABLE "x" ("a")',
      'PRAGMA user_version = 7',
    ])('%s', async (text) => {
      const database = await open()
      await database.script(schema)
      await expect(database.query(statement(text), [])).rejects.toThrow('Only a transaction may write')
      expect(await database.query(statement('SELECT count(*) FROM "user"'), [])).toEqual([[1]])
    })
  })

  describe('once closed', () => {
    test('every call throws', async () => {
      const database = await open()
      await database.script(schema)
      const one = statement('SELECT 1')
      await database.query(one, [])
      await database.close()
      const closed = { name: 'DatabaseError', message: 'The database is closed.' }
      await expect(database.query(one, [])).rejects.toMatchObject(closed)
      await expect(database.transaction((tx) => tx.run(one, []))).rejects.toMatchObject(closed)
      await expect(database.transaction(async () => 1)).rejects.toMatchObject(closed)
      await expect(database.script(['SELECT 1'])).rejects.toMatchObject(closed)
      await database.close()
    })

    test('the transactions under way were waited for', async () => {
      const database = await open()
      await database.script(schema)
      const ended: string[] = []
      const works = ['a', 'b'].map((id) =>
        database
          .transaction((tx) => tx.run(statement('INSERT INTO "user" VALUES (?1)'), [id]))
          .then(() => ended.push(id)),
      )
      await database.close()
      await Promise.all(works)
      expect(ended).toEqual(['a', 'b'])
    })
  })
})
