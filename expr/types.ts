// The types of expressions, and how they are named in messages.

import type { FieldSchema } from './schema.ts'

export type PlainType = {
  readonly kind: 'boolean' | 'number' | 'integer' | 'string' | 'date' | 'datetime' | 'json' | 'null' | 'unknown'
}
export type DurationType = {
  readonly kind: 'duration'
  /** A number of whole days, so that a date stays a date when it is moved by it. */
  readonly wholeDays?: boolean
}
export type EnumType = { readonly kind: 'enum'; readonly options: readonly string[] }
export type IdType = { readonly kind: 'id'; readonly entity: string }
export type RecordType = { readonly kind: 'record'; readonly entity: string }
export type ListType = { readonly kind: 'list'; readonly element: Type }
/** Related rows, from a relation field with `many`. */
export type CollectionType = { readonly kind: 'collection'; readonly entity: string }

/** `unknown` is the type of what was already reported as faulty, or cannot be told: nothing more is said about it. */
export type Type = PlainType | DurationType | EnumType | IdType | RecordType | ListType | CollectionType
export type TypeKind = Type['kind']

const plain = (kind: PlainType['kind']): PlainType => ({ kind })

export const booleanType = plain('boolean')
export const numberType = plain('number')
export const integerType = plain('integer')
export const stringType = plain('string')
export const dateType = plain('date')
export const datetimeType = plain('datetime')
const jsonType = plain('json')
export const nullType = plain('null')
export const unknownType = plain('unknown')
export const durationType: DurationType = { kind: 'duration' }
export const wholeDaysType: DurationType = { kind: 'duration', wholeDays: true }
const listOf = (element: Type): ListType => ({ kind: 'list', element })

const scalarTypes = {
  string: stringType,
  text: stringType,
  uuid: stringType,
  number: numberType,
  integer: integerType,
  boolean: booleanType,
  date: dateType,
  datetime: datetimeType,
  json: jsonType,
} as const

/** The type of a field's value; a field `id` is an id of its own entity, which the caller knows. */
export function typeOfField(field: FieldSchema): Type {
  if (field.type === 'unknown') return unknownType
  if (field.type === 'relation') {
    return { kind: field.many ? 'collection' : 'record', entity: field.to }
  }
  const scalar: Type = field.type === 'enum' ? { kind: 'enum', options: field.options ?? [] } : scalarTypes[field.type]
  return field.many ? listOf(scalar) : scalar
}

export const isNumber = (type: Type): boolean => type.kind === 'integer' || type.kind === 'number'
export const isInstant = (type: Type): boolean => type.kind === 'date' || type.kind === 'datetime'
export const isKnown = (type: Type): boolean => type.kind !== 'unknown'

const plainNames = {
  boolean: 'a boolean',
  number: 'a number',
  integer: 'an integer',
  string: 'a string',
  date: 'a date',
  datetime: 'a datetime',
  duration: 'a duration',
  json: 'JSON',
  null: '`null`',
  unknown: 'something unknown',
} as const

const article = (word: string): string => (/^[aeio]/i.test(word) ? `an ${word}` : `a ${word}`)

/** A type in words, with its article: "an integer", "a list of strings", "a Project". */
export function describe(type: Type): string {
  switch (type.kind) {
    case 'enum':
      return `an enum (${type.options.slice(0, 6).join(', ')}${type.options.length > 6 ? ', …' : ''})`
    case 'id':
      return `an id of ${article(type.entity)}`
    case 'record':
      return article(type.entity)
    case 'list': {
      const { kind } = type.element
      return kind === 'json' || kind === 'unknown'
        ? 'a list'
        : `a list of ${describe(type.element).replace(/^an? /, '')}s`
    }
    case 'collection':
      return `a collection of ${type.entity} rows`
    default:
      return plainNames[type.kind]
  }
}
