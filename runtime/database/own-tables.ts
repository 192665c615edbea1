// The runtime's own tables, beside those of the app: events to deliver, and who may sign in.

import type { Column, ColumnType, Table } from '../generate/table.ts'
import type { App } from '../truth/app.ts'

const prefix = '_truth_'

/** Whether a table is one of the runtime's, of this version or another. */
export const isOwnTable = (name: string): boolean => name.startsWith(prefix)

/** Tables of accounts, which are of no use to an app without an auth entity. */
export const isAccountTable = (name: string): boolean =>
  [`${prefix}credentials`, `${prefix}identities`, `${prefix}sessions`, `${prefix}tokens`].includes(name)

const column = (name: string, type: ColumnType = 'TEXT', more: Partial<Column> = {}): Column => ({
  name,
  type,
  notNull: true,
  checks: [],
  ...more,
})

/** An index over each of these columns. */
const indexesOf = (table: string, ...columns: readonly string[]): Table['indexes'] =>
  columns.map((name) => ({ name: `${table}(${name})`, columns: [name], unique: false }))

const key: Partial<Column> = { primaryKey: true }

/** Events in the order in which their changes were committed. `payload` is JSON: the row before and after. */
const outbox: Table = {
  name: `${prefix}outbox`,
  columns: [
    column('id', 'INTEGER', { primaryKey: true, autoincrement: true }),
    column('name'),
    column('entity'),
    column('row'),
    column('at'),
    column('user', 'TEXT', { notNull: false }),
    column('payload'),
  ],
  indexes: [],
}

const meta: Table = {
  name: `${prefix}meta`,
  columns: [column('key', 'TEXT', key), column('value')],
  indexes: [],
  withoutRowid: true,
}

/** What was done to the schema: who, when, the sentences and the SQL as JSON lists, and the SHA-256 of the SQL. */
const migrations: Table = {
  name: `${prefix}migrations`,
  columns: [
    column('id', 'INTEGER', { primaryKey: true, autoincrement: true }),
    column('at'),
    column('by'),
    column('changes'),
    column('sql'),
    column('checksum'),
  ],
  indexes: [],
}

/** Answers to requests with an `Idempotency-Key`: hashes of the key and of the request, and the answer as JSON. */
const answers: Table = {
  name: `${prefix}answers`,
  columns: [column('key', 'TEXT', key), column('request'), column('answer'), column('at')],
  indexes: indexesOf(`${prefix}answers`, 'at'),
  withoutRowid: true,
}

// Who may sign in goes with the row of the auth entity, so that nothing of a deleted user stays behind.
function accountTables(users: string): Table[] {
  const references = { table: users, onDelete: 'cascade' } as const
  const identities = `${prefix}identities`
  const sessions = `${prefix}sessions`
  const tokens = `${prefix}tokens`
  return [
    {
      name: `${prefix}credentials`,
      columns: [column('user', 'TEXT', { ...key, references }), column('hash'), column('updatedAt')],
      indexes: [],
      links: true,
    },
    {
      name: identities,
      columns: [
        column('subject', 'TEXT', key),
        column('user', 'TEXT', { references }),
        column('address', 'TEXT', { notNull: false }),
        column('createdAt'),
      ],
      indexes: indexesOf(identities, 'user'),
      links: true,
    },
    {
      name: sessions,
      columns: [
        column('token', 'TEXT', key),
        column('user', 'TEXT', { references }),
        column('createdAt'),
        column('expiresAt'),
      ],
      indexes: indexesOf(sessions, 'user', 'expiresAt'),
      links: true,
    },
    {
      name: tokens,
      columns: [
        column('token', 'TEXT', key),
        column('user', 'TEXT', { references }),
        column('purpose'),
        column('address'),
        column('expiresAt'),
      ],
      indexes: indexesOf(tokens, 'user', 'expiresAt'),
      links: true,
    },
  ]
}

/** `identities.subject` is a person at the provider, `address` one that it vouches for. `sessions.token` and `tokens.token` are hashes of tokens; `credentials.hash` that of a password. Without an auth entity nobody signs in. */
export function ownTables(app: App): readonly Table[] {
  const users = app.entities.get(app.settings.auth.entity ?? '')
  return [outbox, meta, migrations, answers, ...(users ? accountTables(users.table) : [])]
}
