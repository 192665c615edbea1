// Group commit: transactions that wait at the same time are committed together, and each stays whole on its own.

import { expect, test } from 'vitest'
import { type Database, long, single, statement, type Transaction } from '../../runtime/database/database.ts'
import { DatabaseError } from '../../runtime/database/errors.ts'
import { describeEach, type Kind, type Open, sharedKinds } from '../helpers/databases.ts'

const embedded: readonly Kind[] = ['embedded file', ':memory:']

const tables = [
  'CREATE TABLE "child" ("of" INTEGER REFERENCES "t" ("id") DEFERRABLE INITIALLY DEFERRED) STRICT',
  'CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL UNIQUE) STRICT',
  // Names that end what SQLite was doing: the statement alone, or everything since BEGIN.
  `CREATE TRIGGER "abort" AFTER INSERT ON "t" WHEN NEW."name" = 'abort' BEGIN SELECT RAISE(ABORT, 'no'); END`,
  `CREATE TRIGGER "rollback" AFTER INSERT ON "t" WHEN NEW."name" = 'rollback' BEGIN SELECT RAISE(ROLLBACK, 'no'); END`,
]
const insert = statement('INSERT INTO "t" ("name") VALUES (?1)')
const select = statement('SELECT "name" FROM "t" ORDER BY "id"')
const overflow = statement('SELECT abs(-9223372036854775808)')

async function openTable(open: Open, ...limits: Parameters<Open>): Promise<Database> {
  const database = await open(...limits)
  await database.script(tables)
  return database
}

const names = async (from: Database): Promise<unknown[]> => (await from.query(select, [])).map(([name]) => name)
const add = (tx: Transaction, name: string): Promise<unknown> => tx.run(insert, [name])
const adding = (database: Database, ...all: string[]): Promise<unknown>[] =>
  all.map((name) => database.transaction((tx) => add(tx, name)))

const outcomes = async (works: readonly Promise<unknown>[]): Promise<unknown[]> =>
  (await Promise.allSettled(works)).map((one) => (one.status === 'fulfilled' ? 'stored' : one.reason.kind))

describeEach(embedded, (open) => {
  test('a transaction that fails takes back its own rows, and no others', async () => {
    const database = await openTable(open)
    const both = (first: string, second: string) =>
      database.transaction(async (tx) => {
        await add(tx, first)
        await add(tx, second)
      })
    const works = [both('a', 'b'), both('c', 'a'), both('d', 'e'), both('f', 'abort'), both('c', 'g')]
    expect(await outcomes(works)).toEqual(['stored', 'unique', 'stored', 'other', 'stored'])
    expect(await names(database)).toEqual(['a', 'b', 'd', 'e', 'c', 'g'])
  })

  test('each sees those before it, and nobody else sees any of them before all are stored', async () => {
    const database = await openTable(open)
    const seen: unknown[] = []
    const works = ['a', 'b', 'c'].map((name) =>
      database.transaction(async (tx) => {
        await add(tx, name)
        seen.push([(await tx.run(select, [])).length, (await names(database)).length])
      }),
    )
    // Asked while they are run, since each waits for a reading connection.
    await Promise.all(works)
    expect(seen).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    expect(await names(database)).toEqual(['a', 'b', 'c'])
  })

  test('what one throws is told after the commit, in the order of the calls', async () => {
    const database = await openTable(open)
    const told: string[] = []
    const tell = (name: string) => async (): Promise<void> => {
      told.push(`${name} ${(await names(database)).join()}`)
    }
    const works = adding(database, 'a', 'a', 'b')
    await Promise.all(works.map((work, index) => work.then(tell(`${index} stored`), tell(`${index} refused`))))
    expect(told.toSorted()).toEqual(['0 stored a,b', '1 refused a,b', '2 stored a,b'])
  })

  test('errors that are no constraint leave the others as they are, also after a statement that returns rows', async () => {
    const database = await openTable(open)
    const returning = single(statement('INSERT INTO "t" ("name") VALUES (?1) RETURNING "id"'))
    const works = [
      ...adding(database, 'a'),
      database.transaction(async (tx) => {
        await tx.run(returning, ['b'])
        await tx.run(overflow, [])
      }),
      database.transaction((tx) => tx.run(returning, ['abort'])),
      database.transaction((tx) => tx.run(insert, [Number.NaN])),
      database.transaction((tx) => tx.run(returning, ['c'])),
    ]
    expect(await outcomes(works)).toEqual(['stored', 'other', 'other', 'other', 'stored'])
    expect(await names(database)).toEqual(['a', 'c'])
    expect(await outcomes(adding(database, 'd', 'a', 'e'))).toEqual(['stored', 'unique', 'stored'])
    expect(await names(database)).toEqual(['a', 'c', 'd', 'e'])
  })

  test('where SQLite rolls back everything, the others are told to try again, and nothing is stored', async () => {
    const database = await openTable(open)
    const works = adding(database, 'a', 'rollback', 'b')
    expect(await outcomes(works)).toEqual(['busy', 'other', 'busy'])
    await expect(works[0]).rejects.toThrow(
      /^Writes were undone because one that was to be committed with them failed: no\b/,
    )
    await expect(works[1]).rejects.toThrow('no')
    expect(await names(database)).toEqual([])
    expect(await outcomes(adding(database, 'a', 'b'))).toEqual(['stored', 'stored'])
    expect(await names(database)).toEqual(['a', 'b'])
  })

  test('after one that met a lock the connection is not trusted with the others', async () => {
    const database = await openTable(open)
    const busy = new DatabaseError('busy', 'mine')
    const works = [...adding(database, 'a'), database.transaction(() => Promise.reject(busy)), ...adding(database, 'b')]
    expect(await outcomes(works)).toEqual(['busy', 'busy', 'busy'])
    await expect(works[1]).rejects.toBe(busy)
    expect(await names(database)).toEqual([])
    expect(await outcomes(adding(database, 'a', 'b'))).toEqual(['stored', 'stored'])
  })

  test('where the commit fails, everybody is told why, and nothing is stored', async () => {
    const database = await openTable(open)
    const orphan = (tx: Transaction) => tx.run(statement('INSERT INTO "child" VALUES (7)'), [])
    const works = [...adding(database, 'a', 'a'), database.transaction(orphan), ...adding(database, 'b')]
    expect(await outcomes(works)).toEqual(['foreignKey', 'foreignKey', 'foreignKey', 'foreignKey'])
    expect(await names(database)).toEqual([])
    expect(await outcomes(adding(database, 'a', 'b'))).toEqual(['stored', 'stored'])
    expect(await names(database)).toEqual(['a', 'b'])
  })

  test('one at its time limit is undone, and the others are stored', async () => {
    const database = await openTable(open, { transaction: 200 })
    const works = [
      ...adding(database, 'a'),
      database.transaction(async (tx) => {
        await add(tx, 'stuck')
        await new Promise(() => {})
      }),
      ...adding(database, 'b'),
    ]
    expect(await outcomes(works)).toEqual(['stored', 'other', 'stored'])
    expect(await names(database)).toEqual(['a', 'b'])
  })

  test('nobody but those behind it waits for one that is alone', async () => {
    const database = await openTable(open)
    const ended: string[] = []
    const noting = (name: string) => () => {
      ended.push(name)
    }
    const count = long(
      single(
        statement(
          'WITH RECURSIVE "c" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "c" WHERE "n" < ?1) SELECT count(*) FROM "c"',
        ),
      ),
    )
    const works = [
      ...adding(database, 'a', 'b'),
      database.transaction(async (tx) => {
        ended.push((await names(database)).join())
        await add(tx, 'alone')
        await tx.run(count, [100_000])
        ended.push((await names(database)).join())
      }, 'alone'),
      ...adding(database, 'c', 'd'),
    ]
    await Promise.all(works.map((work, index) => work.then(noting(String(index)))))
    expect(ended).toEqual(['0', '1', 'a,b', 'a,b', '2', '3', '4'])
    expect(await names(database)).toEqual(['a', 'b', 'alone', 'c', 'd'])
  })

  test('those under way are stored before the database is closed, and later ones are not begun', async () => {
    const database = await openTable(open)
    const works = adding(database, ...Array.from({ length: 200 }, (_, index) => `n${index}`))
    const stored = outcomes(works)
    const closing = database.close()
    const late = outcomes(adding(database, 'late', 'later'))
    await closing
    expect(new Set(await stored)).toEqual(new Set(['stored']))
    expect(await late).toEqual(['other', 'other'])
  })
})

describeEach(sharedKinds, (open) => {
  test('while another process has the lock each waits for as long as it may, and no longer', async () => {
    const first = await openTable(open)
    const second = await open({ busy: 150 })
    let works: Promise<unknown>[] = []
    await first.transaction(async (tx) => {
      await add(tx, 'first')
      works = adding(second, 'a', 'b', 'c')
      expect(await outcomes(works)).toEqual(['busy', 'busy', 'busy'])
    })
    expect(await outcomes(adding(second, 'd', 'e'))).toEqual(['stored', 'stored'])
    expect(await names(first)).toEqual(['first', 'd', 'e'])
  })
})
