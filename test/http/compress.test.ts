// Compressed answers, over a real connection: which are, and that their tags still serve.

import { request } from 'node:http'
import { gunzipSync, inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
let listening: Listening
let token = ''
let id = ''

beforeAll(async () => {
  app = await startApp(example('tasks'))
  listening = await listen({ service: () => app.service }, '127.0.0.1', 0)
  token = (await app.signUp('ann')).token
  for (let count = 0; count < 20; count += 1)
    id = (await app.send('POST', '/api/tasks', { title: `Task ${count} ${'long '.repeat(30)}` }, { token })).body.id
})
afterAll(async () => {
  await listening.stop()
  await app.close()
})

type Got = { readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly bytes: Buffer }

const ask = (path: string, headers: Readonly<Record<string, string>>, method = 'GET', body?: string): Promise<Got> =>
  new Promise((done, fail) => {
    const options = { port: listening.port, path, method, headers: { authorization: `Bearer ${token}`, ...headers } }
    const sent = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', fail)
    sent.end(body)
  })

test.each([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
] as const)('a list as %s', async (encoding, decode) => {
  const plain = await ask('/api/tasks', {})
  const packed = await ask('/api/tasks', { 'accept-encoding': encoding })
  expect(packed.headers).toMatchObject({
    'content-encoding': encoding,
    vary: expect.stringContaining('Accept-Encoding'),
  })
  expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 4)
  expect(decode(packed.bytes).toString()).toBe(plain.bytes.toString())
  expect(plain.headers['content-encoding']).toBeUndefined()
})

test.each([
  ['what nobody asked for', '/api/tasks', ''],
  ['another encoding', '/api/tasks', 'br'],
  ['none wanted', '/api/tasks', 'gzip;q=0'],
  ['a small answer', '/api/auth/session', 'gzip'],
  ['a refusal', '/api/tasks/none', 'gzip'],
])('%s stays as it is', async (_what, path, accepted) => {
  expect((await ask(path, { 'accept-encoding': accepted })).headers['content-encoding']).toBeUndefined()
})

test('exports are compressed as they flow', async () => {
  for (const type of ['text/csv', 'application/x-ndjson']) {
    const packed = await ask('/api/tasks', { accept: type, 'accept-encoding': 'gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.bytes).toString()).toBe((await ask('/api/tasks', { accept: type })).bytes.toString())
  }
})

test('pages are compressed', async () => {
  const page = await ask('/sign-in', { authorization: '', 'accept-encoding': 'gzip' })
  expect(gunzipSync(page.bytes).toString()).toContain('<!doctype html>')
})

test('the tag of a compressed row is good for If-None-Match and If-Match', async () => {
  const path = `/api/tasks/${id}`
  const title = 'a'.repeat(200)
  const json = { 'content-type': 'application/json' }
  // A row of more than a kilobyte.
  await ask(path, json, 'PATCH', JSON.stringify({ title }))
  const { headers } = await ask(path, { 'accept-encoding': 'gzip' })
  const tag = String(headers.etag)
  const weak = tag.startsWith('W/') ? tag : `W/${tag}`
  expect((await ask(path, { 'if-none-match': weak })).status).toBe(304)
  expect((await ask(path, { 'if-none-match': `"other", ${weak}` })).status).toBe(304)
  expect((await ask(path, { 'if-none-match': 'W/"other"' })).status).toBe(200)
  expect((await ask(path, { ...json, 'if-match': weak }, 'PATCH', '{"title":"b"}')).status).toBe(200)
  expect((await ask(path, { ...json, 'if-match': weak }, 'PATCH', '{"title":"c"}')).status).toBe(412)
})
