// What checking costs the compiler, counted in instantiations: so many for each entity, and no more for each where there
// are many.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'
// @ts-expect-error a bench without declarations
import { sampleApp } from '../bench/check.mjs'
import { schema } from '../expr/model.ts'
import { costsOf } from './native.ts'

const root = new URL('../../', import.meta.url).pathname
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { types: [], paths: { truthfile: [join(root, 'test/static/fixtures/declaring.ts')] } },
      include: ['app.ts'],
      exclude: [],
    }),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

function instantiations(entities: number): number {
  writeFileSync(join(folder, 'app.ts'), sampleApp(entities))
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
  const told = execFileSync(process.execPath, [tsc, '-p', folder, '--extendedDiagnostics', '--singleThreaded'], {
    encoding: 'utf8',
    env: { ...process.env, GOGC: '400' },
  })
  return Number(/Instantiations:\s+(\d+)/.exec(told)?.[1])
}

test('an entity of 8 fields and 4 permissions costs at most 1,150, and no more where there are many', () => {
  const [few, some, many] = [instantiations(2), instantiations(50), instantiations(500)]
  const each = (some - few) / 48
  expect(each).toBeLessThan(1_150)
  expect((many - some) / 450).toBeLessThan(each * 1.01)
}, 60_000)

test('what a call costs, in instantiations', () => {
  const limits: readonly (readonly [source: string, limit: number])[] = [
    ['rank + 1 > 3', 750],
    ['abs(rank) > 3', 900],
    ["title.startsWith('a')", 900],
    ['parts.some(p => p.open)', 1_050],
    ["coalesce(status, 'todo') == 'done'", 1_150],
    ['due - days(3) < now()', 1_500],
    ["title == 'it\\'s'", 650],
  ]
  const costs = costsOf(
    schema,
    'Task',
    limits.map(([source]) => source),
  )
  for (const [index, [source, limit]] of limits.entries()) expect(costs[index], source).toBeLessThan(limit)
}, 30_000)
