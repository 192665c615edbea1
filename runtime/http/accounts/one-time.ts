// Tokens that go out by mail and open one thing once: setting another password, and showing that an address is one's own.
// The database holds only their hash, and the address that they went to.

import { identifier } from '../../../expr/index.ts'
import { statement, type Transaction } from '../../database/database.ts'
import { presence } from '../../database/records/guard.ts'
import type { Entity } from '../../truth/app.ts'
import { hashToken, isToken, newToken } from './token.ts'

export type Purpose = 'reset' | 'verify'

export type OneTime = {
  /** A new token; those of the same user for the same purpose open nothing any more. */
  readonly issue: (tx: Transaction, user: string, address: string, purpose: Purpose, now: string) => Promise<string>
  /** The tokens of a user for a purpose open nothing any more. */
  readonly revoke: (tx: Transaction, user: string, purpose: Purpose) => Promise<void>
  /** The user of a token, used up with this; undefined when it opens nothing, or their address is another one now. */
  readonly take: (tx: Transaction, token: string, purpose: Purpose, now: string) => Promise<string | undefined>
}

/** Milliseconds. */
const lasts: Readonly<Record<Purpose, number>> = { reset: 60 * 60 * 1000, verify: 7 * 24 * 60 * 60 * 1000 }

export function oneTimeTokens(entity: Entity): OneTime {
  const table = identifier(entity.table).parts.join('')
  const there = presence(entity).parts.join('')
  const sweep = statement('DELETE FROM "_truth_tokens" WHERE "expiresAt" <= ?1 OR ("user" = ?2 AND "purpose" = ?3)')
  const insert = statement(
    'INSERT INTO "_truth_tokens" ("token", "user", "purpose", "address", "expiresAt") VALUES (?1, ?2, ?3, ?4, ?5)',
  )
  const remove = statement(
    `DELETE FROM "_truth_tokens" WHERE "token" = ?1 AND "purpose" = ?2 AND "expiresAt" > ?3 RETURNING "user", "address"`,
  )
  const revoke = statement('DELETE FROM "_truth_tokens" WHERE "user" = ?1 AND "purpose" = ?2')
  const owner = statement(`SELECT "id" FROM ${table} WHERE "id" = ?1 AND "email" = ?2 AND ${there}`)
  return {
    issue: async (tx, user, address, purpose, now) => {
      const token = newToken()
      const expiresAt = new Date(Date.parse(now) + lasts[purpose]).toISOString()
      await tx.run(sweep, [now, user, purpose])
      await tx.run(insert, [hashToken(token), user, purpose, address, expiresAt])
      return token
    },
    revoke: async (tx, user, purpose) => {
      await tx.run(revoke, [user, purpose])
    },
    take: async (tx, token, purpose, now) => {
      if (!isToken(token)) return undefined
      const [taken] = await tx.run(remove, [hashToken(token), purpose, now])
      if (!taken) return undefined
      const [found] = await tx.run(owner, [String(taken[0]), String(taken[1])])
      return found && String(found[0])
    },
  }
}
