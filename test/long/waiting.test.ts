// What is waited for, at the same time: that the whole project, its examples and its tests are sound to TypeScript 6 too
// (TypeScript 7 is asked by `npm run types`), and that a file which never comes to an end is given up.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { load } from '../../runtime/load.ts'

const root = new URL('../../', import.meta.url).pathname

test.concurrent('TypeScript 6 finds nothing', async () => {
  // With the options of the tests, which are there for compilers most of all.
  const command = [...process.execArgv, `${root}node_modules/typescript/bin/tsc`, '-p', root]
  const compiler = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const [found, [status]] = await Promise.all([text(compiler.stdout), once(compiler, 'close')])
  expect([status, found]).toEqual([0, ''])
})

test.concurrent('a file that waits for ever is stopped after ten seconds, under the limit of the commands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  try {
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'
    writeFileSync(join(folder, 'app.truth.ts'), `${wait}\nexport default { name: String(1), entities: {} }`)
    const { diagnostics } = await load(folder)
    expect(diagnostics[0]?.message).toContain('longer than 10 seconds')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
