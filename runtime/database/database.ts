// The door of the database room: one interface, opened from a URL. The http room and the commands know nothing else.

import type { Database, DatabaseOptions, Limits } from './contract.ts'
import { openEmbedded } from './embedded.ts'
import { DatabaseError } from './errors.ts'
import { filePlace, memoryPlace } from './place.ts'

export { threads } from './aside.ts'
export type { Database, DatabaseOptions, Input, Limits, Row, SqlValue, Statement, Transaction } from './contract.ts'
export { kept, long, single, statement } from './statement.ts'

export const usualLimits: Limits = { busy: 10_000, transaction: 30_000, long: 5_000, request: 15_000 }

const schemeOf = (url: string): string | undefined => /^([a-z][a-z0-9+.-]+):(?!\\)/i.exec(url)?.[1]?.toLowerCase()

/** Opens a database; the file and its folder are made when they do not exist. Throws DatabaseError. */
export async function openDatabase(options: DatabaseOptions, limits: Limits = usualLimits): Promise<Database> {
  const { url, durability } = options
  if (options.syncUrl !== undefined) {
    const fix = `Leave \`syncUrl\` out, or give ${options.syncUrl} as \`url\` to read and write there.`
    throw new DatabaseError('other', `Embedded replicas (\`settings.database.syncUrl\`) are not supported yet. ${fix}`)
  }
  if (url === ':memory:') return openEmbedded(memoryPlace(), limits)
  const scheme = schemeOf(url)
  if (scheme === undefined || scheme === 'file') return openEmbedded(filePlace(url, durability), limits)
  if (scheme === 'libsql' || scheme === 'https' || scheme === 'http') {
    // PERF: its driver takes longer to load than all the rest.
    const { openRemote } = await import('./remote.ts')
    return openRemote(url, options.authToken, limits)
  }
  throw new DatabaseError(
    'other',
    `A database cannot be opened from ${scheme}: URLs. Give a file path, or a libsql:, https: or http: URL.`,
  )
}
