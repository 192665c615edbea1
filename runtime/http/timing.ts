// Where the time of a request went, told in development as `Server-Timing`: browsers show it beside the request.

import type { Transaction } from '../database/database.ts'
import type { Service } from './service.ts'

export type Timing = {
  /** The service, with a database that is timed. */
  readonly service: Service
  /** Ends a stage, which began where the one before it ended. */
  readonly stage: (name: string) => void
  readonly header: () => string
}

export function startTiming(service: Service): Timing {
  const { database } = service
  const stages: string[] = []
  const started = performance.now()
  let last = started
  let spent = 0
  let statements = 0

  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    try {
      return await work()
    } finally {
      spent += performance.now() - from
    }
  }
  const counting = (tx: Transaction): Transaction => ({
    run: (statement, values) => {
      statements += 1
      return tx.run(statement, values)
    },
  })
  const timed: Service['database'] = {
    ...database,
    query: (statement, values) => {
      statements += 1
      return counted(() => database.query(statement, values))
    },
    transaction: (work, alone) => counted(() => database.transaction((tx) => work(counting(tx)), alone)),
    snapshot: (work) => counted(() => database.snapshot((tx) => work(counting(tx)))),
  }
  return {
    service: { ...service, database: timed },
    stage: (name) => {
      const now = performance.now()
      stages.push(`${name};dur=${(now - last).toFixed(2)}`)
      last = now
    },
    header: () =>
      [
        ...stages,
        `db;dur=${spent.toFixed(2)};desc="${statements} statement${statements === 1 ? '' : 's'}"`,
        `total;dur=${(performance.now() - started).toFixed(2)}`,
      ].join(', '),
  }
}
