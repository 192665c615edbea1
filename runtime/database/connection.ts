// One connection to an embedded database: its settings, its kept statements, and the only places where the driver is
// called. Designed around the driver's faults; test/database/driver.test.ts shows each of them.

import Libsql from 'libsql'
import Asynchronous from 'libsql/promise'
import { bind, takeRow } from './bind.ts'
import type { Input, Row, Statement } from './contract.ts'
import { DatabaseError } from './errors.ts'

export type Connection = {
  /** Runs a statement. Throws the driver's error. */
  readonly run: (statement: Statement, values: readonly Input[]) => readonly Row[]
  /**
   * Runs a statement on a thread of the driver's. Nothing else may be run on this connection until it has ended. Throws
   * the driver's error.
   */
  readonly runAside: (statement: Statement, values: readonly Input[]) => Promise<readonly Row[]>
  /** Ends what runs aside with an error. */
  readonly interrupt: () => void
  /** Whether it holds so many statements that another one should take its place. */
  readonly isFull: () => boolean
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

type PreparedAside = {
  readonly raw: () => PreparedAside
  readonly safeIntegers: (on: boolean) => PreparedAside
  readonly all: (values: readonly unknown[]) => Promise<readonly ArrayLike<unknown>[]>
}

/** A kept statement, ready for its values. */
type Ask<Rows> = (values: readonly unknown[]) => Rows

const noRows: readonly Row[] = []

const levels = { OFF: 0, NORMAL: 1, FULL: 2 }

/** Milliseconds that a call may block the process waiting for a lock; longer waits are asynchronous. */
const spin = 20

/** Statements that a connection makes before it is replaced. */
const mostMade = 500

/** What is kept for a text, made where it is not there. */
function keep<T>(kept: Map<string, T>, text: string, make: () => T): T {
  const found = kept.get(text)
  if (found !== undefined) return found
  const made = make()
  kept.set(text, made)
  return made
}

/** Opens a connection and sets it up. Throws the driver's error, and DatabaseError when a setting did not take effect. */
export function openConnection(path: string, synchronous: Synchronous, use: 'read' | 'write'): Connection {
  const driver = new Libsql(path, { timeout: spin })
  // INVARIANT: a kept statement is always asked in one way: after `all`, `get` returns the row of before.
  const kept = {
    one: new Map<string, Ask<readonly Row[]>>(),
    many: new Map<string, Ask<readonly Row[]>>(),
    aside: new Map<string, Promise<Ask<Promise<readonly Row[]>>>>(),
  }

  // INVARIANT: no statement is let go before its connection is. The driver ends one when it is collected as garbage, and
  // for that the whole process waits until what runs aside on its connection has ended.
  const made: unknown[] = []

  const prepare = ({ text, single }: Pick<Statement, 'text' | 'single'>): Ask<readonly Row[]> => {
    const prepared = driver.prepare(text) as unknown as Prepared
    made.push(prepared)
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

  const prepareAside = async ({ text, single }: Statement): Promise<Ask<Promise<readonly Row[]>>> => {
    // INVARIANT: the driver takes the first row on its thread and the others on ours, so everything that is work must be
    // done by the first.
    const whole = single ? text : `WITH "@all" AS MATERIALIZED (${text}) SELECT * FROM "@all"`
    // The methods of the asynchronous class, on the connection of the other: two connections could not share a transaction.
    const prepared = (await Asynchronous.prototype.prepare.call(driver, whole)) as PreparedAside
    made.push(prepared)
    const reader = prepared.raw().safeIntegers(true)
    return async (values) => (await reader.all(values)).map(takeRow)
  }

  const runAside = async (statement: Statement, values: readonly Input[]): Promise<readonly Row[]> => {
    const bound = bind(statement, values)
    const { text } = statement
    const ask = keep(kept.aside, text, () => prepareAside(statement))
    try {
      return await (await ask)(bound)
    } catch (error) {
      kept.aside.delete(text)
      throw error
    }
  }

  const run = (statement: Statement, values: readonly Input[]): readonly Row[] => {
    const bound = bind(statement, values)
    const { text } = statement
    const of = statement.single ? kept.one : kept.many
    const ask = keep(of, text, () => prepare(statement))
    try {
      return ask(bound)
    } catch (error) {
      // INVARIANT: `get` leaves a statement that failed where it was, and the next call would go on from there.
      of.delete(text)
      throw error
    }
  }

  const setting = (name: string, value: string | number, expected: string | number): void => {
    driver.exec(`PRAGMA ${name} = ${value}`)
    const found = prepare({ text: `PRAGMA ${name}` })([])[0]?.[0]
    if (found !== expected) {
      throw new DatabaseError('other', `The database ${path} did not accept PRAGMA ${name} = ${value}: it is ${found}.`)
    }
  }

  const close = (): void => {
    kept.one.clear()
    kept.many.clear()
    kept.aside.clear()
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
    runAside,
    isFull: () => made.length > mostMade,
    interrupt: () => {
      Asynchronous.prototype.interrupt.call(driver)
    },
    exec: (text) => {
      driver.exec(text)
    },
    close,
  }
}
