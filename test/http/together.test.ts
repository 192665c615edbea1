// Writes with conditions: `If-Match`, `Idempotency-Key`, and batches, all or nothing.

import { expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { createServer } from '../../runtime/http/server.ts'
import { createService } from '../../runtime/http/service.ts'
import { describeEach } from '../helpers/databases.ts'
import { type Person, startDesk, type World } from '../helpers/desk-app.ts'

describeEach(['embedded file', 'remote'], (open) => {
  const start = (): Promise<World> => startDesk(open)
  const send = ({ app }: World, who: Person | undefined, method: string, path: string, body?: unknown, headers = {}) =>
    app.send(method, `/api/${path}`, body, { token: who?.token, headers })
  const count = async ({ app }: World, table: string): Promise<unknown> =>
    (await app.database.query(statement(`SELECT count(*) FROM "${table}"`), []))[0]?.[0]

  test('If-Match lets a write through while the row is as it was seen', async () => {
    const world = await start()
    const { ann, bob, file, chief } = world
    const path = `files/${file}`
    const tag = (await send(world, ann, 'GET', path)).headers.get('etag') ?? ''
    const write = (who: Person, pages: number, ifMatch: string) =>
      send(world, who, 'PATCH', path, { pages }, { 'if-match': ifMatch })
    const first = await write(ann, 1, `"other", ${tag}`)
    expect(first.status).toBe(200)
    const stale = await write(ann, 2, tag)
    expect([stale.status, stale.body.code]).toEqual([412, 'changed'])
    expect((await write(ann, 3, '*')).status).toBe(200)
    expect((await write(ann, 4, first.headers.get('etag') ?? '')).status).toBe(412)
    // The tag is of the row as its reader sees it; whoever may not write still may not.
    const bobs = (await send(world, bob, 'GET', path)).headers.get('etag') ?? ''
    expect((await write(bob, 5, bobs)).status).toBe(403)
    expect((await write(bob, 5, '"x"')).status).toBe(412)
    const chiefs = (await send(world, chief, 'GET', path)).headers.get('etag')
    expect(chiefs).not.toBe(bobs)
    const projected = (await send(world, ann, 'GET', `${path}?fields=pages`)).headers.get('etag') ?? ''
    expect((await write(ann, 6, projected)).status).toBe(412)
    expect((await send(world, ann, 'POST', `${path}/close`, {}, { 'if-match': tag })).status).toBe(412)
    expect((await send(world, ann, 'DELETE', path, undefined, { 'if-match': tag })).status).toBe(412)
    expect((await send(world, ann, 'GET', path)).body).toMatchObject({ pages: 3, closed: false })
  })

  test('If-Match tells nothing of a row that may not be read', async () => {
    const world = await start()
    const { bob, folder, ann } = world
    const { headers } = await send(world, ann, 'GET', `folders/${folder}`)
    for (const tag of [headers.get('etag') ?? '', '"x"', '*'])
      expect((await send(world, bob, 'PATCH', `folders/${folder}`, { name: 'x' }, { 'if-match': tag })).status).toBe(
        404,
      )
  })

  test('a POST with a key is done once, also after a restart', async () => {
    const world = await start()
    const { ann, bob, app } = world
    const post = (who: Person, title: string, key: string) =>
      send(world, who, 'POST', 'files', { title }, { 'idempotency-key': key })
    const first = await post(ann, 'Once', 'k1')
    const before = await count(world, 'File')
    const again = await post(ann, 'Once', 'k1')
    expect([again.status, again.text]).toEqual([201, first.text])
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    // Another server on the same database.
    const restarted = createServer({
      service: () => createService(app.app, app.database, 'production', app.service.log),
      remoteOf: () => '127.0.0.1',
    })
    const headers = {
      authorization: `Bearer ${ann.token}`,
      'content-type': 'application/json',
      'idempotency-key': 'k1',
    }
    const third = await restarted.request('http://localhost/api/files', {
      method: 'POST',
      headers,
      body: '{"title":"Once"}',
    })
    expect(await third.text()).toBe(first.text)
    expect(await count(world, 'File')).toBe(before)
    const other = await post(ann, 'Other', 'k1')
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key'])
    // A key is its sender's own.
    expect((await post(bob, 'Once', 'k1')).body.id).not.toBe(first.body.id)
    expect((await post(ann, 'x', 'a b')).status).toBe(400)
  })

  test('many at once with one key: one is done, all get its answer', async () => {
    const world = await start()
    const before = Number(await count(world, 'File'))
    const headers = { 'idempotency-key': 'same' }
    const all = await Promise.all(
      Array.from({ length: 12 }, () => send(world, world.ann, 'POST', 'files', { title: 'Same' }, headers)),
    )
    expect(new Set(all.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(await count(world, 'File')).toBe(before + 1)
  })

  test('a key is forgotten after a day, and may stand for another request then', async () => {
    const world = await start()
    const { ann, app } = world
    const post = (title: string) => send(world, ann, 'POST', 'files', { title }, { 'idempotency-key': 'daily' })
    const age = async (hours: number) => {
      const at = new Date(Date.now() - hours * 60 * 60 * 1000).toISOString()
      await app.database.transaction((tx) => tx.run(statement('UPDATE "_truth_answers" SET "at" = ?1'), [at]))
    }
    const first = await post('One')
    await age(23)
    expect((await post('One')).body.id).toBe(first.body.id)
    expect((await post('Two')).status).toBe(422)
    await age(25)
    const second = await post('Two')
    expect([second.status, second.body.title]).toEqual([201, 'Two'])
  })

  test('a refusal is not kept: the retry can succeed', async () => {
    const world = await start()
    const headers = { 'idempotency-key': 'k' }
    const { file, ann, app } = world
    await app.set('File', file, { closed: 1 })
    const close = () => send(world, ann, 'POST', `files/${file}/close`, {}, headers)
    expect((await close()).status).toBe(403)
    await app.set('File', file, { closed: 0 })
    expect((await close()).status).toBe(200)
    expect((await close()).status).toBe(200)
    expect((await send(world, ann, 'POST', `files/${file}/close`, {})).status).toBe(403)
  })

  test('a batch does everything, and answers each', async () => {
    const world = await start()
    const { ann, file } = world
    const { status, body } = await send(world, ann, 'POST', 'batch', [
      { method: 'POST', path: '/api/files', body: { title: 'New' } },
      { method: 'PATCH', path: `/api/files/${file}`, body: { pages: 7 } },
      { method: 'GET', path: `/api/files/${file}?fields=pages` },
      { method: 'POST', path: `/api/files/${file}/close` },
      { method: 'DELETE', path: `/api/files/${file}` },
      { method: 'GET', path: '/api/files?fields=title' },
    ])
    expect(status).toBe(200)
    expect(body.map((one: { status: number }) => one.status)).toEqual([201, 200, 200, 200, 204, 200])
    expect(body[2].body).toEqual({ id: file, pages: 7 })
    expect(body[4].body).toBe(null)
    expect(body[5].body.data.map(({ title }: { title: string }) => title)).toEqual(['Cellar', 'New'])
    expect(body[0].headers.Location).toBe(`/api/files/${body[0].body.id}`)
  })

  test('a batch does nothing when one of it is refused, or fails in the database', async () => {
    const world = await start()
    const { ann, bob, folder, file } = world
    const before = [await count(world, 'File'), await count(world, '_truth_outbox')]
    const good = { method: 'POST', path: '/api/files', body: { title: 'New' } }
    const refused = await send(world, bob, 'POST', 'batch', [
      good,
      { method: 'PATCH', path: `/api/folders/${folder}`, body: { name: 'x' } },
    ])
    expect([refused.status, refused.body.detail]).toEqual([
      404,
      expect.stringMatching(/^Request 1 of the batch: .* Nothing was changed\.$/),
    ])
    const invalid = await send(world, ann, 'POST', 'batch', [
      good,
      { method: 'POST', path: '/api/files', body: { nope: 1 } },
    ])
    expect([invalid.status, invalid.body.errors[0].path]).toEqual([422, '1.nope'])
    const stale = await send(world, ann, 'POST', 'batch', [
      good,
      { method: 'PATCH', path: `/api/files/${file}`, body: { pages: 1 }, ifMatch: '"x"' },
    ])
    expect(stale.status).toBe(412)
    // The folder still has files.
    const used = await send(world, ann, 'POST', 'batch', [good, { method: 'DELETE', path: `/api/folders/${folder}` }])
    expect(used.status).toBe(409)
    expect([await count(world, 'File'), await count(world, '_truth_outbox')]).toEqual(before)
  })

  test('a batch with a key is done once', async () => {
    const world = await start()
    const items = [{ method: 'POST', path: '/api/files', body: { title: 'New' } }]
    const sendAll = () => send(world, world.ann, 'POST', 'batch', items, { 'idempotency-key': 'b' })
    expect((await sendAll()).text).toBe((await sendAll()).text)
    expect(await count(world, 'File')).toBe(3)
  })
})

test.each([
  [{}, 'is a list'],
  [undefined, 'is a list'],
  [Array(101).fill({}), 'at most 100'],
  [[1], 'must be an object'],
  [[{ method: 'POST', path: '/api/files', header: {} }], 'unknown key `header`'],
  [[{ method: 'TRACE', path: '/api/files' }], 'needs a `method`'],
  [[{ method: 'GET', path: 'files' }], 'needs a `path`'],
  [[{ method: 'GET', path: '/api/files', body: {} }], 'GET does not take'],
  [[{ method: 'POST', path: '/api/batch', body: [] }], 'does not take'],
  [[{ method: 'POST', path: '/api/auth/sign-in', body: {} }], 'does not take'],
  [[{ method: 'GET', path: '/files' }], 'does not take'],
])('a batch that is none: %j', async (body, words) => {
  const { app, ann } = await startDesk()
  const reply = await app.send('POST', '/api/batch', body, ann)
  expect([reply.status, reply.body.detail]).toEqual([400, expect.stringContaining(words)])
  expect((await app.send('GET', '/api/batch', undefined, ann)).status).toBe(405)
  await app.close()
})
