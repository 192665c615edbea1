// The contract of every database: values come out as they went in, and what cannot is refused before it is stored.

import { describe, expect, test } from 'vitest'
import { type Database, type Input, type Row, statement } from '../../runtime/database/database.ts'
import { describeEach, kinds } from '../helpers/databases.ts'

const most = Number.MAX_SAFE_INTEGER

const table = `CREATE TABLE "v" ("id" INTEGER PRIMARY KEY, "text" TEXT, "integer" INTEGER, "real" REAL) STRICT`
type Column = 'text' | 'integer' | 'real'

async function roundTrip(database: Database, column: Column, value: Input): Promise<Row | undefined> {
  await database.script([table])
  const insert = statement(`INSERT INTO "v" ("${column}") VALUES (?1) RETURNING "${column}"`)
  const returned = await database.transaction((tx) => tx.run(insert, [value]))
  const [row] = await database.query(statement(`SELECT "${column}", typeof("${column}") FROM "v"`), [])
  expect(returned).toEqual([row?.slice(0, 1)])
  return row
}

describeEach(kinds, (open) => {
  describe('stored and read', () => {
    test.each<[Column, Input, Row]>([
      ['text', '', ['', 'text']],
      ['text', '1', ['1', 'text']],
      ['text', 'it’s "quoted"\n\t\\ 😀 ﷽ é', ['it’s "quoted"\n\t\\ 😀 ﷽ é', 'text']],
      ['text', '{"a":[1,2.5,null,"\\u0000"]}', ['{"a":[1,2.5,null,"\\u0000"]}', 'text']],
      ['text', '2026-11-05T10:00:00.000Z', ['2026-11-05T10:00:00.000Z', 'text']],
      ['text', null, [null, 'null']],
      ['integer', 0, [0, 'integer']],
      ['integer', -1, [-1, 'integer']],
      ['integer', most, [most, 'integer']],
      ['integer', -most, [-most, 'integer']],
      ['integer', 42n, [42, 'integer']],
      ['integer', true, [1, 'integer']],
      ['integer', false, [0, 'integer']],
      ['integer', null, [null, 'null']],
      ['real', 1, [1, 'real']],
      ['real', 0.1, [0.1, 'real']],
      ['real', -1.5, [-1.5, 'real']],
      ['real', 1 / 3, [1 / 3, 'real']],
      ['real', Number.MIN_VALUE, [Number.MIN_VALUE, 'real']],
      ['real', Number.EPSILON, [Number.EPSILON, 'real']],
      ['real', { real: 1 }, [1, 'real']],
      ['real', { real: Number.MAX_VALUE }, [Number.MAX_VALUE, 'real']],
      ['real', { real: 2 ** 53 }, [2 ** 53, 'real']],
      ['real', null, [null, 'null']],
    ])('%s: %o', async (column, value, row) => {
      expect(await roundTrip(await open(), column, value)).toEqual(row)
    })

    test('a long text', async () => {
      const text = 'ä😀'.repeat(200_000)
      const row = await roundTrip(await open(), 'text', text)
      expect(row?.[0] === text).toBe(true)
    })
  })

  test('whole numbers are computed with as integers, and { real } as REAL', async () => {
    const database = await open()
    const half = statement("SELECT ?1 / 2, json_object('a', ?1), typeof(?1)")
    expect(await database.query(half, [5])).toEqual([[2, '{"a":5}', 'integer']])
    expect(await database.query(half, [{ real: 5 }])).toEqual([[2.5, '{"a":5.0}', 'real']])
    expect(await database.query(half, [true])).toEqual([[0, '{"a":1}', 'integer']])
  })

  test('columns of one name keep their places', async () => {
    const database = await open()
    expect(await database.query(statement('SELECT 1 AS "a", 2 AS "a", 3 AS "_metadata"'), [])).toEqual([[1, 2, 3]])
  })

  test('one parameter can stand in many places', async () => {
    const database = await open()
    expect(await database.query(statement('SELECT ?2, ?1, ?2'), ['a', 'b'])).toEqual([['b', 'a', 'b']])
  })

  test('one statement with other values has other rows, none among them', async () => {
    const database = await open()
    await database.script([table, `INSERT INTO "v" ("id", "text") VALUES (1, 'one'), (2, 'two')`])
    const byId = statement('SELECT "text" FROM "v" WHERE "id" = ?1')
    for (const [id, rows] of [
      [1, [['one']]],
      [2, [['two']]],
      [3, []],
      [1, [['one']]],
    ] as const) {
      expect(await database.query(byId, [id])).toEqual(rows)
    }
  })

  describe('refused', () => {
    test.each<[string, unknown, string]>([
      ['undefined', undefined, 'is undefined'],
      ['NaN', Number.NaN, 'is NaN'],
      ['a NUL', 'a\u0000b', 'U+0000'],
      ['half a surrogate pair', 'a\ud83d', 'surrogate'],
      ['2^53', 2 ** 53, 'beyond 2^53'],
      ['an object', { a: 1 }, 'of type object'],
    ])('%s, and nothing of its transaction is stored', async (_name, value, why) => {
      const database = await open()
      await database.script([table])
      const insert = statement('INSERT INTO "v" ("text") VALUES (?1)')
      const written = database.transaction(async (tx) => {
        await tx.run(insert, ['before'])
        await tx.run(insert, [value as Input])
      })
      await expect(written).rejects.toMatchObject({ name: 'DatabaseError', message: expect.stringContaining(why) })
      await expect(database.query(statement('SELECT ?1'), [value as Input])).rejects.toThrow(why)
      expect(await database.query(statement('SELECT count(*) FROM "v"'), [])).toEqual([[0]])
    })

    test('too few and too many values', async () => {
      const database = await open()
      for (const values of [[], [1, 2]]) {
        const wrong = `${values.length} values for 1 parameters`
        await expect(database.query(statement('SELECT ?1'), values)).rejects.toThrow(wrong)
        await expect(database.transaction((tx) => tx.run(statement('SELECT ?1'), values))).rejects.toThrow(wrong)
      }
    })

    test('a stored integer beyond 2^53 − 1 is not rounded', async () => {
      const database = await open()
      await database.script([table, 'INSERT INTO "v" ("integer") VALUES (9007199254740993)'])
      await expect(database.query(statement('SELECT "integer" FROM "v"'), [])).rejects.toMatchObject({ kind: 'other' })
      expect(await database.query(statement('SELECT "integer" - 1, 7 FROM "v"'), []).catch(() => 'refused')).toBe(
        'refused',
      )
      expect(await database.query(statement('SELECT 7'), [])).toEqual([[7]])
    })

    test('a BLOB', async () => {
      const database = await open()
      await expect(database.query(statement("SELECT x'00'"), [])).rejects.toThrow('BLOB')
    })
  })
})
