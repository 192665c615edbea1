// What a thousand listeners cost: from a committed change to the last of them told, and the server's CPU for each.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuOf, start, stopAll } from './server.mjs'

const listeners = 1_000
const changes = 20

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

const headersOf = (token) => ({
  'content-type': 'application/json',
  ...(token && { authorization: `Bearer ${token}` }),
})

async function post(address, path, body, token) {
  const response = await fetch(address + path, {
    method: 'POST',
    headers: headersOf(token),
    body: JSON.stringify(body),
  })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

/** Opens a stream; `heard` is called with every piece of text. */
const listen = (port, token, heard) =>
  new Promise((ready, fail) => {
    const path = '/api/tasks/changes'
    const sent = request({ host: '127.0.0.1', port, path, headers: headersOf(token), agent: false }, (response) => {
      if (response.statusCode !== 200) return fail(new Error(`status ${response.statusCode}`))
      response.setEncoding('utf8')
      response.on('data', (text) => {
        if (text.includes('event: ready')) ready(sent)
        else heard(text)
      })
    })
    sent.on('error', fail)
    sent.end()
  })

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'truth-bench-'))
  try {
    copyFileSync('examples/tasks/app.truth.ts', join(folder, 'app.truth.ts'))
    const server = await start('dist/truth.js', ['serve', folder, '--prod', '--port', '0'])
    const address = `http://127.0.0.1:${server.port}`
    const account = { email: 'ann@example.com', name: 'Ann', password: 'correct horse' }
    const { token } = await post(address, '/api/auth/sign-up', account)
    let missing = 0
    let all
    const heard = (text) => {
      missing -= text.split('event: created').length - 1
      if (missing === 0) all()
    }
    for (let index = 0; index < listeners; index++) await listen(server.port, token, heard)
    const times = []
    const before = await cpuOf(server.child)
    for (let index = 0; index < changes; index++) {
      missing = listeners
      const told = new Promise((done) => {
        all = done
      })
      const started = performance.now()
      await post(address, '/api/tasks', { title: `New ${index}` }, token)
      await told
      times.push(performance.now() - started)
    }
    const cpu = ((await cpuOf(server.child)) - before) / changes / listeners
    console.log(`\nchanges, ${listeners} listeners to one entity`)
    console.log(`  a change told to all of them   ${median(times).toFixed(0)} ms (median of ${changes})`)
    console.log(`  CPU of the server              ${cpu.toFixed(0)} µs for each listener and change`)
  } finally {
    stopAll()
    rmSync(folder, { recursive: true, force: true })
  }
}
