// Whose turn it is: tasks of one caller wait for each other, those of others do not.

import { DatabaseError } from '../database/errors.ts'
import { Refused, refusal } from './refusal.ts'

/** Runs a task when it is the caller's turn. Throws Refused when they have left, DatabaseError 'busy' when it took too long. */
export type Turns = <T>(caller: string, hasLeft: () => boolean, task: () => Promise<T>) => Promise<T>

/** At most `most` tasks of one caller at once; `patience`, in milliseconds, is how long another one waits. */
export function createTurns(most: number, patience: number): Turns {
  const callers = new Map<string, { running: number; readonly waiting: (() => void)[] }>()
  return async (caller, hasLeft, task) => {
    const own = callers.get(caller) ?? { running: 0, waiting: [] }
    callers.set(caller, own)
    const asked = performance.now()
    if (own.running < most) own.running += 1
    else await new Promise<void>((begin) => own.waiting.push(begin))
    try {
      if (hasLeft()) throw new Refused(refusal(408, 'left', 'The connection ended before it was your turn.'))
      if (performance.now() - asked > patience)
        throw new DatabaseError('busy', `Others of the caller's requests went on for ${patience / 1000} seconds.`)
      return await task()
    } finally {
      const next = own.waiting.shift()
      if (next) next()
      else own.running -= 1
      if (own.running === 0) callers.delete(caller)
    }
  }
}
