// A value that must be unique and is taken, as a fault of the form instead of an error page.

import { DatabaseError } from '../../database/errors.ts'
import { type Refusal, refusal } from '../refusal.ts'

export async function conflictsAsFaults<T>(write: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.kind !== 'unique') throw error
    const [column] = error.columns ?? []
    if (column === undefined)
      return refusal(409, 'unique', 'There is such a row already: a value that must be unique is taken.')
    return refusal(409, 'unique', 'Taken.', { errors: [{ path: column, code: 'unique', message: 'is taken already' }] })
  }
}
