// Where an embedded database lies, and how firmly it is written.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Synchronous } from './connection.ts'

export type Place = {
  readonly path: string
  readonly synchronous: Synchronous
  /** Called once the database is closed. */
  readonly leave: () => void
}

function pathOf(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url)
  return url.startsWith('file:') ? url.slice('file:'.length) : url
}

/** The file of a path or a `file:` URL; its folder is made. */
export function filePlace(url: string, durability: 'normal' | 'full'): Place {
  const path = pathOf(url)
  mkdirSync(dirname(path), { recursive: true })
  return { path, synchronous: durability === 'full' ? 'FULL' : 'NORMAL', leave: () => {} }
}

/**
 * `:memory:` is a file of our own that goes at close, or with the process. Two connections to it behave as they do
 * everywhere else, where a single one in memory would show readers what is not committed yet.
 */
export function memoryPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const leave = (): void => {
    process.off('exit', remove)
    remove()
  }
  return { path: join(folder, 'memory.db'), synchronous: 'OFF', leave }
}
