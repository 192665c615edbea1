// The whole project, its examples and its tests are sound to TypeScript 6 too. TypeScript 7 is asked by `npm run types`.

import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname

test('TypeScript 6 finds nothing', () => {
  // With the options of the tests, which are there for compilers most of all.
  const command = [...process.execArgv, `${root}node_modules/typescript/bin/tsc`, '-p', root]
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, ''])
})
