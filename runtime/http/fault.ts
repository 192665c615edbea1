// What went wrong while a request ran, as a refusal: conflicts that the database found, a database out of reach, and
// faults of our own, of which the caller learns nothing but the number to ask about.

import { DatabaseError } from '../database/errors.ts'
import { type Refusal, refusal } from './refusal.ts'
import type { Service } from './service.ts'

const later = { headers: { 'Retry-After': '1' } }

export function faultRefusal(error: unknown, service: Service, correlationId: string, path: string): Refusal {
  if (error instanceof DatabaseError) {
    switch (error.kind) {
      case 'unique':
        return refusal(409, 'unique', 'There is such a row already: a value that must be unique is taken.')
      case 'foreignKey':
        return refusal(409, 'in-use', 'Other rows still refer to this one, or it refers to a row that is gone.')
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
