// Who may import whom, no cycles, small files.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname

function filesIn(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules') && !file.startsWith('test/truth/fixtures/'))
}

const sources = ['expr', 'runtime', 'server', 'client'].flatMap(filesIn)

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|(?:^|[^.\w])import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

const resolved = (file: string, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier

/** What each room may import: our own rooms, packages, and `node:` for Node's modules. First match wins. */
const rooms: readonly (readonly [room: string, allowed: readonly string[]])[] = [
  ['expr/', ['expr/', 'chevrotain']],
  ['runtime/truth/', ['runtime/truth/', 'expr/', 'zod', 'typescript', 'pluralize', 'redos-detector', 'croner']],
  ['runtime/generate/', ['runtime/generate/', 'runtime/truth/', 'expr/']],
  [
    'runtime/database/',
    [
      'runtime/database/',
      'runtime/generate/',
      'runtime/truth/',
      'expr/',
      'node:',
      'libsql',
      '@libsql/client',
      'lru-cache',
    ],
  ],
  ['runtime/ui/', ['runtime/ui/', 'runtime/truth/', 'expr/', 'preact']],
  [
    'runtime/http/',
    [
      'runtime/http/',
      'runtime/ui/',
      'runtime/database/',
      'runtime/generate/',
      'runtime/truth/',
      'expr/',
      'node:',
      'hono',
      'proxy-addr',
      'ipaddr.js',
      'csv-stringify',
      'jsonc-parser',
      'nodemailer',
      '@hono/node-server',
      'preact',
      'preact-render-to-string',
      'prom-client',
      'rate-limiter-flexible',
      'uuid',
    ],
  ],
  [
    'runtime/',
    [
      'runtime/',
      'expr/',
      'node:',
      'esbuild',
      'chokidar',
      'commander',
      'picocolors',
      'pino',
      'pino-pretty',
      '@babel/code-frame',
    ],
  ],
  [
    'server/',
    [
      'server/',
      'expr/',
      'runtime/truth/',
      'runtime/generate/',
      'vscode-languageserver',
      'vscode-languageserver-textdocument',
      'node:',
    ],
  ],
  ['client/', ['client/', 'vscode', 'vscode-languageclient']],
]

const isAllowed = (target: string, allowed: readonly string[]): boolean =>
  allowed.some((one) =>
    one.endsWith('/') || one === 'node:' ? target.startsWith(one) : target === one || target.startsWith(`${one}/`),
  )

test('every import is inside the table', () => {
  const wrong: string[] = []
  for (const file of sources) {
    const allowed = rooms.find(([room]) => file.startsWith(room))?.[1] ?? []
    for (const specifier of importsOf(file)) {
      const target = resolved(file, specifier)
      if (!isAllowed(target, allowed)) wrong.push(`${file} imports ${target}`)
    }
  }
  expect(sources.length).toBeGreaterThan(50)
  expect(wrong).toEqual([])
})

test('only load and what it calls run a user’s file', () => {
  const runners = sources.filter((file) =>
    importsOf(file).some((specifier) => specifier === 'esbuild' || specifier === 'node:worker_threads'),
  )
  expect(runners).toEqual(['runtime/evaluate-worker.mjs', 'runtime/evaluate.ts', 'runtime/load-provider.ts'])
  const importersOf = (target: string): readonly string[] =>
    sources.filter((file) => importsOf(file).some((specifier) => resolved(file, specifier) === target))
  expect(importersOf('runtime/evaluate.ts')).toEqual(['runtime/load-provider.ts', 'runtime/load.ts'])
  expect([...new Set(importersOf('runtime/load-provider.ts'))]).toEqual(['runtime/cli/serve.ts'])
})

test('no import goes round in a circle', () => {
  const graph = new Map(
    sources.map((file) => [
      file,
      importsOf(file)
        .map((specifier) => resolved(file, specifier))
        .filter((target) => sources.includes(target)),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file)
    if (start >= 0) {
      circles.push([...trail.slice(start), file].join(' → '))
      return
    }
    if (done.has(file)) return
    for (const target of graph.get(file) ?? []) walk(target, [...trail, file])
    done.add(file)
  }
  for (const file of sources) walk(file, [])
  expect(circles).toEqual([])
})

test('no file is longer than 300 lines', () => {
  const own = [...sources, ...filesIn('test')].filter((file) => !file.startsWith('test/bench/peers/'))
  const long = own
    .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 300)
  expect(long).toEqual([])
})

test('nothing else is at the top level', () => {
  const found = readdirSync(root).filter((name) => !name.startsWith('.') && name !== 'node_modules' && name !== 'dist')
  const given = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'biome.json',
    'build',
    'build.mjs',
    'vsix.mjs',
    'client',
    'docs',
    'examples',
    'expr',
    'package-lock.json',
    'package.json',
    'runtime',
    'server',
    'syntaxes',
    'test',
    'tsconfig.build.json',
    'tsconfig.json',
    'vitest.config.ts',
  ]
  expect(found.filter((name) => !given.includes(name))).toEqual([])
})
