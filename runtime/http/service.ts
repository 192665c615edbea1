// A running app: everything a request needs, composed once when the app is loaded.

import type { MiddlewareHandler } from 'hono'
import { type Database, type Statement, statement, threads, usualLimits } from '../database/database.ts'
import { type Collection, collectionOf } from '../database/records/collection.ts'
import type { App } from '../truth/app.ts'
import { type Accounts, accountsOf } from './accounts/accounts.ts'
import type { AuthProvider } from './accounts/auth-provider.ts'
import { createPasswords, type Passwords } from './accounts/password.ts'
import { createThrottle, type Throttle } from './accounts/throttle.ts'
import { type Changes, createChanges } from './changes/changes.ts'
import { corsOf } from './cors.ts'
import type { Mailer } from './mail.ts'
import { type Rate, rateOf } from './rate.ts'
import { createTurns, type Turns } from './turns.ts'

export type Mode = 'development' | 'production'

export type Service = {
  readonly app: App
  readonly mode: Mode
  readonly database: Database
  /** By URL segment. */
  readonly byPath: ReadonlyMap<string, Collection>
  /** By entity name. */
  readonly byName: ReadonlyMap<string, Collection>
  readonly accounts: Accounts | undefined
  readonly passwords: Passwords
  readonly throttle: Throttle
  /** When it is whose turn to ask for what may take long. */
  readonly turns: { readonly reads: Turns; readonly writes: Turns }
  readonly changes: Changes
  /** Absent where no other origin may call, and where requests are not counted. */
  readonly cors: MiddlewareHandler | undefined
  readonly rate: Rate | undefined
  /** Absent where no mail can leave. */
  readonly mailer: Mailer | undefined
  /** Absent where people sign in with passwords alone. */
  readonly provider: AuthProvider | undefined
  readonly log: Log
  /** Asked to see whether the database answers. */
  readonly alive: Statement
}

/** Where requests and faults are told. */
export type Log = {
  readonly debug: (details: object, message: string) => void
  readonly info: (details: object, message: string) => void
  readonly warn: (details: object, message: string) => void
  readonly error: (details: object, message: string) => void
}

/** What one app's service hands on to the next. */
export type Lasting = {
  readonly passwords?: Passwords
  readonly throttle?: Throttle
  readonly mailer?: Mailer | undefined
  readonly provider?: AuthProvider | undefined
}

export function createService(
  app: App,
  database: Database,
  mode: Mode,
  log: Log,
  { passwords = createPasswords(), throttle = createThrottle(), mailer, provider }: Lasting = {},
): Service {
  const accounts = accountsOf(app, database)
  const collections = [...app.entities.values()].map((entity) => collectionOf(app, entity))
  return {
    app,
    mode,
    database,
    byPath: new Map(collections.map((collection) => [collection.entity.path, collection])),
    byName: new Map(collections.map((collection) => [collection.entity.name, collection])),
    accounts,
    passwords,
    throttle,
    turns: {
      reads: createTurns(Math.max(1, threads - 1), usualLimits.busy),
      writes: createTurns(1, usualLimits.busy),
    },
    mailer,
    provider,
    changes: createChanges({ database, accounts, log }),
    cors: corsOf(app.settings.api.cors),
    rate: rateOf(app.settings.api.rateLimit),
    log,
    alive: statement('SELECT 1'),
  }
}
