// Accounts: credentials, sessions and the signed-in user. Credentials and sessions live in the runtime's own tables.

import { identifier } from '../../../expr/index.ts'
import type { Input, Transaction } from '../../database/database.ts'
import { type Database, single, statement } from '../../database/database.ts'
import type { UserRow } from '../../database/records/caller.ts'
import { presence } from '../../database/records/guard.ts'
import { snapshotJson } from '../../database/records/row-json.ts'
import type { App, Entity } from '../../truth/app.ts'
import { verifiedField } from '../../truth/verified-field.ts'
import { type Identities, identitiesOf } from './identities.ts'
import { type OneTime, oneTimeTokens } from './one-time.ts'
import { hashToken, isToken, newToken } from './token.ts'

export type Session = { readonly user: UserRow; readonly expiresAt: string }

export type SessionInfo = { readonly id: string; readonly createdAt: string; readonly expiresAt: string }

export type Accounts = {
  readonly entity: Entity
  /** Whether the app keeps whose addresses are known to be theirs. */
  readonly keepsVerified: boolean
  /** The session of a token; undefined when there is none or it has ended. */
  readonly session: (token: string, now: string) => Promise<Session | undefined>
  /** Starts a session; the token is never stored. */
  readonly start: (
    tx: Transaction,
    user: string,
    now: string,
  ) => Promise<{ readonly token: string; readonly expiresAt: string }>
  readonly end: (token: string) => Promise<void>
  /** The sessions of a user that have not ended, the oldest first. The id of a session opens nothing. */
  readonly sessions: (user: string, now: string) => Promise<readonly SessionInfo[]>
  /** Ends a session of a user by its id; whether there was one. */
  readonly endById: (user: string, id: string) => Promise<boolean>
  /** Tokens that go out by mail. */
  readonly oneTime: OneTime
  /** People of the provider. */
  readonly identities: Identities
  readonly endAll: (tx: Transaction, user: string) => Promise<void>
  /** Ends all sessions of a user but that of `token`. */
  readonly endOthers: (tx: Transaction, user: string, token: string) => Promise<void>
  /** The user with this address and the hash of their password. */
  readonly credential: (email: string) => Promise<{ readonly user: string; readonly hash: string } | undefined>
  /** The hash of a user's password, as it is now or in a transaction. */
  readonly hashOf: (user: string, tx?: Transaction) => Promise<string | undefined>
  readonly setPassword: (tx: Transaction, user: string, hash: string, now: string) => Promise<void>
  readonly removePassword: (tx: Transaction, user: string) => Promise<void>
  /** The user with this address who can sign in, by whichever way. */
  readonly member: (email: string) => Promise<string | undefined>
  readonly userById: (id: string) => Promise<UserRow | undefined>
}

/** Users in memory by the text that they were read as. */
const mostUsers = 1_000

/** PERF: most requests are of few people whose rows have not changed; their text is parsed once. */
function userReader(): (text: string) => UserRow {
  const kept = new Map<string, UserRow>()
  return (text) => {
    const found = kept.get(text)
    if (found) return found
    const user = JSON.parse(text) as UserRow
    if (kept.size >= mostUsers) kept.clear()
    kept.set(text, user)
    return user
  }
}

/** The auth entity's accounts; undefined when nobody can sign in. */
export function accountsOf(app: App, database: Database): Accounts | undefined {
  const { auth } = app.settings
  const entity = auth.enabled && auth.entity !== undefined ? app.entities.get(auth.entity) : undefined
  if (!entity) return undefined
  const table = identifier(entity.table).parts.join('')
  const json = snapshotJson(entity).parts.join('')
  const there = presence(entity).parts.join('')

  const find = single(
    statement(
      `SELECT s."expiresAt", ${json} FROM "_truth_sessions" AS s JOIN ${table} ON ${table}."id" = s."user" WHERE s."token" = ?1 AND s."expiresAt" > ?2 AND ${there}`,
    ),
  )
  const byId = single(statement(`SELECT ${json} FROM ${table} WHERE "id" = ?1 AND ${there}`))
  const byEmail = single(
    statement(
      `SELECT c."user", c."hash" FROM ${table} JOIN "_truth_credentials" AS c ON c."user" = ${table}."id" WHERE ${table}."email" = ?1 AND ${there}`,
    ),
  )
  const memberByEmail = single(
    statement(
      `SELECT "id" FROM ${table} WHERE "email" = ?1 AND ${there} AND ("id" IN (SELECT "user" FROM "_truth_credentials") OR "id" IN (SELECT "user" FROM "_truth_identities"))`,
    ),
  )
  const hashById = single(statement(`SELECT "hash" FROM "_truth_credentials" WHERE "user" = ?1`))
  const insert = statement(
    `INSERT INTO "_truth_sessions" ("token", "user", "createdAt", "expiresAt") VALUES (?1, ?2, ?3, ?4)`,
  )
  const sweep = statement(`DELETE FROM "_truth_sessions" WHERE "expiresAt" <= ?1`)
  const remove = statement(`DELETE FROM "_truth_sessions" WHERE "token" = ?1`)
  const ofUser = statement(
    `SELECT "token", "createdAt", "expiresAt" FROM "_truth_sessions" WHERE "user" = ?1 AND "expiresAt" > ?2 ORDER BY "createdAt", "token"`,
  )
  const removeOne = statement(`DELETE FROM "_truth_sessions" WHERE "user" = ?1 AND "token" = ?2 RETURNING 1`)
  const removeAll = statement(`DELETE FROM "_truth_sessions" WHERE "user" = ?1`)
  const removeOthers = statement(`DELETE FROM "_truth_sessions" WHERE "user" = ?1 AND "token" <> ?2`)
  const setHash = statement(
    `INSERT INTO "_truth_credentials" ("user", "hash", "updatedAt") VALUES (?1, ?2, ?3) ON CONFLICT ("user") DO UPDATE SET "hash" = excluded."hash", "updatedAt" = excluded."updatedAt"`,
  )
  const removeHash = statement(`DELETE FROM "_truth_credentials" WHERE "user" = ?1`)

  const userOf = userReader()
  const write = async (tx: Transaction, what: typeof insert, values: readonly Input[]): Promise<void> => {
    await tx.run(what, values)
  }

  return {
    entity,
    keepsVerified: verifiedField(entity) !== undefined,
    session: async (token, now) => {
      if (!isToken(token)) return undefined
      const [found] = await database.query(find, [hashToken(token), now])
      return found && { expiresAt: String(found[0]), user: userOf(String(found[1])) }
    },
    start: async (tx, user, now) => {
      const token = newToken()
      const expiresAt = new Date(Date.parse(now) + auth.sessionTimeout * 1000).toISOString()
      await write(tx, sweep, [now])
      await write(tx, insert, [hashToken(token), user, now, expiresAt])
      return { token, expiresAt }
    },
    end: (token) => database.transaction((tx) => write(tx, remove, [hashToken(token)])),
    sessions: async (user, now) => {
      const found = await database.query(ofUser, [user, now])
      return found.map(([id, createdAt, expiresAt]) => ({
        id: String(id),
        createdAt: String(createdAt),
        expiresAt: String(expiresAt),
      }))
    },
    endById: async (user, id) => {
      if (!isToken(id)) return false
      return (await database.transaction((tx) => tx.run(removeOne, [user, id]))).length > 0
    },
    oneTime: oneTimeTokens(entity),
    identities: identitiesOf(entity),
    endAll: (tx, user) => write(tx, removeAll, [user]),
    endOthers: (tx, user, token) => write(tx, removeOthers, [user, hashToken(token)]),
    credential: async (email) => {
      const [found] = await database.query(byEmail, [email])
      return found && { user: String(found[0]), hash: String(found[1]) }
    },
    hashOf: async (user, tx) => {
      const [found] = await (tx ? tx.run(hashById, [user]) : database.query(hashById, [user]))
      return found && String(found[0])
    },
    setPassword: (tx, user, hash, now) => write(tx, setHash, [user, hash, now]),
    removePassword: (tx, user) => write(tx, removeHash, [user]),
    member: async (email) => {
      const [found] = await database.query(memberByEmail, [email])
      return found && String(found[0])
    },
    userById: async (id) => {
      const [found] = await database.query(byId, [id])
      return found && userOf(String(found[0]))
    },
  }
}
