// Statements of which one row comes at most: how the driver fetches it, and what is kept from going wrong with it.

import Libsql from 'libsql'
import { describe, expect, test } from 'vitest'
import { openConnection } from '../../runtime/database/connection.ts'
import { openDatabase, single, statement } from '../../runtime/database/database.ts'
import { smallFile } from '../helpers/small-file.ts'

const file = smallFile()

describe('a single row', () => {
  const upper = `SELECT CASE ?1 WHEN 'bad' THEN json_extract('{', '$') ELSE upper(?1) END`

  test('a statement that failed fails for ever, and ours is made anew', async () => {
    const driver = new Libsql(file.path)
    const kept = driver.prepare(upper).raw()
    expect(() => kept.get('bad')).toThrow('malformed JSON')
    expect(() => kept.get('a')).toThrow('malformed JSON')
    driver.close()

    const one = single(statement(upper))
    const connection = openConnection(file.path, 'NORMAL', 'read')
    expect(() => connection.run(one, ['bad'])).toThrow('malformed JSON')
    expect(connection.run(one, ['a'])).toEqual([['A']])
    connection.close()
  })

  test('does not meddle with the same text asked for all its rows', () => {
    const text = 'SELECT "id" FROM "t" WHERE "id" = ?1'
    const connection = openConnection(file.path, 'NORMAL', 'read')
    expect(connection.run(statement(text), ['a'])).toEqual([['a']])
    expect(connection.run(single(statement(text)), ['nobody'])).toEqual([])
    expect(connection.run(single(statement(text)), ['b'])).toEqual([['b']])
    expect(connection.run(statement(text), ['nobody'])).toEqual([])
    connection.close()
  })

  test('is let go of, so that others can write and clear the journal', () => {
    const connection = openConnection(file.path, 'NORMAL', 'read')
    const first = single(statement('SELECT "name" FROM "t" ORDER BY "id"'))
    expect(connection.run(first, [])).toEqual([['one']])
    const driver = new Libsql(file.path)
    driver.exec(`UPDATE "t" SET "name" = 'new'`)
    expect(driver.prepare('PRAGMA wal_checkpoint(TRUNCATE)').raw().all([])).toEqual([[0, 0, 0]])
    driver.close()
    expect(connection.run(first, [])).toEqual([['new']])
    connection.close()
  })

  test.each([
    ['an insert', `INSERT INTO "child" VALUES ('y', 'nobody') RETURNING "id"`],
    ['an update', `UPDATE "child" SET "of" = 'nobody' RETURNING "id"`],
    ['a delete', `DELETE FROM "t" WHERE "id" = 'a' RETURNING "id"`],
  ])('is checked like any other: foreign keys after %s', async (_name, text) => {
    const driver = new Libsql(file.path)
    driver.exec(`CREATE TABLE "child" ("id" TEXT PRIMARY KEY, "of" TEXT REFERENCES "t") STRICT`)
    driver.exec(`INSERT INTO "child" VALUES ('x', 'a')`)
    driver.close()
    const database = await openDatabase({ url: file.path, durability: 'normal' })
    const write = database.transaction((tx) => tx.run(single(statement(text)), []))
    await expect(write).rejects.toMatchObject({ kind: 'foreignKey' })
    await database.close()
  })
})
