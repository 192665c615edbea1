// The built command serving: a save is taken up, a fault leaves the last good app, data outlives the process.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'

const command = new URL('../../dist/truth.js', import.meta.url).pathname
const app = (fields: string): string =>
  `import { defineApp } from 'truthfile'\nexport default defineApp({ name: 'Live', entities: { Note: { fields: { ${fields} }, permissions: { read: true, create: true } } } })\n`

let folder: string
let child: ChildProcess
let output = ''
let address = ''

async function until(found: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await found()) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`It never came to that. The output was:\n${output}`)
}

async function serve(...options: readonly string[]): Promise<void> {
  output = ''
  child = spawn(process.execPath, [command, 'serve', folder, '--port', '0', ...options], {
    env: { ...process.env, NO_COLOR: '1' },
  })
  const read = (text: Buffer): void => {
    output += String(text)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  await until(() => /Ready http\S+/.test(output))
  address = /Ready (http\S+)/.exec(output)?.[1] ?? ''
}

async function stop(): Promise<number | null> {
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  child.kill('SIGTERM')
  return ended
}

const save = (text: string): void => writeFileSync(join(folder, 'app.truth.ts'), text)
const post = (body: object) =>
  fetch(`${address}/api/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  save(app(`title: 'string'`))
  await serve()
})
afterAll(async () => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

test('prints what it did to the database, and the routes', () => {
  expect(output).toContain('create table Note')
  expect(output).toContain('/api/notes')
})

test('a new optional field is there after a save', async () => {
  expect((await post({ title: 'a', mood: 'good' })).status).toBe(422)
  save(app(`title: 'string', mood: 'string'`))
  await until(async () => (await post({ title: 'b', mood: 'good' })).status === 201)
  expect(Number(/Reloaded in (\d+) ms/.exec(output)?.[1])).toBeLessThan(5_000)
})

test('a fault leaves the last good app running, and is shown in the terminal, on the page and in the report', async () => {
  save(app(`title: 'sting'`))
  await until(() => output.includes('Unknown field type `sting`'))
  expect((await post({ title: 'c' })).status).toBe(201)
  expect(await (await fetch(`${address}/notes`)).text()).toContain('Unknown field type `sting`')
  expect(readFileSync(join(folder, 'schema_validation_result.txt'), 'utf8')).toContain('sting')
  save(app(`title: 'string', mood: 'string'`))
  await until(async () => !(await (await fetch(`${address}/notes`)).text()).includes('sting'))
})

test('a part that is not there yet is taken up once it is, also when it comes back', async () => {
  const part = join(folder, 'part.truth.ts')
  save(`import { more } from './part.truth.ts'\n${app(`title: 'string', mood: 'string', ...more`)}`)
  await until(() => output.includes('no such file'))
  for (const name of ['first', 'second']) {
    writeFileSync(part, `export const more = { ${name}: 'string' } as const\n`)
    await until(async () => (await post({ title: 'd', [name]: 'x' })).status === 201)
    rmSync(part)
    await until(async () => (await (await fetch(`${address}/notes`)).text()).includes('no such file'))
  }
  save(app(`title: 'string', mood: 'string'`))
  await until(async () => !(await (await fetch(`${address}/notes`)).text()).includes('no such file'))
})

test('a change that could lose data is refused, and the last good app stays', async () => {
  save(app(`title: 'integer', mood: 'string'`))
  await until(() => output.includes('does not fit the app'))
  const after = (): string => output.slice(output.indexOf('does not fit the app'))
  await until(() => after().includes('The last good app goes on running.'))
  expect(after()).not.toContain('Reloaded')
  expect((await post({ title: 'still a text' })).status).toBe(201)
  save(app(`title: 'string', mood: 'string'`))
})

test('stops when it is told to, and the data is there the next time', async () => {
  expect(await stop()).toBe(0)
  await serve('--prod')
  const { data } = (await (await fetch(`${address}/api/notes`)).json()) as { data: { title: string }[] }
  expect(data.map(({ title }) => title)).toContain('still a text')
  expect(await stop()).toBe(0)
})
