// Answers as they are sent, over a real connection: which are compressed, that their tags still serve, and that HEAD and
// 304 say what GET would have said.

import { request } from 'node:http'
import { gunzipSync, inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

/** The headers of an answer that has no end. */
const begun = (path: string, headers: Readonly<Record<string, string>>): Promise<Got> =>
  new Promise((done, fail) => {
    const options = { port: listening.port, path, headers: { authorization: `Bearer ${token}`, ...headers } }
    const sent = request(options, (response) => {
      done({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.alloc(0) })
      response.destroy()
    })
    sent.on('error', fail)
    sent.end()
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

/** Headers that say something of the answer, and not of the moment or the connection. */
const lasting = ({ headers }: Got) => {
  const { date: _, connection, 'keep-alive': _k, 'transfer-encoding': _t, 'content-length': _l, ...rest } = headers
  const { 'x-request-id': _x, 'server-timing': _s, ...told } = rest
  return told
}

/** Makes a row of more than a kilobyte. */
const long = JSON.stringify({ title: '🌱'.repeat(200) })
const json = { 'content-type': 'application/json' }

describe.each(['gzip', 'deflate;q=1, gzip;q=0.5', 'br', ''])('for who accepts %j', (accepted) => {
  const encoded = { 'accept-encoding': accepted }

  test.each([
    ['/api/tasks', {}],
    ['/api/tasks', { accept: 'text/csv' }],
    ['/api/tasks', { accept: 'application/x-ndjson' }],
    ['/api/tasks/none', {}],
    ['/api/tasks/aggregate', {}],
    ['/api/tasks/changes', {}],
    ['/api/auth/session', {}],
    ['/openapi.json', {}],
    ['/api/docs', {}],
    ['/sign-in', {}],
  ])('HEAD of %s %j has the headers of GET', async (path, more) => {
    const headers = { ...encoded, ...more }
    const get = path.endsWith('/changes') ? await begun(path, headers) : await ask(path, headers)
    const head = await ask(path, headers, 'HEAD')
    expect([head.status, lasting(head), head.bytes.length]).toEqual([get.status, lasting(get), 0])
  })

  test.each(['row', '/openapi.json', '/api/docs', '/api/docs/swagger-ui.css'])(
    '304 of %s has the headers of 200, without those of what is not sent',
    async (which) => {
      const path = which === 'row' ? `/api/tasks/${id}` : which
      if (which === 'row') expect((await ask(path, json, 'PATCH', long)).status).toBe(200)
      const whole = await ask(path, encoded)
      const known = { ...encoded, 'if-none-match': String(whole.headers.etag) }
      const { 'content-type': _, 'content-encoding': _e, ...expected } = lasting(whole)
      expect(whole.headers.vary).toBe('Accept-Encoding')
      for (const method of ['GET', 'HEAD']) {
        const again = await ask(path, known, method)
        expect([again.status, lasting(again), again.bytes.length], method).toEqual([304, expected, 0])
      }
    },
  )
})

test('one encoding is taken where it is liked best', async () => {
  const encodingFor = async (accepted: string) =>
    (await ask('/api/tasks', { 'accept-encoding': accepted })).headers['content-encoding']
  expect(await encodingFor('deflate;q=1, gzip;q=0.5')).toBe('deflate')
  expect(await encodingFor('deflate, gzip')).toBe('gzip')
  expect(await encodingFor('GZIP;q=0.1')).toBe('gzip')
  expect(await encodingFor('*')).toBe('gzip')
  expect(await encodingFor('gzip;q=0, *')).toBe('deflate')
  expect(await encodingFor('*;q=0')).toBeUndefined()
  expect(await encodingFor(';;,"')).toBeUndefined()
})

test('a star counts alone, and only what is in quotes is a tag', async () => {
  const path = `/api/tasks/${id}`
  const { headers } = await ask(path, {})
  const etag = String(headers.etag)
  const known = async (value: string) => (await ask(path, { 'if-none-match': value })).status
  expect([await known('*'), await known(' * '), await known(`"a", ${etag}`)]).toEqual([304, 304, 304])
  for (const value of ['x*', '*, "x"', 'W/*', '"*"', etag.slice(1, -1), etag.slice(0, -1), ''])
    expect(await known(value), value).toBe(200)
  const write = async (more: Readonly<Record<string, string>>) =>
    (await ask(path, { ...json, ...more }, 'PATCH', '{"title":"star"}')).status
  for (const value of ['x*', '*, "x"', 'W/*', '"*"', etag.slice(0, -1), ''])
    expect(await write({ 'if-match': value }), value).toBe(412)
  expect(await write({ 'if-match': '*' })).toBe(200)
})

test('If-None-Match keeps a write from what it names', async () => {
  const path = `/api/tasks/${id}`
  const etag = String((await ask(path, {})).headers.etag)
  const write = async (method: string, value: string, at = path) =>
    (await ask(at, { ...json, 'if-none-match': value }, method, method === 'DELETE' ? undefined : '{"title":"none"}'))
      .status
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    expect(await write(method, '*'), method).toBe(412)
    expect(await write(method, `W/${etag}`), method).toBe(412)
  }
  expect(await write('PATCH', '*', '/api/tasks/none')).toBe(404)
  expect(await write('PATCH', '"other"')).toBe(200)
})

test('the tag of a compressed row is good for If-None-Match and If-Match', async () => {
  const path = `/api/tasks/${id}`
  await ask(path, json, 'PATCH', long)
  const { headers } = await ask(path, { 'accept-encoding': 'gzip' })
  const tag = String(headers.etag)
  expect(tag).toMatch(/^W\/"/)
  expect((await ask(path, { 'if-none-match': tag })).status).toBe(304)
  expect((await ask(path, { 'if-none-match': `"other", ${tag}` })).status).toBe(304)
  expect((await ask(path, { 'if-none-match': 'W/"other"' })).status).toBe(200)
  expect((await ask(path, { ...json, 'if-match': tag }, 'PATCH', '{"title":"b"}')).status).toBe(200)
  expect((await ask(path, { ...json, 'if-match': tag }, 'PATCH', '{"title":"c"}')).status).toBe(412)
})
