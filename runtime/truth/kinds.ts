// The field kinds, one row each: the keys it takes beyond those of every field, its TypeScript type, its columns, and
// what a value of it must look like. Adding a kind is adding a row.

import * as z from 'zod'
import { jsonFault } from './json-schema.ts'
import { textFault } from './text-rules.ts'
import type { FieldType, ValueRules } from './value-rules.ts'

export type Kind = {
  readonly keys: readonly string[]
  readonly typescript: (rules: ValueRules) => string
  /** What is wrong with a value that is not null, as `must be …`; undefined when it is right. */
  readonly fault: (value: unknown, rules: ValueRules) => string | undefined
  /** The one way a right value is stored and sent. */
  readonly canonical?: (value: unknown) => unknown
}

const textKeys = ['minLength', 'maxLength', 'pattern', 'format', 'searchable', 'many']

const numberFault = (value: unknown, rules: ValueRules): string | undefined => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number'
  if (rules.min !== undefined && value < rules.min) return `must be at least ${rules.min}`
  if (rules.max !== undefined && value > rules.max) return `must be at most ${rules.max}`
  return undefined
}

const isoDate = z.iso.date()
const isoDatetime = z.iso.datetime({ offset: true })
const uuid = z.uuid()

const datetimeFault = (value: unknown): string | undefined => {
  const right = isoDatetime.safeParse(value).success && !Number.isNaN(Date.parse(String(value)))
  // A zone offset can push the first and the last hours of the calendar out of four-digit years.
  if (right && new Date(String(value)).toISOString().length === 24) return undefined
  return 'must be a date and time with a zone, such as 2026-06-15T12:00:00Z'
}

export const kinds: Readonly<Record<FieldType, Kind>> = {
  string: { keys: textKeys, typescript: () => 'string', fault: textFault },
  text: { keys: [...textKeys, 'rich'], typescript: () => 'string', fault: textFault },
  number: {
    keys: ['min', 'max', 'many'],
    typescript: () => 'number',
    fault: numberFault,
    canonical: (value) => Number(value) + 0,
  },
  integer: {
    keys: ['min', 'max', 'many'],
    typescript: () => 'number',
    fault: (value, rules) => (Number.isSafeInteger(value) ? numberFault(value, rules) : 'must be a whole number'),
    canonical: (value) => Number(value) + 0,
  },
  boolean: {
    keys: ['many'],
    typescript: () => 'boolean',
    fault: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  },
  date: {
    keys: ['many'],
    typescript: () => 'string',
    fault: (value) => (isoDate.safeParse(value).success ? undefined : 'must be a date, such as 2026-06-15'),
  },
  datetime: {
    keys: ['many'],
    typescript: () => 'string',
    fault: datetimeFault,
    canonical: (value) => new Date(String(value)).toISOString(),
  },
  json: { keys: ['schema'], typescript: () => 'unknown', fault: (value, rules) => jsonFault(value, rules.schema) },
  uuid: {
    keys: ['many'],
    typescript: () => 'string',
    fault: (value) => (uuid.safeParse(value).success ? undefined : 'must be a UUID'),
    canonical: (value) => String(value).toLowerCase(),
  },
  enum: {
    keys: ['options', 'values', 'renamedOptions', 'many'],
    typescript: (rules) => (rules.options ?? []).map((option) => JSON.stringify(option)).join(' | ') || 'never',
    fault: (value, rules) =>
      typeof value === 'string' && rules.options?.includes(value)
        ? undefined
        : `must be one of ${(rules.options ?? []).join(', ')}`,
  },
  relation: {
    keys: ['to', 'many', 'inverse', 'onDelete'],
    typescript: () => 'string',
    // Ids are UUIDs when the runtime makes them, but rows may come from elsewhere: any short text can be one.
    fault: (value) =>
      typeof value === 'string' &&
      value.length > 0 &&
      value.length <= 200 &&
      textFault(value, { type: 'string' }) === undefined
        ? undefined
        : 'must be the id of a row',
  },
}

/** The longest list a field takes; the API refuses longer ones. */
export const longestList = 1_000

/** What is wrong with a value for a field, as `must be …`; undefined when it fits. Null is the caller's business. */
export function valueFault(value: unknown, rules: ValueRules): string | undefined {
  const kind = kinds[rules.type]
  if (!rules.many) return kind.fault(value, rules)
  if (!Array.isArray(value)) return 'must be a list'
  if (value.length > longestList) return `must have at most ${longestList} elements`
  for (const [index, item] of value.entries()) {
    const fault = kind.fault(item, rules)
    if (fault) return `has element ${index}, which ${fault}`
  }
  return undefined
}

// Mail servers do not tell capitals apart, and nobody should have two accounts by writing one address in two ways.
const lowerCase = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value)

/** A right value as it is stored and sent. */
export function canonicalValue(value: unknown, rules: ValueRules): unknown {
  const canonical = rules.format === 'email' ? lowerCase : kinds[rules.type].canonical
  if (!canonical || value === null) return value
  return rules.many && Array.isArray(value) ? value.map(canonical) : canonical(value)
}
