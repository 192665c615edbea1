// Cron lines: whether one can be read, which part of it cannot, and whether its time ever comes.

import { Cron, CronPattern } from 'croner'

export type ScheduleFault = { readonly message: string; readonly start: number; readonly end: number }

const parts = [
  'a minute (0 to 59)',
  'an hour (0 to 23)',
  'a day of the month (1 to 31, `L` for the last)',
  'a month (1 to 12, or JAN to DEC)',
  'a day of the week (0 to 7 with Sunday as both, or SUN to SAT)',
]

// The same file says the same on every day.
const someDay = new Date('2024-01-01T00:00:00Z')

const isRead = (line: string): boolean => {
  try {
    new CronPattern(line, 'UTC', { mode: '5-part' })
    return true
  } catch {
    return false
  }
}

/** What is wrong with a cron line, and where in its text; undefined when it can be kept. */
export function scheduleFault(line: string): ScheduleFault | undefined {
  const whole = { start: 0, end: line.length }
  if (!isRead(line)) return partFault(line) ?? { ...whole, message: needsParts(line) }
  const next = new Cron(line, { paused: true, timezone: 'UTC', mode: '5-part' }).nextRun(someDay)
  return next ? undefined : { ...whole, message: `\`${line}\` never comes: no month has such a day.` }
}

const needsParts = (line: string): string => {
  const count = line.split(/\s+/).filter(Boolean).length
  const has = count === 5 || count === 0 ? '' : ` \`${line}\` has ${count}.`
  return `A cron line has five parts: minute, hour, day of the month, month, day of the week, as in \`0 8 * * *\`.${has}`
}

/** The first part that cannot be read among parts that all can. */
function partFault(line: string): ScheduleFault | undefined {
  const found = [...line.matchAll(/\S+/g)]
  if (found.length !== parts.length) return undefined
  for (const [at, { 0: part, index }] of found.entries()) {
    if (isRead(parts.map((_, other) => (other === at ? part : '*')).join(' '))) continue
    return { message: `\`${part}\` is not ${parts[at]} in a cron line.`, start: index, end: index + part.length }
  }
  return undefined
}
