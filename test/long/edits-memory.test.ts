// The language server after 20,000 edits is little larger than after 2,000: what each leaves behind is counted too.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { clientDiagnostics } from '../../server/handlers/diagnostics.ts'
import { randomEdit, seeded } from '../helpers/edits.ts'
import { changeBetween, opened, path } from '../server/storm.ts'

/** Small, so that most edits meet something that is kept: a rule, a name, a place that refers to another. */
const text = `export default {
  name: 'Notes',
  entities: {
    User: {
      fields: { email: 'string', role: { type: 'enum', options: ['member', 'admin'] } },
      permissions: { read: 'authenticated' },
    },
    Note: {
      fields: { text: 'string', done: 'boolean', owner: { type: 'relation', to: 'User' } },
      permissions: { read: "owner || user.role == 'admin'", update: 'owner && !done' },
      behaviors: { finish: { set: { done: true }, requires: 'owner', emits: 'note.finished' } },
    },
  },
  views: { Notes: { type: 'list', route: '/notes', entity: 'Note', columns: ['text', 'done'] } },
  workflows: { tell: { trigger: 'note.finished', actions: [{ type: 'log', message: '\${entity.text}' }] } },
}
`

test('memory does not grow with edits', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const state = opened(new Map([['app.truth.ts', text]]))
  const random = seeded(3)
  expect(clientDiagnostics(state, path('app.truth.ts'))).toEqual([])
  const heapAfter = (edits: number): number => {
    for (let round = 0; round < edits; round++) {
      changeBetween(state, 'app.truth.ts', round % 3 === 0 ? text : randomEdit(text, random), round + 2)
      clientDiagnostics(state, path('app.truth.ts'))
    }
    collect()
    return process.memoryUsage().heapUsed
  }
  const early = heapAfter(2_000)
  const late = heapAfter(18_000)
  expect(late).toBeLessThan(early * 1.5)
  expect((late - early) / 18_000, 'bytes for each edit').toBeLessThan(1_200)
}, 120_000)
