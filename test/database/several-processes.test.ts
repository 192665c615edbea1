// What was acknowledged is stored: with several processes writing into one file at once, and with processes killed in
// the middle of their writing.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { applySchema } from '../../runtime/database/apply.ts'
import { type Database, openDatabase, statement } from '../../runtime/database/database.ts'
import { type Built, builtHelper } from '../helpers/built.ts'
import { smallApp } from '../helpers/small-app.ts'

let program: Built
let folder = ''
let path = ''
const running = new Set<ChildProcess>()

beforeAll(async () => {
  program = await builtHelper('writer-process.ts')
})

afterAll(() => program.remove())

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'truth-processes-'))
  path = join(folder, 'app.db')
  await withDatabase(async (database) => {
    await applySchema(database, smallApp({ Task: { fields: { title: {} } } }))
    await database.script([`INSERT INTO "Task" VALUES ('total', '0')`])
  })
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url: path, durability: 'normal' })
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}

type Writer = { readonly acknowledged: readonly string[]; readonly code: number | null; readonly errors: string }

type Started = { readonly ready: Promise<void>; readonly go: () => void; readonly ended: Promise<Writer> }

/** A writer that waits for `go`; with `killAfter`, it is killed once so many of its writes were acknowledged. */
function startWriter(name: string, count: number, killAfter?: number): Started {
  const child = spawn(process.execPath, [program.file, path, name, String(count)], { stdio: 'pipe' })
  running.add(child)
  const closed = once(child, 'close')
  const acknowledged: string[] = []
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ready = new Promise<void>((resolve) => {
    closed.then(() => resolve())
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') return resolve()
      acknowledged.push(line)
      if (acknowledged.length === killAfter) child.kill('SIGKILL')
    })
  })
  const ended = closed.then(([code]): Writer => {
    running.delete(child)
    return { acknowledged, code, errors }
  })
  return { ready, go: () => child.stdin.end('go\n'), ended }
}

/** Lets writers begin together, and waits for all of them. */
async function runTogether(writers: readonly Started[]): Promise<Writer[]> {
  await Promise.all(writers.map(({ ready }) => ready))
  for (const { go } of writers) go()
  return Promise.all(writers.map(({ ended }) => ended))
}

type Stored = {
  /** Rows of the events, in the order of the commits. */
  readonly order: string[]
  readonly rows: string[]
  readonly events: string[]
  readonly total: number
  readonly integrity: unknown
}

const readStored = (): Promise<Stored> =>
  withDatabase(async (database) => {
    const column = async (text: string): Promise<string[]> =>
      (await database.query(statement(text), [])).map(([value]) => String(value))
    const [total] = await column(`SELECT "title" FROM "Task" WHERE "id" = 'total'`)
    return {
      order: await column('SELECT "row" FROM "_truth_outbox" ORDER BY "id"'),
      rows: await column(`SELECT "id" FROM "Task" WHERE "id" <> 'total' ORDER BY "id"`),
      events: await column('SELECT "row" FROM "_truth_outbox" ORDER BY "row"'),
      total: Number(total),
      integrity: await column('PRAGMA integrity_check'),
    }
  })

test('three processes at once: every write that was acknowledged is stored, and nothing else', async () => {
  const writers = await runTogether(['a', 'b', 'c'].map((name) => startWriter(name, 180)))
  expect(writers.map(({ code, errors }) => [code, errors])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ])
  const acknowledged = writers.flatMap((writer) => writer.acknowledged).sort()
  expect(acknowledged.length).toBeGreaterThan(450)
  const { order, ...stored } = await readStored()
  expect(stored).toEqual({ rows: acknowledged, events: acknowledged, total: acknowledged.length, integrity: ['ok'] })
  // They did write at the same time.
  const turns = order.filter((id, index) => id[0] !== order[index - 1]?.[0])
  expect(turns.length).toBeGreaterThan(10)
})

test('killed while they write: every write that was acknowledged is stored, and its event with it', async () => {
  const acknowledged: string[] = []
  const kills = 6
  for (let round = 0; round < kills; round += 1) {
    const [killed, other] = await runTogether([
      startWriter(`killed${round}`, 100_000, 5 + round * 7),
      startWriter(`other${round}`, 30),
    ])
    expect([killed?.code, killed?.errors]).toEqual([null, ''])
    expect([other?.code, other?.errors]).toEqual([0, ''])
    acknowledged.push(...(killed?.acknowledged ?? []), ...(other?.acknowledged ?? []))
  }
  const stored = await readStored()
  expect(acknowledged.filter((id) => !stored.rows.includes(id))).toEqual([])
  expect(stored.events).toEqual(stored.rows)
  expect(stored.rows.filter((id) => id.endsWith('undone'))).toEqual([])
  expect(stored.total).toBe(stored.rows.length)
  expect(stored.integrity).toEqual(['ok'])
  // Between its COMMIT and its word of it, each killed process may have stored one more.
  expect(stored.rows.length - acknowledged.length).toBeLessThanOrEqual(kills)
})
