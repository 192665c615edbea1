// A faulty literal app, as both compilers see it: the error is on the property, and its text is the checker's message.

import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const fixture = 'test/static/fixtures/faults.ts'
const config = `${root}test/static/fixtures/tsconfig.json`

beforeAll(() =>
  writeFileSync(
    config,
    JSON.stringify({ extends: '../../../tsconfig.json', include: ['faults.ts', 'sound.ts'], exclude: [] }),
  ),
)
afterAll(() => rmSync(config))

/** The errors of a compiler, as `line: message`. */
function errorsOf(compiler: string): string[] {
  const run = (): string => {
    try {
      return execFileSync(process.execPath, [`${root}node_modules/${compiler}/bin/tsc`, '-p', config], {
        cwd: root,
        encoding: 'utf8',
      })
    } catch (error) {
      return (error as { stdout: string }).stdout
    }
  }
  return run()
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((line) => `${/\((\d+),/.exec(line)?.[1]}: ${/to type '"(.*)"'/.exec(line)?.[1] ?? line}`)
    .sort()
}

test.each(['typescript', 'typescript-7'])(
  '%s finds the faults of an app in its text',
  (compiler) => {
    const lines = readFileSync(`${root}${fixture}`, 'utf8').split('\n')
    const expected = lines.flatMap((line, index) => {
      const message = /\/\/ tsc: (.*)$/.exec(line)?.[1]
      return message === undefined ? [] : [`${index + 1}: ${message}`]
    })
    expect(errorsOf(compiler)).toEqual(expected.sort())
    expect(expected.length).toBeGreaterThan(10)
  },
  60_000,
)
