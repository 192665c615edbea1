// What generated source calls by the name `truth`; nothing in here needs the compiler.

import type { Context, Row } from '../closure/context.ts'
import { firstInstant, lastInstant, millisecondsPerDay, parseDate, parseInstant } from '../dates.ts'

export { codePoints, duration, lower, round, upper } from './plain.ts'

type Rows = readonly Row[] | null

/** A stored date in milliseconds. */
export const date = (stored: unknown): number | null => (typeof stored === 'string' ? parseDate(stored) : null)

/** A stored datetime in milliseconds. */
export const instant = (stored: unknown): number | null => (typeof stored === 'string' ? parseInstant(stored) : null)

export const today = (now: string): number | null => {
  const at = parseInstant(now)
  return at === null ? null : Math.floor(at / millisecondsPerDay) * millisecondsPerDay
}

/** A number that is finite. */
export const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null)

export const remainder = (a: number, b: number): number | null =>
  b !== 0 && Number.isSafeInteger(a) && Number.isSafeInteger(b) ? a % b : null

/** A moved date, as far as the calendar goes. */
export const inCalendar = (at: number | null): number | null =>
  at !== null && at >= firstInstant && at <= lastInstant ? at : null

/** The row with this id. */
export const row = (context: Context, entity: string, id: unknown): Row | undefined =>
  typeof id === 'string' ? context.rows?.get(entity, id) : undefined

/** The rows of a collection; null when the row that has it is missing. */
export const rows = (context: Context, entity: string, field: string, id: unknown): Rows =>
  typeof id === 'string' && context.rows ? context.rows.collection(entity, field, id) : null

/** Whether a condition is met by one of the rows: never when they are not known. */
export const someRow = (found: Rows, condition: (row: Row) => boolean): boolean => found?.some(condition) ?? false

/** Whether a condition is met by all of the rows: never when they are not known. */
export const everyRow = (found: Rows, condition: (row: Row) => boolean): boolean => found?.every(condition) ?? false

/** `some` where `decisive` is true, `every` where it is false, three-valued. */
export function quantify(found: Rows, decisive: boolean, body: (row: Row) => boolean | null): boolean | null {
  if (!found) return null
  let result: boolean | null = !decisive
  for (const row of found) {
    const value = body(row)
    if (value === decisive) return decisive
    if (value === null) result = null
  }
  return result
}

/** Whether a value is among others, one of which may be missing. */
export function among(wanted: unknown, items: readonly unknown[]): boolean | null {
  if (wanted === null) return null
  if (items.includes(wanted)) return true
  return items.includes(null) ? null : false
}

/** Whether a value is in a stored list, whose elements are read one by one. */
export function inList(
  elements: readonly unknown[] | null,
  read: (stored: unknown) => unknown,
  wanted: unknown,
): boolean | null {
  if (elements === null) return null
  if (elements.length === 0) return false
  return among(wanted, elements.map(read))
}

/** Kleene's `!`, `&&` and `||`. */
export const not = (value: boolean | null): boolean | null => (value === null ? null : !value)
