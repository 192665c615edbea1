// Reads stored values by type. What has another type counts as missing; nothing is converted.

import { parseDate, parseInstant } from '../dates.ts'
import type { Type } from '../types.ts'
import type { Value } from './context.ts'

export type Reader = (stored: unknown) => Value

const readText: Reader = (stored) => (typeof stored === 'string' ? stored : null)
const readNumber: Reader = (stored) => (typeof stored === 'number' && Number.isFinite(stored) ? stored : null)
const readInteger: Reader = (stored) => (Number.isSafeInteger(stored) ? (stored as number) : null)
const readBoolean: Reader = (stored) => (typeof stored === 'boolean' ? stored : null)
const readDate: Reader = (stored) => (typeof stored === 'string' ? parseDate(stored) : null)
const readInstant: Reader = (stored) => (typeof stored === 'string' ? parseInstant(stored) : null)
const readList: Reader = (stored) => (Array.isArray(stored) ? stored : null)
const readJson: Reader = (stored) => (stored === undefined || typeof stored === 'function' ? null : (stored as Value))

/** How values of a type are read from a row. The elements of a list are read one by one, where they are used. */
export function readerOf(type: Type): Reader {
  switch (type.kind) {
    case 'string':
    case 'enum':
    case 'id':
    case 'record':
      return readText
    case 'number':
    case 'duration':
      return readNumber
    case 'integer':
      return readInteger
    case 'boolean':
      return readBoolean
    case 'date':
      return readDate
    case 'datetime':
      return readInstant
    case 'list':
      return readList
    case 'json':
      return readJson
    case 'collection':
    case 'null':
    case 'unknown':
      return () => null
  }
}
