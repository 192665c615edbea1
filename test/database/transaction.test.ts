// The contract of every database: a transaction is stored whole or not at all, one after the other, seen by nobody before.

import { describe, expect, test } from 'vitest'
import { type Database, statement, type Transaction } from '../../runtime/database/database.ts'
import { describeEach, kinds, sharedKinds } from '../helpers/databases.ts'

const table = 'CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL UNIQUE) STRICT'
const insert = statement('INSERT INTO "t" ("name") VALUES (?1)')
const select = statement('SELECT "name" FROM "t" ORDER BY "id"')

const names = async (from: Database): Promise<unknown[]> => (await from.query(select, [])).map(([name]) => name)
const add = (tx: Transaction, name: string): Promise<unknown> => tx.run(insert, [name])

describeEach(kinds, (open) => {
  const openTable = async (...limits: Parameters<typeof open>): Promise<Database> => {
    const database = await open(...limits)
    await database.script([table])
    return database
  }

  test('commits, and gives what its work gives', async () => {
    const database = await openTable()
    const given = await database.transaction(async (tx) => {
      await add(tx, 'a')
      await add(tx, 'b')
      return tx.run(select, [])
    })
    expect(given).toEqual([['a'], ['b']])
    expect(await names(database)).toEqual(['a', 'b'])
  })

  test('may have no statement', async () => {
    const database = await openTable()
    expect(await database.transaction(async () => 7)).toBe(7)
  })

  test('rolls back when its work throws, and throws on that very error', async () => {
    const database = await openTable()
    const mine = new Error('mine')
    const work = database.transaction(async (tx) => {
      await add(tx, 'a')
      throw mine
    })
    await expect(work).rejects.toBe(mine)
    await expect(database.transaction(() => Promise.reject(mine))).rejects.toBe(mine)
    expect(await names(database)).toEqual([])
    await database.transaction((tx) => add(tx, 'b'))
    expect(await names(database)).toEqual(['b'])
  })

  test('is seen by itself alone until it is committed', async () => {
    const database = await openTable()
    await database.transaction(async (tx) => {
      await add(tx, 'a')
      expect(await tx.run(select, [])).toEqual([['a']])
      expect(await names(database)).toEqual([])
    })
    expect(await names(database)).toEqual(['a'])
  })

  test('a failed statement fails all of it, also when its error is caught', async () => {
    const database = await openTable()
    const work = database.transaction(async (tx) => {
      await add(tx, 'a')
      await add(tx, 'a').catch(() => undefined)
      await expect(add(tx, 'b')).rejects.toMatchObject({ kind: 'unique' })
    })
    await expect(work).rejects.toMatchObject({ kind: 'unique', table: 't', columns: ['name'] })
    expect(await names(database)).toEqual([])
  })

  test('a refused value fails all of it, also when its error is caught', async () => {
    const database = await openTable()
    const work = database.transaction(async (tx) => {
      await add(tx, 'a')
      await tx.run(insert, [Number.NaN]).catch(() => undefined)
    })
    await expect(work).rejects.toThrow('is NaN')
    expect(await names(database)).toEqual([])
  })

  test('statements that were not waited for are part of it', async () => {
    const database = await openTable()
    await database.transaction(async (tx) => {
      void add(tx, 'a')
      void add(tx, 'b')
    })
    expect(await names(database)).toEqual(['a', 'b'])
    const work = database.transaction(async (tx) => {
      void add(tx, 'c')
      add(tx, 'a').catch(() => undefined)
    })
    await expect(work).rejects.toMatchObject({ kind: 'unique' })
    expect(await names(database)).toEqual(['a', 'b'])
  })

  test('its handle is of no use after it', async () => {
    const database = await openTable()
    let kept: Transaction | undefined
    await database.transaction(async (tx) => {
      kept = tx
    })
    await expect(add(kept as Transaction, 'late')).rejects.toThrow('The transaction has ended.')
    expect(await names(database)).toEqual([])
  })

  test('500 at once run one after the other, in their order; none fails, none is lost', async () => {
    const database = await openTable()
    const wanted = Array.from({ length: 500 }, (_, index) => `n${index}`)
    let inside = 0
    const order: unknown[] = []
    await Promise.all(
      wanted.map((name) =>
        database.transaction(async (tx) => {
          inside += 1
          expect(inside).toBe(1)
          const [row] = await tx.run(statement('SELECT count(*) FROM "t"'), [])
          order.push(row?.[0])
          await add(tx, name)
          inside -= 1
        }),
      ),
    )
    expect(order).toEqual(wanted.map((_, index) => index))
    expect(await names(database)).toEqual(wanted)
  })

  test('one that fails does not hold up the next', async () => {
    const database = await openTable()
    const works = ['a', 'a', 'b', 'b', 'c'].map((name) => database.transaction((tx) => add(tx, name)))
    const settled = await Promise.allSettled(works)
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true])
    expect(await names(database)).toEqual(['a', 'b', 'c'])
  })

  test('has a time limit, is rolled back at it and leaves the way free', async () => {
    const database = await openTable({ transaction: 400 })
    let proceed = (): void => {}
    const waiting = new Promise<void>((resolve) => {
      proceed = resolve
    })
    let late: Promise<unknown> = Promise.resolve()
    const work = database.transaction(async (tx) => {
      await add(tx, 'a')
      await waiting
      late = add(tx, 'late')
      await late
    })
    const next = database.transaction((tx) => add(tx, 'next'))
    await expect(work).rejects.toThrow('A transaction took longer than 0.4 seconds and was rolled back')
    await next
    proceed()
    await expect(Promise.resolve().then(() => late)).rejects.toThrow('The transaction has ended.')
    expect(await names(database)).toEqual(['next'])
  })

  test('one inside another is told at the time limit', async () => {
    const database = await openTable({ transaction: 400 })
    let inner: Promise<unknown> = Promise.resolve()
    const outer = database.transaction(async (tx) => {
      await add(tx, 'outer')
      inner = database.transaction((inside) => add(inside, 'inner'))
      await inner
    })
    await expect(outer).rejects.toThrow('or for another transaction, which waits for this one')
    await inner
    expect(await names(database)).toEqual(['inner'])
  })

  describe('a script', () => {
    test('is stored whole', async () => {
      const database = await openTable()
      await database.script([`INSERT INTO "t" ("name") VALUES ('a')`, `INSERT INTO "t" ("name") VALUES ('b')`])
      expect(await names(database)).toEqual(['a', 'b'])
    })

    test.each([
      ['fails', `INSERT INTO "t" ("name") VALUES ('a')`],
      ['is no SQL', 'INSRT'],
      ['has a second one', `DELETE FROM "t"; DELETE FROM "t"`],
      ['has a parameter', `INSERT INTO "t" ("name") VALUES (?1)`],
    ])('or not at all, when a statement of it %s', async (_why, wrong) => {
      const database = await openTable()
      const texts = ['CREATE TABLE "u" ("a" TEXT)', `INSERT INTO "t" ("name") VALUES ('a')`, wrong]
      await expect(database.script(texts)).rejects.toThrow(expect.objectContaining({ name: 'DatabaseError' }))
      expect(await names(database)).toEqual([])
      expect(await database.query(statement(`SELECT count(*) FROM "sqlite_schema" WHERE "name" = 'u'`), [])).toEqual([
        [0],
      ])
    })
  })
})

describeEach(sharedKinds, (open) => {
  test('two that use one database take turns', async () => {
    const first = await open()
    const second = await open()
    await first.script(['CREATE TABLE "c" ("n" INTEGER NOT NULL) STRICT', 'INSERT INTO "c" VALUES (0)'])
    const read = statement('SELECT "n" FROM "c"')
    const write = statement('UPDATE "c" SET "n" = ?1')
    const increment = (database: Database): Promise<unknown> =>
      database.transaction(async (tx) => {
        const [row] = await tx.run(read, [])
        await new Promise((resolve) => setImmediate(resolve))
        await tx.run(write, [Number(row?.[0]) + 1])
      })
    await Promise.all(Array.from({ length: 60 }, (_, index) => increment(index % 2 === 0 ? first : second)))
    expect(await first.query(read, [])).toEqual([[60]])
    expect(await second.query(read, [])).toEqual([[60]])
  })

  test('a lock that others hold for too long is told as busy, and nothing is stored', async () => {
    const first = await open()
    const second = await open({ busy: 100 })
    await first.script([table])
    await first.transaction(async (tx) => {
      await add(tx, 'first')
      const work = second.transaction((other) => add(other, 'second'))
      await expect(work).rejects.toMatchObject({ name: 'DatabaseError', kind: 'busy' })
      expect(await names(second)).toEqual([])
    })
    await second.transaction((tx) => add(tx, 'after'))
    expect(await names(first)).toEqual(['first', 'after'])
  })
})
