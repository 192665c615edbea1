// Servers as processes of their own, and how much CPU they have used.

import { fork } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const children = new Set()

/** Starts a server that says `Ready` with its address. */
export function start(script, args) {
  const execArgv = ['--import', pathToFileURL('test/bench/cpu.mjs').href]
  const child = fork(script, args, { execArgv, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  children.add(child)
  return new Promise((ready, fail) => {
    child.once('exit', (code) => fail(new Error(`${script} ended with ${code}`)))
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
