// Language servers beside each other on one app, each in its own language: one typed character that is a mistake and is
// taken back, and a completion in the middle of typing. A time counts when the diagnostic has appeared or gone.

import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { memoryOf, openIn, positionOf } from './lsp-session.mjs'
import * as texts from './lsp-texts.mjs'
import { install } from './prepare.mjs'

const folder = 'test/bench/lsp-peers'
const rounds = Number(process.env.TRUTH_BENCH_ROUNDS ?? 3)
/** How many edits, and how many completions, a round has at most, and for how long. */
const samples = 40
const secondsEach = Number(process.env.TRUTH_BENCH_SECONDS ?? 5)

const node = (...args) => ({ command: process.execPath, args: [...args, '--stdio'] })
const tsconfig = { compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', types: [], noEmit: true } }

const literal = {
  file: 'app.ts',
  languageId: 'typescript',
  text: texts.typescript,
  beside: {
    'app-types.d.ts': texts.typescriptTypes,
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify(tsconfig),
  },
  expected: 'User',
}

const servers = [
  {
    ...node(resolve('dist/lsp.js')),
    name: 'truth',
    file: 'app.truth.ts',
    languageId: 'typescript',
    text: texts.truth,
    expected: 'role',
  },
  {
    command: resolve(`node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/tsc`),
    args: ['--lsp', '--stdio'],
    name: 'typescript 7',
    ...literal,
  },
  {
    ...node(resolve(`${folder}/node_modules/typescript-language-server/lib/cli.mjs`)),
    name: 'typescript 6',
    ...literal,
  },
  {
    ...node(resolve(`${folder}/node_modules/@prisma/language-server/dist/bin.js`)),
    name: 'prisma',
    file: 'schema.prisma',
    languageId: 'prisma',
    text: texts.prisma,
    settings: { prisma: { enableDiagnostics: true, fileWatcher: false } },
    expected: 'User',
  },
  {
    ...node(resolve(`${folder}/zenstack.mjs`)),
    name: 'zenstack',
    file: 'schema.zmodel',
    languageId: 'zmodel',
    text: texts.zenstack,
    expected: 'role',
  },
]

/** Adds times to `found`, but for the first two of each round. */
async function repeat(work, found) {
  for (let n = 0; n < 2; n++) await work()
  const until = performance.now() + secondsEach * 1000
  for (let n = 0; n < samples && (n < 2 || performance.now() < until); n++) found.push(...(await work()))
}

async function session(server, count, found) {
  const work = mkdtempSync(join(tmpdir(), 'truth-bench-'))
  const { text, from, to } = server.text(count)
  for (const [name, content] of Object.entries(server.beside ?? {})) writeFileSync(join(work, name), content)
  symlinkSync(resolve(`${folder}/node_modules`), join(work, 'node_modules'))
  const faulty = `${text.slice(0, to)}x${text.slice(to)}`
  writeFileSync(join(work, server.file), faulty)
  const [first, end] = [from + 1, to].map((offset) => positionOf(text, offset))
  const after = { ...end, character: end.character + 1 }
  const began = performance.now()
  const open = await openIn(work, server, faulty)
  try {
    await open.until(end.line, true)
    found.start.push(performance.now() - began)
    const edit = async (range, insert, wanted) => {
      const sent = performance.now()
      open.change(range, insert)
      await open.until(end.line, wanted)
      return performance.now() - sent
    }
    const typed = () => edit({ start: end, end }, 'x', true)
    const takenBack = () => edit({ start: end, end: after }, '', false)
    await takenBack()
    await repeat(async () => [await typed(), await takenBack()], found.edit)
    const word = text.slice(from + 1, to)
    await repeat(async () => {
      const sent = performance.now()
      open.change({ start: first, end }, '')
      const labels = await open.complete(first)
      const time = performance.now() - sent
      if (!labels.includes(server.expected)) throw new Error(`${server.name} completes ${labels.slice(0, 9)}`)
      open.change({ start: first, end: first }, word)
      return [time]
    }, found.completion)
    await typed().then(takenBack)
    found.memory.push(memoryOf(open.child.pid))
  } finally {
    await open.close()
    rmSync(work, { recursive: true, force: true })
  }
}

const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]

export async function run() {
  install(folder, '--ignore-scripts')
  for (const count of [100, 500]) {
    const found = new Map(servers.map(({ name }) => [name, { start: [], edit: [], completion: [], memory: [] }]))
    for (let round = 0; round < rounds; round++) {
      for (const server of round % 2 ? servers.toReversed() : servers) {
        await session(server, count, found.get(server.name))
      }
    }
    print(count, found)
  }
}

function print(count, found) {
  const { truth } = Object.fromEntries(found)
  console.log(`\nlsp peers, ${count} entities, medians and 99th percentiles of ${rounds} rounds; times truth`)
  const column = (values, of, share = 0.5) => {
    const [own, base] = [quantile(values, share), quantile(of, share)]
    return `${own.toFixed(own < 100 ? 1 : 0).padStart(7)} (${(own / base).toFixed(own / base < 10 ? 1 : 0)})`.padEnd(14)
  }
  console.log('                start, ms     edit p50, ms  edit p99, ms  completion    memory, MB   samples')
  for (const [name, { start, edit, completion, memory }] of found) {
    const columns = [
      column(start, truth.start),
      column(edit, truth.edit),
      column(edit, truth.edit, 0.99),
      column(completion, truth.completion),
      column(memory, truth.memory),
    ]
    console.log(`  ${name.padEnd(13)} ${columns.join('')} ${edit.length}/${completion.length}`)
  }
}
