// From fragments to a statement: numbered parameters, and the values to bind to them.

import { formatDate, formatInstant, parseDate, parseInstant } from '../dates.ts'
import type { Parameter, ParameterType, Sql } from './sql.ts'

/** Two parameters with the same key are one. */
function keyOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'value':
      return `value ${typeof parameter.value} ${parameter.value}`
    case 'user':
    case 'input':
      return `${parameter.kind} ${parameter.field}`
    case 'given':
      return `given ${parameter.name}`
    default:
      return parameter.kind
  }
}

/** The text with parameters `?1`, `?2`…, and what each number stands for. Equal parameters share a number. */
export function renderSql(sql: Sql): { text: string; parameters: readonly Parameter[] } {
  const numbers = new Map<string, number>()
  const parameters: Parameter[] = []
  let text = ''
  let holes = 0
  for (const part of sql.parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const key = keyOf(part)
    let number = numbers.get(key)
    if (number === undefined) {
      parameters.push(part)
      number = parameters.length
      numbers.set(key, number)
    }
    text += `?${number}`
    holes += 1
  }
  assertCount(text, parameters.length, holes)
  return { text, parameters }
}

// INVARIANT: the driver accepts wrong counts silently, so every number occurs, and nothing else looks like one.
function assertCount(text: string, count: number, holes: number): void {
  const found = text.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, '').match(/\?\d*/g) ?? []
  if (found.length !== holes || new Set(found).size !== count) {
    throw new Error(`SQL with ${new Set(found).size} numbered parameters, but ${count} values: ${text}`)
  }
}

export type Bound = string | number | boolean | null

/** What the parameters of a statement stand for. */
export type Binding = {
  readonly user: { readonly [field: string]: unknown } | null
  /** An ISO instant in UTC with milliseconds. */
  readonly now: string
  readonly input?: { readonly [field: string]: unknown }
  readonly given?: { readonly [name: string]: unknown }
}

/** The values to bind, in order. With nobody signed in every field of the user is null. */
export function bindParameters(parameters: readonly Parameter[], binding: Binding): Bound[] {
  return parameters.map((parameter) => bindOne(parameter, binding))
}

function bindOne(parameter: Parameter, { user, now, input, given }: Binding): Bound {
  switch (parameter.kind) {
    case 'value':
      return parameter.value
    case 'now':
      return now
    case 'today':
      return now.slice(0, 10)
    case 'user':
      return user ? bindable(own(user, parameter.field), parameter.type) : null
    case 'input':
      return input ? bindable(own(input, parameter.field), parameter.type) : null
    case 'given': {
      const value = given && own(given, parameter.name)
      if (value === undefined) throw new Error(`No value is given for \`${parameter.name}\`.`)
      return bindable(value, undefined)
    }
  }
}

const own = (row: { readonly [field: string]: unknown }, field: string): unknown =>
  Object.hasOwn(row, field) ? row[field] : undefined

/** A value in the form in which the database holds it; one of the wrong type is missing. */
function bindable(value: unknown, type: ParameterType | undefined): Bound {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : null
    case 'integer':
      return Number.isSafeInteger(value) ? (value as number) : null
    case 'text':
      return typeof value === 'string' ? value : null
    case 'date':
      return typeof value === 'string' ? mapped(parseDate(value), formatDate) : null
    case 'datetime':
      return typeof value === 'string' ? mapped(parseInstant(value), formatInstant) : null
    case 'list':
      return Array.isArray(value) ? JSON.stringify(value) : null
    case 'json':
      return JSON.stringify(value)
    case undefined:
      return typeof value === 'object' ? JSON.stringify(value) : (value as Bound)
  }
}

const mapped = (instant: number | null, format: (instant: number) => string | null): string | null =>
  instant === null ? null : format(instant)
