// Answers of reads, kept until something is written: what was asked before with the same values is answered from memory
// as long as SQLite counts no commit, of whatever connection or process.

import { LRUCache } from 'lru-cache'
import type { Input, Row, Statement } from './contract.ts'

/** Bytes of all answers together, and of one; texts beyond Latin-1 take twice as many. */
const most = 16 * 1024 * 1024
const largest = 256 * 1024

/** What was counted before the answer was read. Only what is asked for a second time is worth its memory. */
type Entry = { readonly writes: number; readonly kept?: { readonly commits: string; readonly rows: readonly Row[] } }

export type Kept = (
  statement: Statement,
  values: readonly Input[],
  read: () => Promise<readonly Row[]>,
) => Promise<readonly Row[]>

/** A value takes a place in its row, and a text its characters. */
const sizeOf = ({ kept }: Entry, key: string): number =>
  (kept?.rows ?? [])
    .flat()
    .reduce<number>((size, value) => size + 32 + (typeof value === 'string' ? value.length : 0), 200 + key.length)

const textOf = (value: Input): string => {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'object' && value !== null ? `real ${value.real}` : String(value)
}

/**
 * Answers kept in memory; `read` is asked where there is none, and its error is thrown on. `countCommits` counts those of
 * all connections and processes; `countWrites` those that this process has begun, which costs nothing.
 */
export function keepAnswers(countWrites: () => number, countCommits: () => Promise<string>): Kept {
  const entries = new LRUCache<string, Entry>({ maxSize: most, maxEntrySize: largest, sizeCalculation: sizeOf })

  return async ({ text }, values, read) => {
    const key = `${text} ${values.map(textOf).join()}`
    const writes = countWrites()
    const entry = entries.get(key)
    // PERF: while this process writes, no commits are counted, and nothing is kept.
    if (entry?.writes !== writes) {
      entries.set(key, { writes })
      return read()
    }
    const commits = await countCommits()
    if (entry.kept?.commits === commits) return entry.kept.rows
    const rows = await read()
    // INVARIANT: counted before it was read, so that it is never taken for newer than it is.
    entries.set(key, { writes, kept: { commits, rows } })
    return rows
  }
}
