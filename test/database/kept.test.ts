// Answers that are kept in memory: never older than the last commit, of whoever.

import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Database, kept, long, statement } from '../../runtime/database/database.ts'
import { keepAnswers } from '../../runtime/database/kept.ts'
import { describeEach, kinds, type Open, sharedKinds } from '../helpers/databases.ts'

const insert = statement('INSERT INTO "t" ("n") VALUES (?1)')
const change = statement('UPDATE "t" SET "n" = ?1')
const above = kept(statement('SELECT "n" FROM "t" WHERE "n" > ?1 ORDER BY "n"'))
const count = kept(long(statement('SELECT count(*), ?1 FROM "t"')))

async function openTable(open: Open): Promise<Database> {
  const database = await open()
  await database.script(['CREATE TABLE "t" ("n" INTEGER) STRICT'])
  return database
}

const add = (database: Database, n: number): Promise<unknown> => database.transaction((tx) => tx.run(insert, [n]))

describeEach(kinds, (open) => {
  test('each sees every write before it, also where it was asked again and again', async () => {
    const database = await openTable(open)
    for (let n = 1; n < 6; n += 1) {
      await add(database, n)
      for (let times = 0; times < 4; times += 1) {
        expect(await database.query(above, [1])).toHaveLength(n - 1)
        expect(await database.query(above, [2])).toHaveLength(Math.max(0, n - 2))
        expect(await database.query(count, ['x'])).toEqual([[n, 'x']])
      }
    }
  })

  test('a write that is undone changes nothing', async () => {
    const database = await openTable(open)
    await add(database, 1)
    const work = database.transaction(async (tx) => {
      await tx.run(change, [7])
      expect(await tx.run(above, [0])).toEqual([[7]])
      for (let times = 0; times < 3; times += 1) expect(await database.query(above, [0])).toEqual([[1]])
      throw new Error('mine')
    })
    await expect(work).rejects.toThrow('mine')
    for (let times = 0; times < 3; times += 1) expect(await database.query(above, [0])).toEqual([[1]])
  })

  test('values are told apart by their type', async () => {
    const database = await openTable(open)
    await add(database, 1)
    const typed = kept(statement('SELECT typeof(?1), ?2, ?3 FROM "t"'))
    const asked = [
      [1, 'a', 'b'],
      ['1', 'a', 'b'],
      [{ real: 1 }, 'a', 'b'],
      [null, 'a', 'b'],
      ['null', 'a', 'b'],
      [1, 'a","b', ''],
      [1, 'a', '","b'],
    ] as const
    const expected = asked.map(([first, second, third]) => [
      typeof first === 'string' ? 'text' : first === null ? 'null' : first === 1 ? 'integer' : 'real',
      second,
      third,
    ])
    for (let times = 0; times < 3; times += 1) {
      for (const [index, values] of asked.entries()) {
        expect(await database.query(typed, values)).toEqual([expected[index]])
      }
    }
  })
})

describeEach(sharedKinds, (open) => {
  test('nor are they older than what another process wrote', async () => {
    const first = await openTable(open)
    const second = await open()
    for (let n = 1; n < 6; n += 1) {
      await add(second, n)
      for (let times = 0; times < 4; times += 1) {
        expect(await first.query(count, ['x'])).toEqual([[n, 'x']])
        expect(await first.query(above, [0])).toHaveLength(n)
      }
    }
  })

  test('nor than the schema', async () => {
    const first = await openTable(open)
    const second = await open()
    await add(first, 1)
    for (let times = 0; times < 4; times += 1) expect(await first.query(above, [0])).toEqual([[1]])
    await second.script(['DROP TABLE "t"', 'CREATE TABLE "t" ("n" TEXT) STRICT', `INSERT INTO "t" VALUES ('z')`])
    for (let times = 0; times < 4; times += 1) expect(await first.query(above, [0])).toEqual([['z']])
  })
})

describeEach(['embedded file'], (open, url) => {
  test('where the database cannot be read any more, that is told as of any other read', async () => {
    const database = await openTable(open)
    for (let times = 0; times < 2; times += 1) await database.query(above, [0])
    const second = await open()
    await add(second, 1)
    await second.close()
    writeFileSync(url(), 'x'.repeat(65_536))
    for (let times = 0; times < 3; times += 1)
      await expect(database.query(above, [0])).rejects.toMatchObject({ name: 'DatabaseError', kind: 'other' })
  })
})

test('what is asked for a second time is kept until a commit is counted, or a write has begun', async () => {
  let writes = 0
  let commits = 0
  let reads = 0
  let counted = 0
  const ask = keepAnswers(
    () => writes,
    async () => {
      counted += 1
      return `${commits}`
    },
  )
  const read = async (): Promise<[number][]> => {
    reads += 1
    return [[reads]]
  }
  const asked = async (times: number, value = 'x'): Promise<unknown[]> => {
    const answers: unknown[] = []
    for (let time = 0; time < times; time += 1) answers.push((await ask(above, [value], read))[0]?.[0])
    return answers
  }
  expect(await asked(4)).toEqual([1, 2, 2, 2])
  commits += 1
  expect(await asked(3)).toEqual([3, 3, 3])
  writes += 1
  const before = counted
  expect(await asked(1)).toEqual([4])
  expect(counted).toBe(before)
  expect(await asked(2)).toEqual([5, 5])
  // While it is read, a commit comes: what was read is told, and read again.
  commits += 1
  const late = async (): Promise<[number][]> => {
    commits += 1
    return read()
  }
  expect(await ask(above, ['x'], late)).toEqual([[6]])
  expect(await asked(2)).toEqual([7, 7])
  // An error is not kept.
  commits += 1
  await expect(ask(above, ['x'], () => Promise.reject(new Error('slow')))).rejects.toThrow('slow')
  expect(await asked(2)).toEqual([8, 8])
})

test('memory is bounded: what was asked for long ago is forgotten, and what is very large is not kept', async () => {
  let reads = 0
  const ask = keepAnswers(
    () => 0,
    async () => '',
  )
  const text = 'x'.repeat(200_000)
  const read = async (): Promise<[string][]> => {
    reads += 1
    return [[text]]
  }
  const twice = async (value: string): Promise<void> => {
    for (let times = 0; times < 2; times += 1) await ask(above, [value], read)
  }
  for (let n = 0; n < 200; n += 1) await twice(`n${n}`)
  reads = 0
  await twice('n199')
  expect(reads).toBe(0)
  await twice('n0')
  expect(reads).toBe(2)
  reads = 0
  const large = async (): Promise<[string][]> => {
    reads += 1
    return [[text + text]]
  }
  for (let times = 0; times < 4; times += 1) await ask(above, ['large'], large)
  expect(reads).toBe(4)
})
