// What a field's values look like, as JSON Schema. `input` is what the API takes; `output` leaves out the bounds, since
// rows may have been stored before a bound was declared.

import type { Type } from '../../../expr/index.ts'
import type { Field } from '../../truth/app.ts'
import { longestList } from '../../truth/kinds.ts'
import type { FieldType } from '../../truth/value-rules.ts'
import { ruleText } from './rule.ts'

export type Json = { readonly [key: string]: unknown }

export type Direction = 'input' | 'output'

/** Ids are UUIDs when the runtime makes them, but rows may come from elsewhere: any short text can be one. */
export const idSchema: Json = { type: 'string', minLength: 1, maxLength: 200 }

/** As `formatRules` of the truth room has them. */
export const formatSchemas: ReadonlyMap<string, Json> = new Map([
  ['email', { format: 'email', maxLength: 254 }],
  ['url', { format: 'uri', pattern: '^[Hh][Tt][Tt][Pp][Ss]?:' }],
  ['slug', { pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }],
  ['color', { pattern: '^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$' }],
  ['phone', { pattern: '^\\+?[0-9][0-9 ().\\-]{3,30}$' }],
])

function textSchema({ minLength, maxLength, pattern, format }: Field, direction: Direction): Json {
  const { format: known, ...rules } = formatSchemas.get(format ?? '') ?? {}
  if (direction === 'output') return { type: 'string', ...(known !== undefined && { format: known }) }
  const longest = Math.min(maxLength ?? Number.POSITIVE_INFINITY, Number(rules.maxLength ?? Number.POSITIVE_INFINITY))
  const own = pattern === undefined ? undefined : `^(?:${pattern})$`
  return {
    type: 'string',
    ...(known !== undefined && { format: known }),
    ...(minLength !== undefined && { minLength }),
    ...(Number.isFinite(longest) && { maxLength: longest }),
    ...((rules.pattern ?? own) !== undefined && { pattern: rules.pattern ?? own }),
    ...(rules.pattern !== undefined && own !== undefined && { allOf: [{ pattern: own }] }),
  }
}

const numberSchema = (type: 'number' | 'integer', { min, max }: Field, direction: Direction): Json => ({
  type,
  ...(direction === 'input' && min !== undefined && { minimum: min }),
  ...(direction === 'input' && max !== undefined && { maximum: max }),
})

/** A schema that refers to parts of itself would refer to parts of this document instead, so it is left to the server. */
function jsonSchema({ schema }: Field, direction: Direction): Json {
  if (direction === 'output' || typeof schema !== 'object' || schema === null) return {}
  return /"\$(?:ref|id|anchor|dynamicRef)"/.test(JSON.stringify(schema)) ? {} : (schema as Json)
}

const byType: Readonly<Record<FieldType, (field: Field, direction: Direction) => Json>> = {
  string: textSchema,
  text: textSchema,
  number: (field, direction) => numberSchema('number', field, direction),
  integer: (field, direction) => numberSchema('integer', field, direction),
  boolean: () => ({ type: 'boolean' }),
  date: () => ({ type: 'string', format: 'date' }),
  datetime: () => ({ type: 'string', format: 'date-time' }),
  json: jsonSchema,
  uuid: () => ({ type: 'string', format: 'uuid' }),
  enum: ({ options }) => ({ type: 'string', enum: options ?? [] }),
  relation: () => idSchema,
}

/** What a value may be looked for as. */
export const soughtSchema = (field: Field): Json => byType[field.type](field, 'output')

/** One value, without the list around it and without null. */
const elementSchema = (field: Field, direction: Direction): Json =>
  field.name === 'id' ? idSchema : byType[field.type](field, direction)

/** The same, or null. */
export function orNull(schema: Json): Json {
  if (Object.keys(schema).length === 0) return schema
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const { enum: options } = schema
  return { ...schema, type: [schema.type, 'null'], ...(Array.isArray(options) && { enum: [...options, null] }) }
}

const filledIn: Readonly<Record<string, string>> = {
  now: 'The time of the request by default.',
  user: 'The caller by default; somebody else only where the field has an `update` rule.',
  auto: 'A new id by default.',
}

function aboutOf(field: Field, direction: Direction): string | undefined {
  const leads = field.relation && `${field.many ? 'Ids of rows' : 'The id of a row'} of ${field.relation.to}.`
  const input = direction === 'input'
  const sentences = [
    field.description,
    leads,
    input ? filledIn[field.default?.kind ?? ''] : undefined,
    !input && field.read ? `Left out unless ${ruleText(field.read)}.` : undefined,
    input && field.update ? `Refused unless ${ruleText(field.update)}.` : undefined,
    input && field.schema !== undefined ? 'Must fit the schema that the field declares.' : undefined,
  ]
  return sentences.filter((one) => one !== undefined).join(' ') || undefined
}

/** A field's values, with null where there may be none. */
export function valueSchema(field: Field, direction: Direction): Json {
  const one = elementSchema(field, direction)
  const many = { type: 'array', items: one, ...(direction === 'input' && { maxItems: longestList }) }
  const whole: Json = field.many ? many : one
  // Relations to many are sent as a list, which may be empty; null is taken for that.
  const always = field.required || (direction === 'output' && field.many && field.relation !== undefined)
  const about = aboutOf(field, direction)
  return {
    ...(always ? whole : orNull(whole)),
    title: field.label,
    ...(about !== undefined && { description: about }),
    ...(direction === 'input' && field.default?.kind === 'value' && { default: field.default.value }),
    ...(direction === 'input' && field.secret && { writeOnly: true }),
  }
}

/** What a change of a row takes: of a relation to many also some of its links, instead of all of them. */
export function changeSchema(field: Field): Json {
  const whole = valueSchema(field, 'input')
  if (!field.relation || !field.many) return whole
  const { title, description, ...list } = whole
  const ids = { type: 'array', items: elementSchema(field, 'input'), maxItems: longestList }
  const some = { type: 'object', properties: { add: ids, remove: ids }, additionalProperties: false }
  return { anyOf: [list, some], title, description }
}

const computedTypes: Readonly<Record<string, Json>> = {
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  duration: { type: 'number' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  json: {},
  list: {},
  collection: {},
}

/** A computed value: null wherever something it needs is missing. */
export const computedSchema = (type: Type): Json => orNull(computedTypes[type.kind] ?? { type: 'string' })
