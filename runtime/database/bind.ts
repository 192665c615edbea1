// Values on their way into the database and out of it. Whatever a driver would store as something else is refused.

import type { Input, Row, SqlValue, Statement } from './contract.ts'
import { DatabaseError } from './errors.ts'

const refuse = (index: number, what: string): never => {
  throw new DatabaseError('other', `The value for ?${index + 1} ${what}.`)
}

function bindNumber(value: number, index: number): SqlValue {
  if (Number.isSafeInteger(value)) return BigInt(value)
  if (!Number.isFinite(value)) return refuse(index, `is ${value}, which no column can hold`)
  if (Number.isInteger(value)) return refuse(index, 'is a whole number beyond 2^53 − 1; a REAL is given as { real }')
  return value
}

function bindText(value: string, index: number): string {
  if (value.includes('\u0000')) return refuse(index, 'has the character U+0000, at which the text would be cut')
  if (!value.isWellFormed()) return refuse(index, 'has half of a surrogate pair, which is no character')
  return value
}

function bindOne(value: unknown, index: number): SqlValue {
  if (typeof value === 'string') return bindText(value, index)
  if (value === null) return null
  if (typeof value === 'number') return bindNumber(value, index)
  // INVARIANT: no boolean reaches a driver; the embedded one aborts the process on it.
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'bigint') {
    const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    return safe ? value : refuse(index, 'is an integer beyond 2^53 − 1')
  }
  if (typeof value === 'object' && 'real' in value && typeof value.real === 'number') {
    return Number.isFinite(value.real) ? value.real : refuse(index, `is ${value.real}, which no column can hold`)
  }
  return refuse(index, `is ${value === undefined ? 'undefined' : `of type ${typeof value}`}, which no column can hold`)
}

/** The values as the drivers take them. Throws DatabaseError when one cannot be stored as it is, or their number is wrong. */
export function bind(statement: Statement, values: readonly Input[]): SqlValue[] {
  if (values.length !== statement.parameters) {
    const text = statement.text.slice(0, 300)
    throw new DatabaseError('other', `${values.length} values for ${statement.parameters} parameters (in: ${text})`)
  }
  return values.map(bindOne)
}

/** A value as it came out. Throws DatabaseError on an integer beyond 2^53 − 1 and on a BLOB. */
function takeOne(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value
  if (typeof value !== 'bigint') throw new DatabaseError('other', 'A BLOB was read, which no column of an app holds.')
  const number = Number(value)
  if (!Number.isSafeInteger(number))
    throw new DatabaseError('other', `The integer ${value} is beyond 2^53 − 1 and cannot be read exactly.`)
  return number
}

/** A row of a driver, an array or something like it, as a Row. */
export function takeRow(row: ArrayLike<unknown>): Row {
  const taken = new Array<string | number | null>(row.length)
  for (let index = 0; index < row.length; index += 1) taken[index] = takeOne(row[index])
  return taken
}
