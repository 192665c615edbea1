// The API against a hand-written server on the same data: requests a second, and the server's CPU for each.

import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { cpuOf, start, stopAll } from './server.mjs'

const rows = Number(process.env.TRUTH_BENCH_ROWS ?? 10_000)
const connections = 16
const secondsEach = Number(process.env.TRUTH_BENCH_SECONDS ?? 2)
/** Requests a second at which CPU is compared. */
const pace = 2_000
const bars = { get: 1.6, list: 1.0, create: 1.5, update: 1.5, denied: 1.8 }

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

const agent = new Agent({ keepAlive: true, maxSockets: connections })

function ask(port, token, { method, path, body }) {
  return new Promise((done, fail) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${token}`,
      ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => done({ status: response.statusCode, text: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', fail)
    sent.end(text)
  })
}

/**
 * Asks for a while, at most `pace` times a second; requests a second, and the server's CPU in microseconds for each.
 * CPU is compared at one pace for both: a server that is asked faster than it can answer wakes its client with every
 * answer, which costs it more than its own work.
 */
async function load(server, job, pace = Infinity) {
  const until = performance.now() + secondsEach * 1000
  const before = await cpuOf(server.child)
  const started = performance.now()
  let count = 0
  const worker = async () => {
    while (performance.now() < until) {
      const n = count++
      const due = started + (n / pace) * 1000
      if (due > performance.now() + 1) await new Promise((later) => setTimeout(later, due - performance.now()))
      const { status, text } = await ask(server.port, job.token(server), job.request(n, server))
      if (status !== job.status) throw new Error(`${server.name} ${job.name}: ${status} ${text}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const cpu = (await cpuOf(server.child)) - before
  return { rate: count / ((performance.now() - started) / 1000), cpu: cpu / count }
}

async function prepare(folder) {
  const truth = { name: 'truth' }
  copyFileSync('examples/tasks/app.truth.ts', join(folder, 'app.truth.ts'))
  Object.assign(truth, await start('dist/truth.js', ['serve', folder, '--prod', '--port', '0']))
  const people = {}
  for (const name of ['ann', 'bob']) {
    const body = { email: `${name}@example.com`, name, password: 'correct horse' }
    const { text } = await ask(truth.port, '', { method: 'POST', path: '/api/auth/sign-up', body })
    people[name] = JSON.parse(text)
  }
  truth.child.kill('SIGTERM')
  await new Promise((done) => truth.child.once('close', done))
  const file = join(folder, '.truth', 'app.db')
  const db = new Database(file)
  const now = new Date().toISOString()
  const id = (n) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`
  db.exec('BEGIN')
  const insert = db.prepare(
    'INSERT INTO Task (id, title, status, dueDate, assignee, createdBy, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (let n = 0; n < rows; n++) {
    insert.run([id(n), `Task number ${n}`, 'todo', '2026-12-24', null, people.ann.user.id, now, now])
  }
  db.exec('COMMIT')
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  const copy = join(folder, 'limit.db')
  copyFileSync(file, copy)
  Object.assign(truth, await start('dist/truth.js', ['serve', folder, '--prod', '--port', '0']))
  const limit = { name: 'limit' }
  Object.assign(limit, await start('test/bench/peers/limit.mjs', [copy, '0']))
  return { servers: [truth, limit], people, id }
}

export async function run() {
  if (!existsSync('test/bench/peers/node_modules')) {
    console.log('Installing the hand-written server’s own packages …')
    execFileSync('npm', ['ci', '--prefix', 'test/bench/peers', '--foreground-scripts'], { stdio: 'ignore' })
  }
  const folder = mkdtempSync(join(tmpdir(), 'truth-bench-'))
  try {
    await compare(await prepare(folder))
  } finally {
    agent.destroy()
    stopAll()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare({ servers, people, id }) {
  const ann = () => people.ann.token
  const some = (n) => id((n * 7919) % rows)
  const jobs = [
    { name: 'get', status: 200, token: ann, request: (n) => ({ method: 'GET', path: `/api/tasks/${some(n)}` }) },
    { name: 'list', status: 200, token: ann, request: () => ({ method: 'GET', path: '/api/tasks' }) },
    {
      name: 'create',
      status: 201,
      token: ann,
      request: (n) => ({ method: 'POST', path: '/api/tasks', body: { title: `New ${n}` } }),
    },
    {
      name: 'update',
      status: 200,
      token: ann,
      request: (n) => ({ method: 'PATCH', path: `/api/tasks/${some(n)}`, body: { title: `Changed ${n}` } }),
    },
    {
      name: 'denied',
      status: 403,
      token: () => people.bob.token,
      request: (n) => ({ method: 'PATCH', path: `/api/tasks/${some(n)}`, body: { title: 'Mine' } }),
    },
  ]
  console.log(
    `\nhttp, ${rows} rows, ${connections} connections; CPU of the server for each request at ${pace}/s, medians of 5 rounds; requests a second at most`,
  )
  for (const job of jobs) {
    const found = { truth: [], limit: [] }
    const most = {}
    for (const server of servers) most[server.name] = (await load(server, job)).rate
    for (let round = 0; round < 5; round++) {
      for (const server of round % 2 ? servers : servers.toReversed()) {
        found[server.name].push((await load(server, job, pace)).cpu)
      }
    }
    const ratio = median(found.truth.map((cpu, round) => cpu / found.limit[round]))
    const say = (name) =>
      `${name} ${median(found[name]).toFixed(0).padStart(4)} µs ${most[name].toFixed(0).padStart(6)}/s`
    console.log(
      `  ${job.name.padEnd(7)} ${say('truth')}   ${say('limit')}   ratio ${ratio.toFixed(2)} (bar ${bars[job.name].toFixed(1)})`,
    )
  }
}
