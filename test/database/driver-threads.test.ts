// What the asynchronous half of the embedded driver does on its threads and what on ours, beside what we make of it.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Asynchronous from 'libsql/promise'
import { describe, expect, test } from 'vitest'
import { openConnection } from '../../runtime/database/connection.ts'
import { statement } from '../../runtime/database/database.ts'
import { smallFile } from '../helpers/small-file.ts'

const file = smallFile()

describe('a read on a thread of the driver', () => {
  const counting = `WITH RECURSIVE "c" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "c" WHERE "n" < ?1) SELECT`
  const count = `${counting} count(*) FROM "c"`
  const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void

  /** Whether a read of some seconds ends while garbage is collected: only when the process stands still for it. */
  const isHeldUp = async (read: Promise<unknown>): Promise<boolean> => {
    let ended = false
    read
      .catch(() => undefined)
      .finally(() => {
        ended = true
      })
    for (let times = 0; times < 2; times += 1) {
      await pause(20)
      collect()
      await pause(20)
    }
    return ended
  }

  test('takes the rows after the first on ours, unless all are made for the first', async () => {
    const far = `${counting} "n" FROM "c" WHERE "n" % 4999999 = 1`
    const turnsOf = async (read: Promise<unknown>): Promise<number> => {
      let turns = 0
      const timer = setInterval(() => {
        turns += 1
      }, 2)
      await read
      clearInterval(timer)
      return turns
    }
    const driver = new Asynchronous(file.path, {})
    const prepared = await driver.prepare(far)
    expect(await turnsOf(prepared.all([5_000_000]))).toBeLessThan(10)
    driver.close()

    const connection = openConnection(file.path, 'NORMAL', 'read')
    expect(await turnsOf(connection.runAside(statement(far), [5_000_000]))).toBeGreaterThan(20)
    connection.close()
  })

  test('holds up the process when a statement of its connection is collected; ours are not', async () => {
    const driver = new Asynchronous(file.path, {})
    const slow = await driver.prepare(count)
    for (let n = 0; n < 5; n += 1) await driver.prepare('SELECT 1')
    expect(await isHeldUp(slow.all([30_000_000]))).toBe(true)
    driver.close()

    const connection = openConnection(file.path, 'NORMAL', 'read')
    const failing = connection.runAside(statement('SELECT json(?1)'), ['{'])
    await expect(failing).rejects.toThrow('malformed JSON')
    const ours = connection.runAside(statement(count), [1_000_000_000])
    expect(await isHeldUp(ours)).toBe(false)
    connection.interrupt()
    await expect(ours).rejects.toThrow('interrupted')
    connection.close()
  })
})
