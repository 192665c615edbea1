// A server of truth with two people signed up and rows written into its database, which others get a copy of.

import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { ask, hangUp } from './load.mjs'
import { start, stopAll } from './server.mjs'

export const rows = Number(process.env.TRUTH_BENCH_ROWS ?? 10_000)

export const idOf = (n) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`

export function install(folder, ...options) {
  if (existsSync(`${folder}/node_modules`)) return
  console.log(`Installing what ${folder} needs …`)
  execFileSync('npm', ['ci', '--prefix', folder, '--foreground-scripts', ...options], { stdio: 'ignore' })
}

/** Calls `work` with a folder of its own, and leaves nothing running. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'truth-bench-'))
  try {
    return await work(folder)
  } finally {
    hangUp()
    stopAll()
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function prepare(folder, app, fill) {
  copyFileSync(app, join(folder, 'app.truth.ts'))
  const serve = () => start('dist/truth.js', ['serve', folder, '--prod', '--port', '0'])
  const first = await serve()
  const people = {}
  for (const name of ['ann', 'bob']) {
    const body = { email: `${name}@example.com`, name, password: 'correct horse' }
    const { text } = await ask(first.port, '', { method: 'POST', path: '/api/auth/sign-up', body })
    people[name] = JSON.parse(text)
  }
  first.child.kill('SIGTERM')
  await new Promise((done) => first.child.once('close', done))
  const file = join(folder, '.truth', 'app.db')
  const db = new Database(file)
  db.exec('BEGIN')
  fill(db, people, new Date().toISOString())
  db.exec('COMMIT')
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  const copy = (name) => {
    copyFileSync(file, join(folder, `${name}.db`))
    return join(folder, `${name}.db`)
  }
  return { people, copy, serve }
}
