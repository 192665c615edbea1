// Connections of the embedded database: which are replaced and when, and what one that only reads refuses.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Connection, openConnection } from '../../runtime/database/connection.ts'
import { DatabaseError } from '../../runtime/database/errors.ts'
import { type Holder, holdConnection } from '../../runtime/database/hold.ts'
import { statement } from '../../runtime/database/statement.ts'

let folder = ''
let opened: Connection[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-hold-'))
  opened = []
})

afterEach(() => {
  for (const connection of opened) connection.close()
  rmSync(folder, { recursive: true, force: true })
})

function connect(use: 'read' | 'write' = 'write'): Connection {
  const connection = openConnection(join(folder, 'app.db'), 'NORMAL', use)
  opened.push(connection)
  return connection
}

const hold = (busy = 1_000): Holder => holdConnection(() => connect(), busy)

/** The number of the connection in use, in the order in which they were opened. */
const current = (holder: Holder): Promise<number> => holder.use((connection) => opened.indexOf(connection))

describe('a held connection', () => {
  test('is opened once, and kept', async () => {
    const holder = hold()
    expect([await current(holder), await current(holder), opened.length]).toEqual([0, 0, 1])
  })

  test.each([
    ['is replaced after an error of the driver', new Error('disk I/O error'), 1],
    ['is kept after a refused value', new DatabaseError('other', 'The value for ?1 is NaN.'), 0],
  ])('%s', async (_what, error, number) => {
    const holder = hold()
    const failing = holder.use(() => {
      throw error
    })
    await expect(failing).rejects.toBe(error)
    expect(await current(holder)).toBe(number)
  })

  test('is replaced when it is full of statements', async () => {
    const holder = hold()
    for (let n = 0; n < 1_200; n += 1) await holder.use((connection) => connection.run(statement(`SELECT ${n}`), []))
    expect([await current(holder), opened.length]).toEqual([2, 3])
  })

  test('is replaced after BUSY, and the task is run again', async () => {
    const other = connect()
    const holder = hold()
    other.exec('BEGIN IMMEDIATE')
    const used: number[] = []
    await holder.use((connection) => {
      used.push(opened.indexOf(connection))
      if (used.length === 3) other.exec('COMMIT')
      connection.exec('BEGIN IMMEDIATE')
      connection.exec('COMMIT')
    })
    expect(used).toEqual([1, 2, 3])
  })

  test('is given up on when the lock is held for too long', async () => {
    connect().exec('BEGIN IMMEDIATE')
    const holder = hold(50)
    const begin = holder.use((connection) => connection.exec('BEGIN IMMEDIATE'))
    const message = 'The database was locked by others for 0.05 seconds.'
    await expect(begin).rejects.toMatchObject({ name: 'DatabaseError', kind: 'busy', message })
  })

  test('is not opened again once it is closed', async () => {
    const holder = hold()
    await current(holder)
    holder.close()
    await expect(current(holder)).rejects.toThrow('The database is closed.')
    expect(opened.length).toBe(1)
  })
})

describe('a connection that reads', () => {
  test.each(['CREATE TABLE "x" ("a")', 'PRAGMA user_version(7)'])('refuses %s by itself', (text) => {
    const connection = connect('read')
    expect(() => connection.run(statement(text), [])).toThrow('readonly')
  })
})
