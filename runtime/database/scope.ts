// A transaction as its work sees it: one handle that stops working once the transaction has failed or ended.

import type { Input, Row, Statement, Transaction } from './contract.ts'
import { DatabaseError, databaseError } from './errors.ts'

export type Scope = {
  readonly tx: Transaction
  /** Ends the handle. Returns the error of the first statement that failed, if any. */
  readonly end: () => DatabaseError | undefined
}

/** `run` is how the implementation runs a statement in its open transaction; `may` is what it may do. */
export function createScope(
  may: 'write' | 'read',
  run: (statement: Statement, values: readonly Input[]) => readonly Row[] | Promise<readonly Row[]>,
): Scope {
  let failure: DatabaseError | undefined
  let open = true
  return {
    tx: {
      run: async (statement, values) => {
        if (!open) throw new DatabaseError('other', 'The transaction has ended.')
        if (failure) throw failure
        if (may === 'read' && !statement.reads) throw notHere(statement)
        try {
          const rows = run(statement, values)
          return rows instanceof Promise ? await rows : rows
        } catch (error) {
          failure ??= databaseError(error, statement.text)
          throw failure
        }
      },
    },
    end: () => {
      open = false
      return failure
    },
  }
}

/** The refusal of a statement that writes, where only reads are taken. */
export const notHere = ({ text }: Statement): DatabaseError =>
  new DatabaseError('other', `Only a transaction may write (in: ${text.slice(0, 300)})`)

/** The result of `work`, or a DatabaseError once `limit` milliseconds have passed. */
export function within<T>(limit: number, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      const why = 'its work waits for something slow, or for another transaction, which waits for this one'
      reject(
        new DatabaseError(
          'other',
          `A transaction took longer than ${limit / 1000} seconds and was rolled back: ${why}.`,
        ),
      )
    }, limit)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
