// What functions do with values that are there, shared by closures and generated source.

/** Half away from zero, exactly as SQLite rounds. Beyond 2^52 there are no fractions. */
export function round(x: number): number {
  return Math.abs(x) >= 2 ** 52 ? x : Math.trunc(x < 0 ? x - 0.5 : x + 0.5)
}

/** A duration in whole milliseconds; null beyond the exact integers. */
export function duration(milliseconds: number): number | null {
  const whole = round(milliseconds)
  return Number.isSafeInteger(whole) ? whole : null
}

/** ASCII letters only, as SQLite has it. */
export const lower = (s: string): string => s.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
/** ASCII letters only, as SQLite has it. */
export const upper = (s: string): string => s.replace(/[a-z]+/g, (letters) => letters.toUpperCase())

/** Characters as SQLite counts them. */
export function codePoints(s: string): number {
  let count = s.length
  for (let i = 0; i < s.length; i++) if ((s.charCodeAt(i) & 0xfc00) === 0xdc00) count -= 1
  return count
}
