// What a value of one field is in another, said in JavaScript, independently of the SQL that migrates it.

import type { SmallField } from '../helpers/small-app.ts'

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

const isDatetime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT.*Z$/.test(text) && isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Undefined for what the field cannot hold. */
function fromText(text: string, { type = 'text', options = [] }: SmallField): unknown {
  switch (type) {
    case 'integer':
      return /^(?:0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
    case 'number':
      return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? Number(text) : undefined
    case 'boolean':
      return ({ true: true, 1: true, false: false, 0: false } as Record<string, boolean>)[text]
    case 'date':
      return isDate(text) ? text : undefined
    case 'datetime':
      return isDatetime(text) ? new Date(text).toISOString() : undefined
    case 'uuid':
      return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined
    case 'enum':
      return options.includes(text) ? text : undefined
    default:
      return text
  }
}

/** A value that is there, and no relation, as another field holds it; undefined where that cannot hold it. */
export function held(value: unknown, from: SmallField, to: SmallField): unknown {
  const type = to.type ?? 'text'
  if (to.many) {
    if (!Array.isArray(value) || !(from.many || from.type === 'json')) {
      const one = held(value, from, { ...to, many: false })
      return one === undefined ? undefined : [one]
    }
    const element = from.many ? { ...from, many: false } : { type: 'json' as const }
    return value.map((item) => held(item, element, { ...to, many: false })).filter((item) => item !== undefined)
  }
  if (type === 'json') return value
  if (from.many && Array.isArray(value)) {
    if (type === 'text' || type === 'string') return JSON.stringify(value)
    return value.length === 1 ? held(value[0], { ...from, many: false }, to) : undefined
  }
  if (typeof value === 'boolean' && (type === 'integer' || type === 'number') && from.type === 'boolean')
    return Number(value)
  if (typeof value === 'number' && type === 'integer' && from.type === 'number') return Math.trunc(value)
  if (from.type === 'date' && type === 'datetime') return `${value}T00:00:00.000Z`
  if (from.type === 'datetime' && type === 'date') return String(value).slice(0, 10)
  return fromText(textOf(value), to)
}
