// What a write of a form is refused for, as a fault of the form instead of an error page.

import { DatabaseError } from '../../database/errors.ts'
import { faultRefusal } from '../fault.ts'
import { type Refusal, Refused, refusal } from '../refusal.ts'
import type { Pages } from './pages.ts'

/** Faults that the database finds in what was sent; of others, such as being out of reach, no form is to blame. */
const ofValues: ReadonlySet<string> = new Set(['foreignKey', 'notNull', 'check'])

export async function conflictsAsFaults<T>({ service, call }: Pages, write: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    if (!(error instanceof DatabaseError)) throw error
    if (ofValues.has(error.kind)) return faultRefusal(error, service, call.correlationId, call.path)
    if (error.kind !== 'unique') throw error
    const [column] = error.columns ?? []
    if (column === undefined)
      return refusal(409, 'unique', 'There is such a row already: a value that must be unique is taken.')
    return refusal(409, 'unique', 'Taken.', { errors: [{ path: column, code: 'unique', message: 'is taken already' }] })
  }
}

/** What is told in the form itself, with all that was typed into it; anything else is a page of its own. */
export const isMendable = ({ status }: Refusal): boolean => status === 403 || status === 409 || status === 422
