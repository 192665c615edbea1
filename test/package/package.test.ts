// The packed package, installed in an empty folder, as a newcomer would have it.

import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
let folder: string
let packed: { filename: string; files: { path: string }[]; size: number }

const run = (command: string, args: readonly string[], cwd = folder): string =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Packing builds, so it is done in a copy: others may be at what is built here. */
function copyOfProject(): string {
  const copy = join(folder, 'project')
  cpSync(root, copy, { recursive: true, filter: (path) => !/[\\/](?:node_modules|\.git|dist)$/.test(path) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  return copy
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  const told = run('npm', ['pack', '--json', '--pack-destination', folder], copyOfProject())
  packed = JSON.parse(told.slice(told.indexOf('[')))[0]
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  run('npm', ['install', '--no-audit', '--no-fund', `./${packed.filename}`])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('holds what it needs and nothing else', () => {
  const paths = packed.files.map(({ path }) => path)
  const outside = paths.filter(
    (path) => !/^(?:dist\/|docs\/|README\.md$|CHANGELOG\.md$|LICENSE$|package\.json$)/.test(path),
  )
  expect(outside).toEqual([])
  for (const path of [
    'dist/truth.js',
    'dist/index.js',
    'dist/expr.js',
    'dist/client.js',
    'dist/better-auth.js',
    'dist/evaluate-worker.mjs',
    'dist/licences.txt',
    'dist/explorer/swagger-ui-bundle.js',
    'dist/explorer/swagger-ui.css',
    'dist/types/runtime/index.d.ts',
    'dist/types/runtime/better-auth.d.ts',
    'dist/types/expr/index.d.ts',
  ]) {
    expect(paths).toContain(path)
  }
  expect(paths.filter((path) => path.startsWith('docs/')).sort()).toEqual([
    'docs/dependencies.md',
    'docs/diagnostics.md',
    'docs/editor.md',
    'docs/expressions.md',
    'docs/http.md',
    'docs/migrations.md',
    'docs/pages.md',
  ])
})

test('init, check and serve work', async () => {
  run('npx', ['truth', 'init', 'app'])
  expect(run('npx', ['truth', 'check', 'app'])).toContain('No problems')
  const child = spawn(process.execPath, ['node_modules/truthfile/dist/truth.js', 'serve', 'app', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  try {
    const address = await new Promise<string>((ready, fail) => {
      let output = ''
      child.stdout.on('data', (text) => {
        output += String(text)
        const found = /Ready (http\S+)/.exec(output)
        if (found?.[1]) ready(found[1])
      })
      child.once('exit', () => fail(new Error(output)))
    })
    const body = JSON.stringify({ email: 'ann@example.com', name: 'Ann', password: 'correct horse' })
    const reply = await fetch(`${address}/api/auth/sign-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(reply.status).toBe(201)
    expect((await fetch(`${address}/sign-in`)).status).toBe(200)
    for (const path of ['/openapi.json', '/api/docs', '/api/docs/swagger-ui-bundle.js', '/api/docs/swagger-ui.css'])
      expect((await fetch(`${address}${path}`)).status, path).toBe(200)
  } finally {
    child.kill('SIGKILL')
  }
})

test('its types are found by both compilers', () => {
  writeFileSync(
    join(folder, 'use.ts'),
    `import { analyse, type App, type Diagnostic, defineApp, env } from 'truthfile'
import { compileExpression } from 'truthfile/expr'
export const app = defineApp({ name: env('NAME', 'x'), entities: { Task: { fields: { title: 'string' }, permissions: { read: true } } } })
export const found: readonly Diagnostic[] = analyse('').diagnostics
export const whole: App | undefined = analyse('').app
export const compiled = compileExpression('true', { schema: { entities: new Map() }, place: 'read' })
// @ts-expect-error an app needs entities
defineApp({ name: 'x' })
// @ts-expect-error there is no such field type
defineApp({ name: 'x', entities: { Task: { fields: { title: 'sting' } } } })
`,
  )
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', 'use.ts']
  for (const compiler of ['typescript', 'typescript-7']) {
    run(process.execPath, [join(root, 'node_modules', compiler, 'bin', 'tsc'), ...options])
  }
})

test('its version is the one it tells', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(run('npx', ['truth', '--version']).trim()).toBe(version)
})
