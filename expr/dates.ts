// Dates and instants as milliseconds since 1970 UTC. Written by hand: `Date.parse` accepts what is no ISO 8601 date.

export const millisecondsPerDay = 86_400_000
/** 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z. */
export const firstInstant = -62_167_219_200_000
export const lastInstant = 253_402_300_799_999

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Days since 1970-01-01 of a date in the Gregorian calendar. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The number in `text` from `start` to `end`, or NaN when that is not all digits. */
function digits(text: string, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

const isBetween = (value: number, low: number, high: number): boolean => value >= low && value <= high

function datePart(text: string): number | null {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null
  if (!(year >= 0) || !isBetween(month, 1, 12) || !(day >= 1)) return null
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > (daysInMonth[month - 1] ?? 0) + (leap ? 1 : 0)) return null
  return daysSinceEpoch(year, month, day) * millisecondsPerDay
}

/** Midnight UTC of a date `YYYY-MM-DD`, or null when it is no date. */
export function parseDate(text: string): number | null {
  return text.length === 10 ? datePart(text) : null
}

/** An instant in ISO 8601 with a time zone, `2026-06-15T12:00:00.000Z` or with an offset; null when it is none. */
export function parseInstant(text: string): number | null {
  const day = datePart(text)
  if (day === null || text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58) return null
  const hour = digits(text, 11, 13)
  const minute = digits(text, 14, 16)
  if (!isBetween(hour, 0, 23) || !isBetween(minute, 0, 59)) return null
  let at = 16
  let second = 0
  let fraction = 0
  if (text.charCodeAt(at) === 58) {
    second = digits(text, 17, 19)
    if (!isBetween(second, 0, 59)) return null
    at = 19
    if (text.charCodeAt(at) === 46) {
      const start = ++at
      while (isBetween(text.charCodeAt(at), 48, 57)) at += 1
      if (at === start) return null
      fraction = digits(text.slice(start, start + 3).padEnd(3, '0'), 0, 3)
    }
  }
  const offset = parseOffset(text, at)
  if (offset === null) return null
  return day + (hour * 60 + minute - offset) * 60_000 + second * 1000 + fraction
}

/** Minutes east of UTC of the zone that ends a text, or null. */
function parseOffset(text: string, at: number): number | null {
  const sign = text.charCodeAt(at)
  if (sign === 90) return text.length === at + 1 ? 0 : null
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return null
  const hours = digits(text, at + 1, at + 3)
  const minutes = digits(text, at + 4, at + 6)
  if (!isBetween(hours, 0, 23) || !isBetween(minutes, 0, 59)) return null
  return (sign === 45 ? -1 : 1) * (hours * 60 + minutes)
}

const inRange = (instant: number): boolean => instant >= firstInstant && instant <= lastInstant

/** An instant as canonical text, or null outside the years 0000–9999. */
export function formatInstant(instant: number): string | null {
  return inRange(instant) ? new Date(instant).toISOString() : null
}

/** The day of an instant as `YYYY-MM-DD`, or null outside the years 0000–9999. */
export function formatDate(instant: number): string | null {
  return formatInstant(instant)?.slice(0, 10) ?? null
}
