// The module of `settings.auth.provider`, as the built command runs it: with packages of the app's own, and told plainly
// where it cannot be run.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { loadProvider } from '../../runtime/load-provider.ts'

const root = new URL('../../', import.meta.url).pathname

const truth = `import { defineApp } from 'truthfile'
export default defineApp({ name: 'Door', settings: { auth: { provider: './auth.ts' } }, entities: {
  User: { fields: { email: { type: 'string', format: 'email', required: true, unique: true } }, permissions: { read: 'authenticated' } } } })
`
const sound = `import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { env } from 'truthfile'
import { fromBetterAuth } from 'truthfile/better-auth'
import { label } from './label.ts'

const auth = betterAuth({
  baseURL: env('DOOR_URL', 'http://localhost'),
  basePath: '/api/auth/provider',
  secret: 'only for tests: 6f1b0c52-8d1e-4c0b-9a47-2f3f5f0f8e11',
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
})
export default fromBetterAuth(auth, { house: label + import.meta.url.slice(-8) })
`

let folder: string
let child: ChildProcess | undefined
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  write('package.json', '{ "private": true, "type": "module" }')
  write('app.truth.ts', truth)
  write('label.ts', `export const label: string = 'House '`)
})
afterEach(() => void child?.kill('SIGKILL'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Serves the folder until it is ready, or until it gives up. */
async function serve(
  ...options: readonly string[]
): Promise<{ readonly output: string; readonly address?: string; readonly code?: number | null }> {
  const started = spawn(process.execPath, [join(root, 'dist/truth.js'), 'serve', folder, '--port', '0', ...options], {
    env: { ...process.env, NODE_ENV: '', TEST: '', VITEST: '', NO_COLOR: '1' },
  })
  child = started
  let output = ''
  return new Promise((done) => {
    const read = (text: Buffer): void => {
      output += String(text)
      const address = /Ready (http\S+)/.exec(output)?.[1]
      if (address !== undefined) done({ output, address })
    }
    started.stdout.on('data', read)
    started.stderr.on('data', read)
    started.once('exit', (code) => done({ output, code }))
  })
}

test('a real one comes from the app’s own packages, and sees itself where it lies', async () => {
  write('auth.ts', sound)
  const { output, address } = await serve()
  expect(output).toContain('/api/auth/provider, /api/auth/enter')
  expect((await fetch(`${address}/api/auth/provider/ok`)).status).toBe(200)
  expect(await (await fetch(`${address}/sign-in`)).text()).toContain('Continue with House /auth.ts')
  const origin = 'http://localhost'
  const signUp = await fetch(`${address}/api/auth/provider/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email: 'ann@example.com', password: 'correct horse', name: 'Ann' }),
  })
  expect(signUp.status).toBe(200)
  const cookie = signUp.headers.getSetCookie().map((one) => one.split(';')[0])
  const entered = await fetch(`${address}/api/auth/enter`, { method: 'POST', headers: { cookie: cookie.join('; ') } })
  expect(entered.status).toBe(200)
  expect(entered.headers.getSetCookie().length).toBeGreaterThan(1)
  expect(await entered.json()).toMatchObject({ user: { email: 'ann@example.com' } })
})

test('a faulty one is named, and nothing is served', async () => {
  write('auth.ts', `throw new Error('no secret is set')`)
  const { output, code } = await serve()
  expect(code).toBe(1)
  expect(output).toContain('settings.auth.provider, ./auth.ts: it cannot be run. no secret is set.')
})

test('in production it must have a secret', async () => {
  write('auth.ts', sound.replace(/secret: .*,/, "secret: env('NO_SECRET'),"))
  const { output, code } = await serve('--prod')
  expect(code).toBe(1)
  expect(output).toContain('settings.auth.provider, ./auth.ts: it cannot be run. You are using the default secret.')
})

describe('what is wrong with a module', () => {
  test.each([
    ['there is none', undefined, 'there is no such file. It is looked for at '],
    [
      'it is no TypeScript',
      'export default {',
      'it cannot be run. Expected identifier but found end of file, in line 1.',
    ],
    [
      'a package is missing',
      `import '@none/such/part'\nexport default {}`,
      'Install it beside the truth file: `npm install @none/such`.',
    ],
    [
      'a file is missing',
      `import './none.ts'\nexport default {}`,
      'it cannot be run. Could not resolve "./none.ts", in line 1.',
    ],
    ['it exports nothing', 'export const auth = 1', 'its default export must be an `AuthProvider`'],
    ['it exports something else', `export default { handle: () => {} }`, 'with a function `person`.'],
    [
      'it breaks when it is asked',
      'export default { handle() {}, async person() { throw new Error("no key") } }',
      'no key.',
    ],
    ['ways are odd', `export default { handle() {}, person() {}, ways: [{ label: 'x' }] }`, '`{ label, path }`'],
    ['leave is odd', `export default { handle() {}, person() {}, leave: true }`, 'whose `leave` is a function.'],
  ])('%s', async (_, text, told) => {
    rmSync(join(folder, 'auth.ts'), { force: true })
    if (text !== undefined) write('auth.ts', text)
    const loaded = await loadProvider(folder, './auth.ts')
    expect('fault' in loaded && loaded.fault).toContain(`settings.auth.provider, ./auth.ts: `)
    expect('fault' in loaded && loaded.fault).toContain(told)
  })
})
