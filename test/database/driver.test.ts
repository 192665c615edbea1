// The faults of the embedded driver that the database room is built around, each shown as it is now, beside what we
// make of it. A test that fails here after an update shows what the update cured, and what may become simpler.

import { spawnSync } from 'node:child_process'
import { createClient } from '@libsql/client'
import Libsql from 'libsql'
import { describe, expect, test } from 'vitest'
import { openConnection } from '../../runtime/database/connection.ts'
import type { Database, Input, Row } from '../../runtime/database/contract.ts'
import { openDatabase, statement } from '../../runtime/database/database.ts'
import { smallFile } from '../helpers/small-file.ts'

const file = smallFile()

const insert = `INSERT INTO "t" ("id") VALUES (?1)`

/** Runs a task while another connection holds the write lock. */
async function whileLocked<T>(task: () => T | Promise<T>): Promise<T> {
  const holder = new Libsql(file.path)
  holder.exec('BEGIN IMMEDIATE')
  try {
    return await task()
  } finally {
    holder.exec('COMMIT')
    holder.close()
  }
}

/** Ids as somebody else sees them. */
function stored(): string[] {
  const driver = new Libsql(file.path)
  const rows = driver.prepare('SELECT "id" FROM "t" ORDER BY "id"').raw().all() as [string][]
  driver.close()
  return rows.map(([id]) => id)
}

async function withOurs<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url: file.path, durability: 'normal' })
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}

const ask = (text: string, values: readonly Input[]): Promise<readonly Row[]> =>
  withOurs((database) => database.query(statement(text), values))

/** Through the driver, as it is. */
function askDriver(text: string, values: readonly unknown[]): unknown[] {
  const driver = new Libsql(file.path)
  try {
    return driver.prepare(text).raw().all(values)
  } finally {
    driver.close()
  }
}

describe('after BUSY', () => {
  test('a write is acknowledged and lost', async () => {
    const client = createClient({ url: `file:${file.path}`, concurrency: 1 })
    await expect(whileLocked(() => client.execute({ sql: insert, args: ['c'] }))).rejects.toThrow('SQLITE_BUSY')
    const written = await client.execute({ sql: insert, args: ['d'] })
    const seen = await client.execute('SELECT "id" FROM "t" ORDER BY "id"')
    expect(written.rowsAffected).toBe(1)
    expect(seen.rows.map(({ id }) => id)).toEqual(['a', 'b', 'd'])
    client.close()
    expect(stored()).toEqual(['a', 'b'])
  })

  test('ours waits for the lock, and what it acknowledges is stored', async () => {
    await withOurs(async (database) => {
      const add = (id: string): Promise<unknown> => database.transaction((tx) => tx.run(statement(insert), [id]))
      const writing = await whileLocked(async () => {
        const started = add('c')
        await new Promise((resolve) => setTimeout(resolve, 60))
        return { started }
      })
      await writing.started
      await add('d')
      expect(stored()).toEqual(['a', 'b', 'c', 'd'])
    })
  })

  test('a kept statement writes the values of before', async () => {
    const driver = new Libsql(file.path)
    const kept = driver.prepare(`UPDATE "t" SET "name" = ?1 WHERE "id" = 'a' RETURNING "name"`).raw()
    await expect(whileLocked(() => kept.get('first'))).rejects.toThrow('locked')
    expect(kept.get('second')).toEqual(['first'])
    driver.close()
  })

  test('a kept BEGIN stays half done, and the next COMMIT is refused', async () => {
    const driver = new Libsql(file.path)
    const kept = driver.prepare('BEGIN IMMEDIATE')
    await expect(whileLocked(() => kept.run())).rejects.toThrow('locked')
    driver.exec('BEGIN IMMEDIATE')
    expect(() => driver.exec('COMMIT')).toThrow('SQL statements in progress')
    driver.exec('ROLLBACK')
    driver.close()

    const connection = openConnection(file.path, 'NORMAL', 'write')
    await expect(whileLocked(() => connection.exec('BEGIN IMMEDIATE'))).rejects.toThrow('locked')
    connection.exec('BEGIN IMMEDIATE')
    connection.run(statement(insert), ['c'])
    connection.exec('COMMIT')
    connection.close()
    expect(stored()).toEqual(['a', 'b', 'c'])
  })
})

describe('kept statements', () => {
  test('`all`, then `get`, gives the row of before', async () => {
    const driver = new Libsql(file.path)
    const kept = driver.prepare('SELECT "id" FROM "t" WHERE "id" = ?1').raw()
    expect(kept.all('a')).toEqual([['a']])
    expect(kept.get('nobody')).toEqual(['a'])
    driver.close()

    await withOurs(async (database) => {
      const byId = statement('SELECT "id" FROM "t" WHERE "id" = ?1')
      expect(await database.query(byId, ['a'])).toEqual([['a']])
      expect(await database.query(byId, ['nobody'])).toEqual([])
      expect(await database.query(byId, ['b'])).toEqual([['b']])
    })
  })

  test('outlive their connection', async () => {
    const driver = new Libsql(file.path)
    const kept = driver.prepare('SELECT "id" FROM "t" WHERE "id" = ?1').raw()
    driver.close()
    expect(kept.all('a')).toEqual([['a']])

    const database = await openDatabase({ url: file.path, durability: 'normal' })
    const byId = statement('SELECT "id" FROM "t" WHERE "id" = ?1')
    await database.query(byId, ['a'])
    await database.close()
    await expect(database.query(byId, ['a'])).rejects.toThrow('The database is closed.')
  })
})

describe('rows as objects', () => {
  test('have a key of the driver’s own, and lose columns of one name', async () => {
    const driver = new Libsql(file.path)
    expect(driver.prepare('SELECT 1 AS "a"').get()).toHaveProperty('_metadata')
    expect(driver.prepare('SELECT 1 AS "a", 2 AS "a"').all()).toEqual([{ a: 2 }])
    driver.close()
    expect(await ask('SELECT 1 AS "a", 2 AS "a"', [])).toEqual([[1, 2]])
  })
})

describe('values', () => {
  test('a boolean aborts the process', async () => {
    const program = `
      import Libsql from 'libsql'
      try { new Libsql(':memory:').prepare('SELECT ?1').all([true]) } catch {}
      console.log('alive')`
    const root = new URL('../../', import.meta.url)
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' })
    expect([child.signal, child.stdout]).toEqual(['SIGABRT', ''])
    expect(await ask('SELECT ?1, ?2', [true, false])).toEqual([[1, 0]])
  })

  test('a text that is not UTF-8, as other tools can write it, aborts the process when it is read', () => {
    const program = `
      import Libsql from 'libsql'
      try { new Libsql(':memory:').prepare("SELECT CAST(x'61ff62' AS TEXT)").raw().all([]) } catch {}
      console.log('alive')`
    const root = new URL('../../', import.meta.url)
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' })
    expect([child.signal, child.stdout]).toEqual(['SIGABRT', ''])
  })

  test('a number is REAL, also where it is whole', async () => {
    const values = `SELECT typeof(?1), ?1 / 2, json_object('a', ?1), cast(?1 AS TEXT)`
    expect(askDriver(values, [5])).toEqual([['real', 2.5, '{"a":5.0}', '5.0']])
    expect(await ask(values, [5])).toEqual([['integer', 2, '{"a":5}', '5']])
  })

  test.each<[string, unknown, unknown]>([
    ['undefined and NaN become NULL', undefined, null],
    ['NaN becomes NULL', Number.NaN, null],
    ['a text is cut at U+0000', 'a\u0000b', 'a'],
    ['half of a surrogate pair becomes another character', 'a\ud800b', 'a\ufffdb'],
  ])('%s', async (_name, given, got) => {
    expect(askDriver('SELECT ?1', [given])).toEqual([[got]])
    await expect(ask('SELECT ?1', [given as Input])).rejects.toThrow('The value for ?1')
  })

  test('a large integer is rounded in silence', async () => {
    expect(askDriver('SELECT 9007199254740993', [])).toEqual([[9007199254740992]])
    await expect(ask('SELECT 9007199254740993', [])).rejects.toThrow('9007199254740993 is beyond 2^53')
  })

  test('too few and too many are accepted in silence', async () => {
    expect(askDriver('SELECT ?1, ?2', ['a'])).toEqual([['a', null]])
    expect(askDriver('SELECT ?1', ['a', 'b'])).toEqual([['a']])
    await expect(ask('SELECT ?1, ?2', ['a'])).rejects.toThrow('1 values for 2 parameters')
    await expect(ask('SELECT ?1', ['a', 'b'])).rejects.toThrow('2 values for 1 parameters')
  })
})

describe('statements', () => {
  test('a second one is dropped in silence', () => {
    const two = `INSERT INTO "t" ("id") VALUES ('c'); INSERT INTO "t" ("id") VALUES ('d')`
    const driver = new Libsql(file.path)
    expect(driver.prepare(two).run().changes).toBe(1)
    driver.close()
    expect(stored()).toEqual(['a', 'b', 'c'])
    expect(() => statement(two)).toThrow('A statement must be alone')
  })

  test('one with RETURNING counts no changes, and ours gives its rows', async () => {
    const client = createClient({ url: `file:${file.path}` })
    const written = await client.execute(`INSERT INTO "t" ("id") VALUES ('c') RETURNING "id"`)
    client.close()
    expect([written.rowsAffected, written.rows.length]).toEqual([0, 1])
    const returning = statement(`${insert} RETURNING "id"`)
    expect(await withOurs((database) => database.transaction((tx) => tx.run(returning, ['d'])))).toEqual([['d']])
  })
})

test('settings hold for one connection, and the client has several', async () => {
  const client = createClient({ url: `file:${file.path}` })
  await client.execute('PRAGMA cache_size = 123')
  const busy = await client.transaction('write')
  const other = await client.execute('PRAGMA cache_size')
  expect(other.rows[0]?.cache_size).not.toBe(123)
  await busy.rollback()
  client.close()

  const settings = 'foreign_keys journal_mode synchronous cache_size'.split(' ')
  await withOurs(async (database) => {
    for (const name of settings) {
      const pragma = statement(`PRAGMA ${name}`)
      expect(await database.query(pragma, [])).toEqual(await database.transaction((tx) => tx.run(pragma, [])))
    }
    const four = statement(
      'SELECT * FROM pragma_foreign_keys, pragma_journal_mode, pragma_synchronous, pragma_cache_size',
    )
    expect(await database.query(four, [])).toEqual([[1, 'wal', 1, -16_384]])
  })
})
