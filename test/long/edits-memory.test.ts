// The language server after 20,000 edits is no larger than after 2,000.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { clientDiagnostics } from '../../server/handlers/diagnostics.ts'
import { randomEdit, seeded } from '../helpers/edits.ts'
import { exampleFiles } from '../server/snapshot.ts'
import { changeBetween, opened, path } from '../server/storm.ts'

test('memory does not grow with edits', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const files = exampleFiles('tasks')
  const state = opened(files)
  const random = seeded(3)
  const text = files.get('app.truth.ts') ?? ''
  const heapAfter = (edits: number): number => {
    for (let round = 0; round < edits; round++) {
      changeBetween(state, 'app.truth.ts', round % 3 === 0 ? text : randomEdit(text, random), round + 2)
      clientDiagnostics(state, path('app.truth.ts'))
    }
    collect()
    return process.memoryUsage().heapUsed
  }
  const early = heapAfter(2_000)
  expect(heapAfter(18_000)).toBeLessThan(early * 1.5)
}, 120_000)
