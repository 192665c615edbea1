// Reads that take long: nobody waits for them, they are ended in time, and leave everything as it was.

import { expect, test } from 'vitest'
import type { Database, Limits, Transaction } from '../../runtime/database/database.ts'
import { long, single, statement } from '../../runtime/database/database.ts'
import { describeEach, type Kind, kinds, type Open } from '../helpers/databases.ts'

const embedded: readonly Kind[] = ['embedded file', ':memory:']

/** Counts up to ?1: seconds for a hundred million. */
const counting = 'WITH RECURSIVE "c" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "c" WHERE "n" < ?1) SELECT'
const count = long(single(statement(`${counting} count(*) FROM "c"`)))
const list = long(statement(`${counting} "n", 'n' || "n", "n" FROM "c" ORDER BY "n" % 2, "n" DESC`))
const forever = 100_000_000

const add = statement('INSERT INTO "t" ("n") VALUES (?1)')
const sum = statement('SELECT count(*) FROM "t"')

async function openTable(open: Open, limits?: Partial<Limits>): Promise<Database> {
  const database = await open(limits)
  await database.script(['CREATE TABLE "t" ("n" INTEGER) STRICT'])
  return database
}

const total = async (database: Database): Promise<unknown> => (await database.query(sum, []))[0]?.[0]

describeEach(kinds, (open) => {
  test('a long read answers as any other, in its order, and sees what was written before', async () => {
    const database = await openTable(open)
    expect(await database.query(count, [1_000])).toEqual([[1_000]])
    const rows = await database.query(list, [400])
    const order = Array.from({ length: 400 }, (_, at) => (at < 200 ? 400 - 2 * at : 799 - 2 * at))
    expect(rows).toEqual(order.map((n) => [n, `n${n}`, n]))
    const seen = long(sum)
    for (let n = 0; n < 5; n += 1) {
      expect(await database.query(seen, [])).toEqual([[n]])
      await database.transaction((tx) => tx.run(add, [n]))
    }
  })

  test('in a transaction, statements keep their order around a long one', async () => {
    const database = await openTable(open)
    const seen = long(sum)
    const rows = await database.transaction((tx) =>
      Promise.all([tx.run(add, [1]), tx.run(seen, []), tx.run(add, [2]), tx.run(sum, []), tx.run(seen, [])]),
    )
    expect(rows).toEqual([[], [[1]], [], [[2]], [[2]]])
    expect(await total(database)).toBe(2)
  })

  test('a snapshot shows one state, locks nothing and writes nothing', async () => {
    const database = await openTable(open)
    const other = database.kind === 'remote' ? await open() : database
    const seen = await database.snapshot(async (tx) => {
      const first = await tx.run(sum, [])
      await other.transaction((writing) => writing.run(add, [1]))
      return [first, await tx.run(sum, []), await tx.run(long(sum), [])]
    })
    expect(seen).toEqual([[[0]], [[0]], [[0]]])
    expect(await total(database)).toBe(1)
    await expect(database.snapshot((tx) => tx.run(add, [2]))).rejects.toMatchObject({ name: 'DatabaseError' })
    expect(await database.snapshot((tx) => tx.run(sum, []))).toEqual([[1]])
  })
})

describeEach(embedded, (open) => {
  test('others read and write while one takes long', async () => {
    const database = await openTable(open, { long: 600 })
    let ended = false
    const slow = database.query(count, [forever]).finally(() => {
      ended = true
    })
    let done = 0
    for (; !ended && done < 200; done += 1) {
      await database.transaction((tx) => tx.run(add, [done]))
      expect(await total(database)).toBe(done + 1)
    }
    expect(done).toBe(200)
    await expect(slow).rejects.toMatchObject({ name: 'DatabaseError', kind: 'slow' })
    expect(await database.query(count, [5])).toEqual([[5]])
  })

  test.each([
    ['a statement', { long: 60 }, 'slow'],
    ['its transaction', { transaction: 60 }, 'other'],
  ])('a long read that takes longer than %s may is ended, and nothing is stored', async (_what, limits, kind) => {
    const database = await openTable(open, limits)
    const work = async (tx: Transaction): Promise<unknown> => {
      await tx.run(add, [1])
      const slow = tx.run(count, [forever])
      await Promise.allSettled([slow, tx.run(add, [2])])
      return slow
    }
    await expect(database.transaction(work)).rejects.toMatchObject({ name: 'DatabaseError', kind })
    expect(await total(database)).toBe(0)
    await database.transaction((tx) => tx.run(add, [3]))
    expect(await total(database)).toBe(1)
  })

  test.each([
    ['a refusal after it', { long: 5_000 }, 'mine'],
    ['its time limit', { long: 60 }, 'A statement took too long'],
    ['that of its transaction', { transaction: 60 }, 'A transaction took longer'],
  ])('a long read beside a change of what is searched leaves nothing locked at %s', async (_what, limits, message) => {
    const database = await openTable(open, { busy: 500, ...limits })
    await database.script([
      'CREATE VIRTUAL TABLE "found" USING fts5("word")',
      `CREATE TRIGGER "find" AFTER INSERT ON "t" BEGIN INSERT INTO "found" VALUES ('word'); END`,
    ])
    const work = async (tx: Transaction): Promise<void> => {
      await tx.run(add, [1])
      await tx.run(count, [1])
      await tx.run(add, [2])
      if (message !== 'mine') await tx.run(count, [forever])
      throw new Error('mine')
    }
    for (let times = 0; times < 2; times += 1) {
      await expect(database.transaction(work)).rejects.toThrow(message)
      expect(await total(database)).toBe(times)
      await database.transaction((tx) => tx.run(add, [4]))
    }
  })

  test('the long reads of a transaction share one time', async () => {
    const database = await openTable(open, { long: 300 })
    const brief = async (tx: Transaction): Promise<number> => {
      for (let times = 0; ; times += 1) {
        const [row] = await tx.run(count, [100_000])
        if (row?.[0] !== 100_000) return times
      }
    }
    await expect(database.transaction(brief)).rejects.toMatchObject({ kind: 'slow' })
  })

  test('more long reads than fit at once wait their turn, and give up in the end', async () => {
    const patient = await openTable(open)
    const brief = await Promise.all(Array.from({ length: 200 }, (_, n) => patient.query(count, [n + 1])))
    expect(brief).toEqual(Array.from({ length: 200 }, (_, n) => [[n + 1]]))
    const database = await open({ long: 200, busy: 300 })
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => database.query(count, [forever])))
    const found = new Set(outcomes.map((one) => (one.status === 'rejected' ? one.reason.kind : 'answered')))
    expect(found).toEqual(new Set(['slow', 'busy']))
  })

  test('closing waits for what runs, and refuses what waits', async () => {
    const database = await openTable(open, { long: 100 })
    const reads = Array.from({ length: 20 }, () => database.query(count, [forever]))
    const outcomes = Promise.allSettled(reads)
    await database.close()
    const told = new Set((await outcomes).map((one) => (one.status === 'rejected' ? one.reason.kind : 'answered')))
    expect(told).toEqual(new Set(['slow', 'other']))
  })
})

describeEach(['embedded file'], (open) => {
  test('writes that wait behind a lock give up together', async () => {
    const first = await openTable(open)
    const second = await open({ busy: 500 })
    await first.transaction(async (tx) => {
      await tx.run(add, [1])
      const writes = Array.from({ length: 200 }, (_, n) => second.transaction((other) => other.run(add, [n])))
      const kinds = writes.map((write) => write.catch(({ kind }) => kind))
      // One after another they would try two hundred times more.
      const late = new Promise((resolve) => setTimeout(resolve, 5 * 500, 'late'))
      expect(await Promise.race([Promise.all(kinds), late])).toEqual(Array(200).fill('busy'))
    })
    await second.transaction((tx) => tx.run(add, [9]))
    expect(await total(first)).toBe(2)
  })
})
