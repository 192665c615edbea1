// What went wrong while a request ran, as a refusal: conflicts that the database found, a database out of reach, and
// faults of our own, of which the caller learns nothing but the number to ask about.

import { DatabaseError } from '../database/errors.ts'
import { invalid, type Refusal, Refused, refusal } from './refusal.ts'
import type { Service } from './service.ts'

/** A value that must be unique and is taken; fields that may be hidden from the caller are not named. */
function taken({ table, columns = [] }: DatabaseError, { app }: Service): Refusal {
  const entity = [...app.entities.values()].find((one) => one.table === table)
  const fields = columns.map((name) => entity?.fields.get(name))
  const isTold = fields.length > 0 && fields.every((field) => field && !field.secret && !field.read)
  const errors = columns.map((path) => ({ path, code: 'unique', message: 'is taken already' }))
  const detail = 'There is such a row already: a value that must be unique is taken.'
  return refusal(409, 'unique', detail, isTold ? { errors } : {})
}

const later = { headers: { 'Retry-After': '1' } }

export function faultRefusal(error: unknown, service: Service, correlationId: string, path: string): Refusal {
  if (error instanceof Refused) return error.refusal
  if (error instanceof DatabaseError) {
    if (/parser stack overflow|Expression tree is too large/.test(error.message)) {
      service.log.warn({ correlationId, path, error: error.message }, 'expression too deep')
      return refusal(400, 'too-deep', 'The request asks for more nested conditions than the database can read.')
    }
    switch (error.kind) {
      case 'unique':
        return taken(error, service)
      case 'foreignKey':
        return refusal(
          409,
          'in-use',
          'Other rows still refer to this one, deleted ones that can be restored among them, or it refers to a row that is gone.',
        )
      case 'notNull':
      case 'check':
        return invalid((error.columns ?? ['']).map((name) => ({ path: name, code: 'value', message: 'does not fit' })))
      case 'slow':
        service.log.warn({ correlationId, path, error: error.message }, 'request too slow')
        return refusal(400, 'too-slow', 'This looks at too many rows to be answered in time. Ask for less of it.')
      case 'busy':
      case 'unreachable':
        service.log.warn({ correlationId, path, error: error.message }, 'database not available')
        return refusal(503, 'database', 'The database is not available right now.', later)
      default:
        break
    }
  }
  const told = error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) }
  service.log.error({ correlationId, path, error: told }, 'request failed')
  return refusal(500, 'internal', `Something went wrong. Ask about ${correlationId}.`)
}
