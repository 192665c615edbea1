// One connection to an embedded database: its settings, its kept statements, and the only places where the driver is
// called. Designed around the driver's faults; test/database/driver.test.ts shows each of them.

import Libsql from 'libsql'
import { bind, takeRow } from './bind.ts'
import type { Input, Row, Statement } from './contract.ts'
import { DatabaseError } from './errors.ts'

export type Connection = {
  /** Runs a statement. Throws the driver's error. */
  readonly run: (statement: Statement, values: readonly Input[]) => readonly Row[]
  /** Runs a text without parameters or rows; nothing of it is kept. Throws the driver's error. */
  readonly exec: (text: string) => void
  readonly close: () => void
}

export type Synchronous = 'OFF' | 'NORMAL' | 'FULL'

type Prepared = {
  readonly reader: boolean
  readonly raw: () => Prepared
  readonly safeIntegers: (on: boolean) => Prepared
  readonly all: (values: readonly unknown[]) => readonly ArrayLike<unknown>[]
  readonly get: (values: readonly unknown[]) => ArrayLike<unknown> | undefined
}

const levels = { OFF: 0, NORMAL: 1, FULL: 2 }

/** Milliseconds that a call may block the process waiting for a lock; longer waits are asynchronous. */
const spin = 20

const mostKept = 300

/** Opens a connection and sets it up. Throws the driver's error, and DatabaseError when a setting did not take effect. */
export function openConnection(path: string, synchronous: Synchronous, use: 'read' | 'write'): Connection {
  const driver = new Libsql(path, { timeout: spin })
  // By how they are asked, then by text.
  const kept = { all: new Map<string, Prepared>(), get: new Map<string, Prepared>() }

  const prepare = (text: string): Prepared => {
    const prepared = driver.prepare(text) as unknown as Prepared
    // Integers come as bigints and are made numbers by us: the driver rounds those beyond 2^53 in silence.
    return prepared.reader ? prepared.raw().safeIntegers(true) : prepared
  }

  const keptStatement = (of: Map<string, Prepared>, text: string): Prepared => {
    const found = of.get(text)
    const prepared = found ?? prepare(text)
    if (found) of.delete(text)
    of.set(text, prepared)
    if (of.size > mostKept) of.delete(of.keys().next().value ?? '')
    return prepared
  }

  /** PERF: a row costs 6 µs by `get` and 9 by `all`. */
  const single = (text: string, values: readonly unknown[]): readonly Row[] => {
    const prepared = keptStatement(kept.get, text)
    try {
      const row = prepared.get(values)
      return row === undefined ? [] : [takeRow(row)]
    } catch (error) {
      // INVARIANT: `get` leaves a statement that failed where it was, and the next call would go on from there.
      kept.get.delete(text)
      throw error
    }
  }

  const setting = (name: string, value: string | number, expected: string | number): void => {
    driver.prepare(`PRAGMA ${name} = ${value}`).all()
    const row = prepare(`PRAGMA ${name}`).all([])[0]
    const found = row === undefined ? undefined : takeRow(row)[0]
    if (found !== expected) {
      throw new DatabaseError('other', `The database ${path} did not accept PRAGMA ${name} = ${value}: it is ${found}.`)
    }
  }

  const close = (): void => {
    kept.all.clear()
    kept.get.clear()
    if (driver.open) driver.close()
  }

  try {
    setting('journal_mode', 'WAL', 'wal')
    setting('synchronous', synchronous, levels[synchronous])
    setting('foreign_keys', 1, 1)
    setting('cache_size', -16_384, -16_384)
    setting('temp_store', 2, 2)
    if (use === 'read') setting('query_only', 1, 1)
  } catch (error) {
    close()
    throw error
  }

  return {
    // INVARIANT: a kept statement is always asked in one way: after `all`, `get` returns the row of before.
    run: (statement, values) => {
      const bound = bind(statement, values)
      if (statement.single) return single(statement.text, bound)
      const prepared = keptStatement(kept.all, statement.text)
      return prepared.all(bound).map(takeRow)
    },
    exec: (text) => {
      driver.exec(text)
    },
    close,
  }
}
