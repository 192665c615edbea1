// The language server over stdio: how fast it answers, and how much memory it takes. `npm run bench lsp`.
// Prints figures and ratios; asserts nothing.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-languageserver/node')

const server = new URL('../../dist/lsp.js', import.meta.url).pathname

/** An app of so many entities, eight fields and four rules each, and the place of a word in a rule in the middle. */
export function bigApp(count) {
  const status = "['draft', 'active', 'archived']"
  const entity = (index) => `    Entity${index}: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200 },
        body: { type: 'text' },
        count: { type: 'number', default: 0 },
        done: { type: 'boolean', default: false },
        dueAt: { type: 'datetime' },
        status: { type: 'enum', options: ${status}, default: 'draft' },
        owner: { type: 'relation', to: 'User', required: true },
        parent: { type: 'relation', to: 'Entity${Math.max(1, index >> 1)}' },
      },
      permissions: {
        create: 'authenticated',
        read: "authenticated && (entity.status != 'archived' || user.role == 'admin')",
        update: "owner || user.role == 'admin' && entity.status != 'archived'",
        delete: "user.role == 'admin' || owner && entity.count < 10",
      },
    },\n`
  const user = `    User: {
      fields: { email: 'string', role: { type: 'enum', options: ['member', 'editor', 'admin'] } },
      permissions: { read: 'authenticated' },
    },\n`
  const all = Array.from({ length: count - 1 }, (_, index) => entity(index + 1)).join('')
  const text = `export default {\n  name: 'Bench',\n  entities: {\n${user}${all}  },\n}\n`
  const middle = text.indexOf(`Entity${count >> 1}: {`)
  const word = text.indexOf('user.role', text.indexOf('update:', middle)) + 'user.role'.length
  return { text, word }
}

const positionOf = (text, offset) => {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length - 1, character: lines.at(-1).length }
}

const rss = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

async function startServer() {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  let waiting = () => {}
  connection.onNotification('textDocument/publishDiagnostics', (params) => waiting(params))
  connection.onNotification('window/logMessage', ({ message }) => console.error(message))
  connection.listen()
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
  await connection.sendNotification('initialized', {})
  return { child, connection, published: () => new Promise((resolve) => (waiting = resolve)) }
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
const say = (name, samples) => {
  const sorted = samples.toSorted((a, b) => a - b)
  const [p50, p99] = [quantile(sorted, 0.5), quantile(sorted, 0.99)]
  console.log(
    `  ${name.padEnd(34)} p50 ${p50.toFixed(1).padStart(7)} ms   p99 ${p99.toFixed(1).padStart(7)} ms   min ${sorted[0].toFixed(1)} ms`,
  )
}

async function measure(count, rounds) {
  const { text, word } = bigApp(count)
  const uri = 'file:///bench/app.truth.ts'
  const start = performance.now()
  const { child, connection, published } = await startServer()
  const first = published()
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'typescript', version: 1, text },
  })
  await first
  console.log(`${count} entities, ${Math.round(text.length / 1024)} KB`)
  console.log(`  ${'start to first diagnostics'.padEnd(34)} ${(performance.now() - start).toFixed(0).padStart(11)} ms`)
  const at = positionOf(text, word)
  const typed = { start: at, end: { ...at, character: at.character + 1 } }
  let version = 1
  const change = (range, insert) => {
    version += 1
    return connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: insert }],
    })
  }
  const samples = { edit: [], completion: [], hover: [], structure: [] }
  const timed = async (list, work) => {
    const begin = performance.now()
    await work()
    list.push(performance.now() - begin)
  }
  for (let round = 0; round < rounds; round++) {
    for (const [range, insert] of [
      [{ start: at, end: at }, 'x'],
      [typed, ''],
    ]) {
      await timed(samples.edit, async () => {
        const next = published()
        await change(range, insert)
        await next
      })
    }
    await timed(samples.completion, () =>
      connection.sendRequest('textDocument/completion', { textDocument: { uri }, position: at }),
    )
    await timed(samples.hover, () =>
      connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: at }),
    )
  }
  const spot = positionOf(text, text.indexOf('maxLength: 200', text.indexOf(`Entity${count >> 1}: {`)))
  for (let round = 0; round < Math.min(rounds, 30); round++) {
    // A key with a mistake in it, typed and taken back.
    await timed(samples.structure, async () => {
      const next = published()
      await change({ start: spot, end: spot }, 'x')
      await next
    })
    const next = published()
    await change({ start: spot, end: { ...spot, character: spot.character + 1 } }, '')
    await next
  }
  say('edit in an expression', samples.edit.slice(10))
  say('edit of a key', samples.structure.slice(3))
  say('completion', samples.completion.slice(5))
  say('hover', samples.hover.slice(5))
  console.log(`  ${'memory'.padEnd(34)} ${rss(child.pid).toFixed(0).padStart(11)} MB`)
  await connection.sendRequest('shutdown')
  await connection.sendNotification('exit')
  connection.dispose()
}

export async function run() {
  for (const count of [100, 500]) await measure(count, 150)
}
