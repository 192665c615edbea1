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
  readonly run: (values: readonly unknown[]) => unknown
}

/** A kept statement, ready for its values. */
type Ask = (values: readonly unknown[]) => readonly Row[]

const noRows: readonly Row[] = []

const levels = { OFF: 0, NORMAL: 1, FULL: 2 }

/** Milliseconds that a call may block the process waiting for a lock; longer waits are asynchronous. */
const spin = 20

const mostKept = 300

/** Opens a connection and sets it up. Throws the driver's error, and DatabaseError when a setting did not take effect. */
export function openConnection(path: string, synchronous: Synchronous, use: 'read' | 'write'): Connection {
  const driver = new Libsql(path, { timeout: spin })
  // INVARIANT: a kept statement is always asked in one way: after `all`, `get` returns the row of before.
  const kept = { one: new Map<string, Ask>(), many: new Map<string, Ask>() }

  const prepare = ({ text, single }: Pick<Statement, 'text' | 'single'>): Ask => {
    const prepared = driver.prepare(text) as unknown as Prepared
    if (!prepared.reader) {
      return (values) => {
        prepared.run(values)
        return noRows
      }
    }
    // Integers come as bigints and are made numbers by us: the driver rounds those beyond 2^53 in silence.
    const reader = prepared.raw().safeIntegers(true)
    if (!single) return (values) => reader.all(values).map(takeRow)
    // PERF: a row costs 6 µs by `get` and 9 by `all`.
    return (values) => {
      const row = reader.get(values)
      return row === undefined ? noRows : [takeRow(row)]
    }
  }

  const run = (statement: Statement, values: readonly Input[]): readonly Row[] => {
    const bound = bind(statement, values)
    const { text } = statement
    const of = statement.single ? kept.one : kept.many
    const found = of.get(text)
    const ask = found ?? prepare(statement)
    if (found) of.delete(text)
    of.set(text, ask)
    if (of.size > mostKept) of.delete(of.keys().next().value ?? '')
    try {
      return ask(bound)
    } catch (error) {
      // INVARIANT: `get` leaves a statement that failed where it was, and the next call would go on from there.
      of.delete(text)
      throw error
    }
  }

  const setting = (name: string, value: string | number, expected: string | number): void => {
    driver.prepare(`PRAGMA ${name} = ${value}`).all()
    const found = prepare({ text: `PRAGMA ${name}` })([])[0]?.[0]
    if (found !== expected) {
      throw new DatabaseError('other', `The database ${path} did not accept PRAGMA ${name} = ${value}: it is ${found}.`)
    }
  }

  const close = (): void => {
    kept.one.clear()
    kept.many.clear()
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
    run,
    exec: (text) => {
      driver.exec(text)
    },
    close,
  }
}
