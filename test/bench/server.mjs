// Servers as processes of their own, and how much CPU they have used.

import { fork } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const children = new Set()
/** What the servers log, in files as in production. */
const logs = mkdtempSync(join(tmpdir(), 'truth-bench-logs-'))
process.once('exit', () => rmSync(logs, { recursive: true, force: true }))

/** Starts a server that says `Ready` with its address. */
export function start(script, args) {
  const execArgv = ['--import', pathToFileURL('test/bench/cpu.mjs').href]
  const log = join(logs, String(children.size))
  const file = openSync(log, 'w')
  const child = fork(script, args, { execArgv, stdio: ['ignore', 'pipe', file, 'ipc'] })
  closeSync(file)
  children.add(child)
  return new Promise((ready, fail) => {
    child.once('exit', (code) => fail(new Error(`${script} ended with ${code}: ${readFileSync(log, 'utf8')}`)))
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
      const port = /Ready \S*:(\d+)/.exec(output)?.[1]
      if (port) ready({ child, port: Number(port) })
    })
  })
}

/** Microseconds of CPU since the server started. */
export const cpuOf = (child) =>
  new Promise((told) => {
    child.once('message', told)
    child.send('cpu')
  })

export function stopAll() {
  for (const child of children) child.kill()
}
