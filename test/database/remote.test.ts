// What only a remote database can do wrong: be away, be somebody else's, answer late, forget a stream or an answer.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, describe, expect, test } from 'vitest'
import { type Database, type Limits, openDatabase, statement, usualLimits } from '../../runtime/database/database.ts'
import { type Hrana, type HranaOptions, startHrana } from '../helpers/hrana.ts'

const leave: (() => unknown)[] = []

afterEach(async () => {
  for (const task of leave.splice(0).reverse()) await task()
})

async function serve(options: HranaOptions = {}): Promise<Hrana> {
  const server = await startHrana(options)
  leave.push(server.stop)
  return server
}

async function open(url: string, limits: Partial<Limits> = {}, authToken?: string): Promise<Database> {
  const token = authToken === undefined ? {} : { authToken }
  const database = await openDatabase({ url, durability: 'normal', ...token }, { ...usualLimits, ...limits })
  leave.push(database.close)
  return database
}

const count = statement('SELECT count(*) FROM "t"')
const insert = statement('INSERT INTO "t" VALUES (?1)')
const table = 'CREATE TABLE "t" ("a" TEXT NOT NULL UNIQUE) STRICT'

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'truth-remote-'))
  leave.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'remote.db')
}

describe('the server', () => {
  test.each(['PRAGMA journal_mode = DELETE', `ATTACH 'x' AS "y"`, 'VACUUM', ' vacuum'])('refuses %s', async (text) => {
    const client = createClient({ url: (await serve()).url })
    leave.push(() => client.close())
    await expect(client.execute(text)).rejects.toThrow('unsupported statement')
    await expect(client.executeMultiple(text)).rejects.toThrow('unsupported statement')
  })

  test('serves what the client asks: batches, sequences, interactive transactions', async () => {
    const client = createClient({ url: (await serve()).url, intMode: 'bigint' })
    leave.push(() => client.close())
    await client.executeMultiple(`${table}; INSERT INTO "t" VALUES ('0');`)
    await client.batch([`INSERT INTO "t" VALUES ('1')`, `INSERT INTO "t" VALUES ('2')`], 'write')
    const wrong = client.batch([`INSERT INTO "t" VALUES ('3')`, `INSERT INTO "t" VALUES ('1')`], 'write')
    await expect(wrong).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' })
    const transaction = await client.transaction('write')
    for (let index = 0; index < 40; index += 1) await transaction.execute(`INSERT INTO "t" VALUES ('x${index}')`)
    await transaction.commit()
    const bytes = await client.execute({ sql: 'SELECT :a AS "a", $b, 1.5', args: { a: new Uint8Array([1, 2]), b: 3n } })
    expect(Array.from(bytes.rows[0] ?? [])).toEqual([new Uint8Array([1, 2]).buffer, 3n, 1.5])
    expect((await client.execute('SELECT count(*) AS "n" FROM "t"')).rows[0]?.n).toBe(43n)
  })

  test('answers what the client of today does not ask, and refuses a baton that was used', async () => {
    const { url } = await serve()
    const post = (body: object): Promise<Response> =>
      fetch(`${url}/v2/pipeline`, { method: 'POST', body: JSON.stringify(body) })
    const began = [
      { type: 'sequence', sql: 'BEGIN' },
      { type: 'get_autocommit' },
      { type: 'describe', sql: 'SELECT ?1 AS "a"' },
    ]
    const first = (await (await post({ requests: began })).json()) as { baton: string; results: object[] }
    expect(first.results).toMatchObject([
      { type: 'ok', response: { type: 'sequence' } },
      { type: 'ok', response: { type: 'get_autocommit', is_autocommit: false } },
      {
        response: { result: { params: [{ name: '?1' }], cols: [{ name: 'a' }], is_explain: false, is_readonly: true } },
      },
    ])
    const closing = { baton: first.baton, requests: [{ type: 'close' }] }
    expect(await (await post(closing)).json()).toMatchObject({ baton: null, results: [{ type: 'ok' }] })
    expect((await post(closing)).status).toBe(400)
  })

  test('keeps no stream once it is done with', async () => {
    const server = await serve()
    const database = await open(server.url)
    await database.script([table])
    await Promise.allSettled(['a', 'a', 'b'].map((name) => database.transaction((tx) => tx.run(insert, [name]))))
    expect(await database.query(count, [])).toEqual([[2]])
    expect(server.streams()).toBe(0)
  })
})

describe('opening', () => {
  test.each([
    ['with a token', 'secret', true],
    ['with another', 'guess', false],
    ['without', undefined, false],
  ])('%s', async (_how, token, allowed) => {
    const { url } = await serve({ authToken: 'secret' })
    const opened = open(url, {}, token)
    if (allowed) expect(await (await opened).query(statement('SELECT 1'), [])).toEqual([[1]])
    else await expect(opened).rejects.toThrow(/^The database http:\/\/.* cannot be opened: .*401/)
  })

  test('where nobody is', async () => {
    const server = await startHrana()
    await server.stop()
    const away = {
      kind: 'unreachable',
      message: `The database ${server.url} cannot be opened: The database cannot be reached.`,
    }
    await expect(open(server.url)).rejects.toMatchObject(away)
  })

  test('where somebody listens and says nothing', async () => {
    const silent: Server = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    leave.push(() => silent.close())
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : 0
    const opened = open(`http://127.0.0.1:${port}`, { request: 100 })
    await expect(opened).rejects.toMatchObject({ kind: 'unreachable', message: expect.stringContaining('in time') })
  })

  test.each(['ws://127.0.0.1', 'ftp://127.0.0.1/x', 'http://'])('%s is refused', async (url) => {
    await expect(open(url)).rejects.toMatchObject({ name: 'DatabaseError' })
  })
})

describe('a server that goes', () => {
  test('is told as unreachable, and is used again once it is back', async () => {
    const path = temporary()
    const first = await startHrana({ path })
    const database = await open(first.url)
    await database.script([table])
    await first.stop()
    const gone = { kind: 'unreachable', message: 'The database cannot be reached.' }
    await expect(database.query(count, [])).rejects.toMatchObject(gone)
    await expect(database.transaction((tx) => tx.run(insert, ['a']))).rejects.toMatchObject(gone)
    await serve({ path, port: Number(new URL(first.url).port) })
    expect(await database.query(count, [])).toEqual([[0]])
    await database.transaction((tx) => tx.run(insert, ['a']))
    expect(await database.query(count, [])).toEqual([[1]])
  })

  test('in the middle of a transaction leaves nothing of it', async () => {
    const path = temporary()
    const first = await startHrana({ path })
    const database = await open(first.url)
    await database.script([table])
    const work = database.transaction(async (tx) => {
      await tx.run(insert, ['a'])
      await first.stop()
      await tx.run(insert, ['b'])
    })
    await expect(work).rejects.toMatchObject({ kind: 'unreachable' })
    await serve({ path, port: Number(new URL(first.url).port) })
    expect(await database.query(count, [])).toEqual([[0]])
  })

  const isCommit = (request: object): boolean => JSON.stringify(request).includes('"COMMIT"')

  test('while it commits: the change may be stored or not, and is told so', async () => {
    let drop = false
    const server = await serve({ before: (requests) => (drop && requests.some(isCommit) ? 'drop' : 'answer') })
    const database = await open(server.url)
    await database.script([table])
    drop = true
    const work = database.transaction((tx) => tx.run(insert, ['a']))
    await expect(work).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('may be stored or not'),
    })
    expect(await database.query(count, [])).toEqual([[1]])
  })

  test('once while a query is under way: it is asked again', async () => {
    let drops = 0
    const server = await serve({ before: () => (drops-- > 0 ? 'drop' : 'answer') })
    const database = await open(server.url)
    drops = 1
    expect(await database.query(statement('SELECT 1'), [])).toEqual([[1]])
    drops = 2
    await expect(database.query(statement('SELECT 1'), [])).rejects.toMatchObject({ kind: 'unreachable' })
  })
})

describe('limits', () => {
  const tooLong = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700))

  test.each([
    ['a stream that was idle for too long', { streamLimit: 300 }, 'unreachable'],
    ['a transaction that was open for too long', { transactionLimit: 300 }, 'busy'],
  ] as const)('of the server: %s leaves nothing of it', async (_what, limit, kind) => {
    const server = await serve(limit)
    const database = await open(server.url)
    await database.script([table])
    const work = database.transaction(async (tx) => {
      await tx.run(insert, ['a'])
      await tooLong()
      // The server has ended it; nothing of it may run outside a transaction now.
      await Promise.all(['b', 'c', 'd'].map((name) => tx.run(insert, [name])))
    })
    await expect(work).rejects.toMatchObject({ kind })
    expect(await database.query(count, [])).toEqual([[0]])
    await database.transaction((tx) => tx.run(insert, ['e']))
    expect(await database.query(count, [])).toEqual([[1]])
  })

  test('of ours: a transaction given up while the server still begins it holds no lock', async () => {
    let held: Promise<void> | undefined
    let release = (): void => {}
    const server = await serve({
      before: async (): Promise<'answer'> => {
        await held
        return 'answer'
      },
    })
    const database = await open(server.url, { transaction: 400 })
    await database.script([table])
    held = new Promise((resolve) => {
      release = resolve
    })
    const work = database.transaction((tx) => tx.run(insert, ['a']))
    await expect(work).rejects.toThrow('took longer than')
    release()
    await tooLong()
    await expect.poll(() => server.streams()).toBe(0)
    await database.transaction((tx) => tx.run(insert, ['b']))
    expect(await database.query(statement('SELECT "a" FROM "t"'), [])).toEqual([['b']])
  })
})
