// Clients that send too slowly, or do not take what they asked for, are dropped; those that are merely slow are not.

import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Slow',
  entities: { Note: { fields: { text: 'text' }, permissions: { create: true, read: true, update: true } } },
})
`

let app: TestApp
let listening: Listening
beforeAll(async () => {
  app = await startApp(source)
  // More than the system takes for a client that does not read.
  const text = 'x'.repeat(200_000)
  for (let made = 0; made < 120; made++) await app.send('POST', '/api/notes', { text })
  // The first of a long answer must come before `stalled` on a slow machine too.
  const patience = { headers: 300, request: 500, stalled: 2_500, idle: 1_000, every: 100 }
  listening = await listen({ service: () => app.service }, '127.0.0.1', 0, patience)
})
afterAll(async () => {
  await listening.stop()
  await app.close()
})

type Talk = { readonly socket: Socket; readonly heard: () => string; readonly closed: Promise<number> }

/** Sends a text; `closed` is the milliseconds after which the server ended the connection. */
function talk(text: string): Talk {
  const started = performance.now()
  const chunks: Buffer[] = []
  const socket = connect(listening.port, '127.0.0.1')
  socket.on('data', (bytes) => void chunks.push(bytes))
  // A dropped connection is what is waited for.
  socket.on('error', () => {})
  const closed = new Promise<number>((done) => socket.on('close', () => done(performance.now() - started)))
  if (text !== '') socket.write(text)
  return { socket, heard: () => Buffer.concat(chunks).toString(), closed }
}

const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))

const post = 'POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{'

test.each([
  ['that says nothing', '', 300],
  ['with half a header', 'GET /api/notes HTTP/1.1\r\nHost: a\r\n', 300],
  ['with half a body', post, 500],
])('one %s is told so and dropped', async (_, text, after) => {
  const { closed, heard } = talk(text)
  expect(await closed).toBeGreaterThan(after - 50)
  expect(heard()).toMatch(/^HTTP\/1\.1 408 /)
})

test('one that sends a byte now and then gains nothing by it', async () => {
  const { socket, closed, heard } = talk(post)
  const drip = setInterval(() => socket.write(' '), 100)
  expect(await closed).toBeGreaterThan(450)
  clearInterval(drip)
  expect(heard()).toMatch(/^HTTP\/1\.1 408 /)
})

test.each(['If-Match: *', 'If-None-Match: "a"', 'Idempotency-Key: a'])('%s holds up nobody else', async (header) => {
  const { id } = (await app.send('POST', '/api/notes', { text: 'a' })).body
  const [method, path] = header.startsWith('Idem') ? ['POST', '/api/notes'] : ['PATCH', `/api/notes/${id}`]
  const headers = `Host: a\r\n${header}\r\nContent-Type: application/json\r\nContent-Length: 99`
  const { closed } = talk(`${method} ${path} HTTP/1.1\r\n${headers}\r\n\r\n{`)
  await sleep(100)
  const written = app.send('POST', '/api/notes', { text: 'b' }).then(() => 'written')
  expect(await Promise.race([written, closed])).toBe('written')
  await closed
})

const exported = 'GET /api/notes HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept: application/x-ndjson\r\n\r\n'

test('one that takes nothing of a long answer is dropped', async () => {
  const { socket, heard, closed } = talk(exported)
  await new Promise((begun) => socket.once('data', begun))
  socket.pause()
  await sleep(5_000)
  socket.resume()
  await closed
  expect(heard()).toMatch(/^HTTP\/1\.1 200 /)
  expect(heard()).not.toMatch(/\r\n0\r\n\r\n$/)
})

test('one that takes it slowly gets all of it', async () => {
  const { socket, closed, heard } = talk(exported)
  socket.on('data', () => {
    socket.pause()
    setTimeout(() => socket.resume(), 10)
  })
  expect(await closed).toBeGreaterThan(2_700)
  expect(heard()).toMatch(/\r\n0\r\n\r\n$/)
  expect(heard().match(/"text":"xxx/g)).toHaveLength(120)
})

test('a connection may wait for its next request', async () => {
  const ask = 'GET /api/notes?limit=1&fields=id HTTP/1.1\r\nHost: a\r\n\r\n'
  const { socket, closed, heard } = talk(ask)
  await sleep(700)
  socket.write(ask)
  await closed
  expect(heard().match(/HTTP\/1\.1 200 /g)).toHaveLength(2)
})

test('none of it is a fault of the server', () => {
  expect(app.logged.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
})
