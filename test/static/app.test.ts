// A faulty literal app, as each compiler sees it: the error is on the property, and its text is the checker's message.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'

const root = new URL('../../', import.meta.url).pathname
const fixture = 'test/static/fixtures/faults.ts'
const folder = mkdtempSync(join(tmpdir(), 'truth-faults-'))
const config = join(folder, 'tsconfig.json')

beforeAll(() =>
  writeFileSync(
    config,
    JSON.stringify({
      extends: `${root}tsconfig.json`,
      compilerOptions: { types: [], paths: { truthfile: [`${root}test/static/fixtures/declaring.ts`] } },
      include: [`${root}${fixture}`, `${root}test/static/fixtures/sound.ts`],
      exclude: [],
    }),
  ),
)
afterAll(() => rmSync(folder, { recursive: true }))

/** What is wrong, as the type that was wanted tells it, and what TypeScript adds. */
function messageIn(line: string): string {
  const message = /Fault<"(.*?)">/.exec(line)?.[1] ?? /to type '"([^"]*)"'\.$/.exec(line)?.[1]
  const meant = /Did you mean '"(.*)"'\?$/.exec(line)?.[1]
  return [message ?? line, ...(meant === undefined ? [] : [`Did you mean ${meant}?`])].join(' ')
}

/** What TypeScript 7 prints, which has no compiler to call from here. */
const printedByNative = (project: string): string =>
  spawnSync(process.execPath, [`${root}node_modules/typescript-7/bin/tsc`, '-p', project], {
    cwd: root,
    encoding: 'utf8',
  }).stdout

/** The errors that a compiler prints, as `line: message`. */
const errorsIn = (printed: string): string[] =>
  printed
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((line) => `${/\((\d+),/.exec(line)?.[1]}: ${messageIn(line)}`)
    .sort()

const lines = readFileSync(`${root}${fixture}`, 'utf8').split('\n')

/** What the fixture says that the compilers find, by line. */
const expected = lines.flatMap((line, index) => {
  const message = /\/\/ tsc: (.*)$/.exec(line)?.[1]
  return message === undefined ? [] : [{ line: index + 1, message }]
})

test('what an editor shows twice, once by TypeScript and once by us, it shows in the same words', () => {
  const { diagnostics } = analyse(lines.join('\n'))
  const ours = diagnostics.map(({ range, message }) => ({ line: range.start.line + 1, message }))
  for (const { line, message } of expected) {
    // Ours may go on: where the key stands, what was meant.
    const words = message.replace(/ Did you mean .*/, '').replace(/\.$/, '')
    const here = ours.filter((one) => one.line === line).map((one) => one.message.slice(0, words.length))
    expect(here, `line ${line}`).toContain(words)
  }
})

/** The older ones are slow, so they are for `npm test`. */
const compilers =
  process.env.TRUTH_COMPILERS === 'older' ? (await import('./older.ts')).printed : ([['7', printedByNative]] as const)

test.each(compilers)(
  'TypeScript %s finds the faults of an app in its text',
  (_, printed) => {
    expect(errorsIn(printed(config))).toEqual(expected.map(({ line, message }) => `${line}: ${message}`).sort())
    expect(expected.length).toBeGreaterThan(10)
  },
  60_000,
)
