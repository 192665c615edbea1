// The kinds of database that keep the one contract, each opened as an app opens it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe } from 'vitest'
import { type Database, type Limits, openDatabase, usualLimits } from '../../runtime/database/database.ts'
import { startHrana } from './hrana.ts'

export type Kind = 'embedded file' | ':memory:' | 'remote'

export const kinds: readonly Kind[] = ['embedded file', ':memory:', 'remote']

/** Those whose data a second database of the same URL sees. */
export const sharedKinds: readonly Kind[] = ['embedded file', 'remote']

/** Opens the database of a test; a second call opens the same one again, as another process would. */
export type Open = (limits?: Partial<Limits>) => Promise<Database>

type Place = { readonly url: string; readonly leave: () => void | Promise<void> }

async function placeOf(kind: Kind): Promise<Place> {
  if (kind === ':memory:') return { url: kind, leave: () => {} }
  if (kind === 'remote') {
    const server = await startHrana()
    return { url: server.url, leave: server.stop }
  }
  const folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  return { url: join(folder, 'app.db'), leave: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Describes a suite once for each kind. Each test has a database of its own, at `url`, closed after it. */
export function describeEach(among: readonly Kind[], suite: (open: Open, url: () => string) => void): void {
  describe.each(among)('%s', (kind) => {
    const opened: Database[] = []
    let place: Place

    beforeEach(async () => {
      place = await placeOf(kind)
    })

    afterEach(async () => {
      for (const database of opened.splice(0)) await database.close()
      await place.leave()
    })

    suite(
      async (limits) => {
        const database = await openDatabase({ url: place.url, durability: 'normal' }, { ...usualLimits, ...limits })
        opened.push(database)
        return database
      },
      () => place.url,
    )
  })
}
