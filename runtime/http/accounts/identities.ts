// Who is who at the provider: its ids of people, the users that they stand for, and the addresses that it vouched for.

import { identifier } from '../../../expr/index.ts'
import { type Row, statement, type Transaction } from '../../database/database.ts'
import { presence } from '../../database/records/guard.ts'
import type { Entity } from '../../truth/app.ts'
import { verifiedField } from '../../truth/verified-field.ts'

/** A user as somebody who enters finds them. */
export type Holder = {
  readonly id: string
  readonly email: string | undefined
  /** False when the row was deleted softly. */
  readonly alive: boolean
  /** Whether the address was shown to be theirs, by mail or by a provider. */
  readonly proven: boolean
  /** What `emailVerified` says; undefined where the app does not keep it. */
  readonly verified: boolean | undefined
}

export type Identities = {
  readonly holder: (tx: Transaction, subject: string) => Promise<Holder | undefined>
  /** The users with this address that are not deleted. */
  readonly withEmail: (tx: Transaction, email: string) => Promise<readonly Holder[]>
  readonly link: (tx: Transaction, subject: string, user: string, now: string) => Promise<void>
  /** Keeps the address that the provider vouches for. */
  readonly vouch: (tx: Transaction, subject: string, address: string) => Promise<void>
  readonly unlink: (tx: Transaction, user: string) => Promise<void>
  /** Unlinks who came to this user without having shown that the address of now is theirs. */
  readonly unlinkUnproven: (tx: Transaction, user: string) => Promise<void>
}

const holderOf = ([id, email, alive, proven, verified]: Row): Holder => ({
  id: String(id),
  email: typeof email === 'string' ? email : undefined,
  alive: alive === 1,
  proven: proven === 1,
  verified: verified === null ? undefined : verified === 1,
})

export function identitiesOf(entity: Entity): Identities {
  const table = identifier(entity.table).parts.join('')
  const isAlive = presence(entity).parts.join('')
  const isVerified = verifiedField(entity) === undefined ? 'NULL' : `${table}."emailVerified" IS 1`
  const isVouched = `EXISTS (SELECT 1 FROM "_truth_identities" AS v WHERE v."user" = ${table}."id" AND v."address" = ${table}."email")`
  const columns = `${table}."id", ${table}."email", ${isAlive}, coalesce(${isVerified}, 0) OR ${isVouched}, ${isVerified}`
  const bySubject = statement(
    `SELECT ${columns} FROM "_truth_identities" AS i JOIN ${table} ON ${table}."id" = i."user" WHERE i."subject" = ?1`,
  )
  const byEmail = statement(`SELECT ${columns} FROM ${table} WHERE ${table}."email" = ?1 AND ${isAlive} LIMIT 2`)
  const insert = statement('INSERT INTO "_truth_identities" ("subject", "user", "createdAt") VALUES (?1, ?2, ?3)')
  const update = statement('UPDATE "_truth_identities" SET "address" = ?2 WHERE "subject" = ?1 AND "address" IS NOT ?2')
  const removeAll = statement('DELETE FROM "_truth_identities" WHERE "user" = ?1')
  const removeUnproven = statement(
    `DELETE FROM "_truth_identities" WHERE "user" = ?1 AND "address" IS NOT (SELECT "email" FROM ${table} WHERE "id" = ?1)`,
  )
  return {
    holder: async (tx, subject) => {
      const [found] = await tx.run(bySubject, [subject])
      return found && holderOf(found)
    },
    withEmail: async (tx, email) => (await tx.run(byEmail, [email])).map(holderOf),
    link: async (tx, subject, user, now) => {
      await tx.run(insert, [subject, user, now])
    },
    vouch: async (tx, subject, address) => {
      await tx.run(update, [subject, address])
    },
    unlink: async (tx, user) => {
      await tx.run(removeAll, [user])
    },
    unlinkUnproven: async (tx, user) => {
      await tx.run(removeUnproven, [user])
    },
  }
}
