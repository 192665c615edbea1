// Requests that no well-meaning program sends: each is refused with a reason, and none is a fault of ours.

import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
let listening: Listening
let token = ''
let at = ''
beforeAll(async () => {
  app = await startApp(example('tasks'))
  listening = await listen({ service: () => app.service }, '127.0.0.1', 0)
  token = (await app.signUp('ann')).token
  at = `/api/tasks/${(await app.send('POST', '/api/tasks', { title: 'One' }, { token })).body.id}`
})
afterAll(async () => {
  await listening.stop()
  await app.close()
})

const faults = () => app.logged.filter(({ level }) => level === 'error')

/** Sends bytes as they are, says no more, and goes away after a while; what came back until then. */
const raw = (text: string, patience = 300): Promise<string> =>
  new Promise((done, fail) => {
    let heard = ''
    const socket = connect(listening.port, '127.0.0.1')
    socket.on('data', (bytes) => {
      heard += bytes
    })
    socket.on('error', fail)
    socket.on('close', () => done(heard))
    socket.write(text)
    setTimeout(() => socket.destroy(), patience)
  })

describe('a body', () => {
  const patch = async (body: Uint8Array<ArrayBuffer> | string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(listening.address + at, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body,
    })
    return [response.status, ((await response.json()) as { readonly code?: string }).code]
  }
  const latin1 = new Uint8Array([...'{"title":"caf'].map((one) => one.charCodeAt(0)).concat([0xe9, 0x22, 0x7d]))

  test('that is not UTF-8 is refused, not stored as something else', async () => {
    expect(await patch(latin1)).toEqual([400, 'utf-8'])
    expect(await patch('{"title":"caf\u00e9 \ufffd"}')).toEqual([200, undefined])
    expect((await app.send('GET', at, undefined, { token })).body.title).toBe('caf\u00e9 \ufffd')
  })

  test('that is compressed is not read as if it were none', async () => {
    expect(await patch('{"title":"x"}', { 'content-encoding': 'gzip' })).toEqual([415, 'content-encoding'])
    expect(await patch('{"title":"x"}', { 'content-encoding': 'identity' })).toEqual([200, undefined])
  })

  test.each([
    ['application/json', 200],
    ['application/json;charset=utf-8', 200],
    ['APPLICATION/JSON ; charset=UTF-8', 200],
    ['application/merge-patch+json', 200],
    ['application/vnd.app.v1+json', 200],
    ['application/json-seq', 415],
    ['application/jsonp', 415],
    ['text/plain', 415],
    ['text/plain, application/json', 415],
    ['text/json', 415],
  ])('of type %s: %i', async (type, status) => {
    expect((await patch('{"title":"x"}', { 'content-type': type }))[0]).toBe(status)
  })

  test('that breaks off is no fault of ours', async () => {
    const head = `PATCH ${at} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`
    await raw(`${head}Content-Length: 100\r\n\r\n{`)
    await raw(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`)
    expect(await raw(`${head}Transfer-Encoding: chunked\r\n\r\nno\r\n`)).toMatch(/^HTTP\/1.1 400 /)
    await raw(
      `POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na`,
    )
    expect(faults()).toEqual([])
  })
})

test.each([
  'OPTIONS * HTTP/1.1',
  'GET /\\x HTTP/1.1',
  'GET // HTTP/1.1',
  'TRACE /api/tasks HTTP/1.1',
  'GET http://[ HTTP/1.1',
])('%s is answered', async (line) => {
  expect(await raw(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 4\d\d /)
  expect(faults()).toEqual([])
})

test.each(['limit', 'offset', 'sort', 'after', 'count', 'filter', 'search', 'fields', 'expand', 'can'])(
  '%s twice is refused: one of the two would not be heard',
  async (name) => {
    const value = { limit: '1', offset: '0', count: 'true', can: 'true', filter: 'true' }[name] ?? ''
    const { status, body } = await app.send('GET', `/api/tasks?${name}=${value}&${name}=${value}`, undefined, { token })
    expect([status, body.code]).toEqual([400, body.code])
    if (!['after', 'search'].includes(name)) expect(body.detail).toBe(`\`${name}\` is given more than once.`)
  },
)

test('nor does a row, an aggregate or a stream take a parameter twice', async () => {
  for (const path of [
    `${at}?fields=title&fields=status`,
    '/api/tasks/aggregate?group=status&group=title',
    '/api/tasks/changes?since=1&since=2',
  ])
    expect((await app.send('GET', path, undefined, { token })).body.detail, path).toContain('is given more than once')
  const twice = await app.send('GET', '/api/tasks?title=One&title=Two', undefined, { token })
  expect(twice.status).toBe(200)
})

test.each([
  ['an `ifMatch` with a line end', { method: 'PATCH', ifMatch: '"a"\r\nx: y', body: {} }],
  ['an `ifMatch` of other letters', { method: 'PATCH', ifMatch: '"ж"', body: {} }],
  ['a path that goes on and on', { method: 'GET', path: `/api/tasks?filter=${'a'.repeat(9_000)}` }],
])('a batch with %s', async (_, item) => {
  const { status, body } = await app.send('POST', '/api/batch', [{ path: at, ...item }], { token })
  expect([status, body.code, faults()]).toEqual([400, 'batch', []])
})

test('attempts with an address of a megabyte are counted, and not kept', async () => {
  const email = `${'a'.repeat(900_000)}@example.com`
  const statuses: number[] = []
  for (let count = 0; count < 11; count += 1)
    statuses.push((await app.send('POST', '/api/auth/sign-in', { email: `${email}${count}`, password: 'x' })).status)
  // The beginning is what counts.
  expect(statuses.at(-1)).toBe(429)
})
