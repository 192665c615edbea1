// What is asked before there is an input admits everybody whom some input admits, and hides from the others.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import type { Behavior } from '../../runtime/truth/app.ts'

function behaviorWith(requires: string): Behavior {
  const { app, diagnostics } = analyse(`export default {
    name: 'Guards',
    entities: {
      User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
      Task: {
        fields: { status: { type: 'enum', options: ['todo', 'done'] }, points: 'integer', owner: { type: 'relation', to: 'User' } },
        permissions: { read: 'authenticated' },
        behaviors: {
          go: {
            input: { by: 'integer', flag: 'boolean', to: { type: 'relation', to: 'User' } },
            set: { points: 1 },
            requires: ${JSON.stringify(requires)},
          },
        },
      },
    },
  }`)
  const behavior = app?.entities.get('Task')?.behaviors.get('go')
  if (!behavior) throw new Error(`${requires}: ${diagnostics.map(({ message }) => message).join(' ')}`)
  return behavior
}

const atoms = [
  'owner',
  "status == 'todo'",
  'points != null',
  'authenticated',
  'input.flag',
  'input.by > points',
  'input.by == null',
  'has(input.to)',
  'input.by in [1, 2]',
  'input.to == user',
  'coalesce(input.by, points) + 1 > 2',
]

const { guard } = fc.letrec<{ guard: string }>((tie) => ({
  guard: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...atoms),
    fc.tuple(tie('guard'), fc.constantFrom('&&', '||'), tie('guard')).map(([a, by, b]) => `(${a} ${by} ${b})`),
    tie('guard').map((one) => `!(${one})`),
  ),
}))

const now = '2026-06-15T12:00:00.000Z'
const users = [null, { id: 'ann' }, { id: 'bob' }]
const rows = [
  { id: '1', status: 'todo', points: 1, owner: 'ann' },
  { id: '2', status: 'done', points: null, owner: null },
]
const inputs = [undefined, 1, 5].flatMap((by) =>
  [undefined, true, false].flatMap((flag) => [undefined, 'ann'].map((to) => ({ by, flag, to }))),
)

test('whoever some input admits is offered it', () => {
  let hidden = 0
  fc.assert(
    fc.property(guard, (requires) => {
      const { guards, offeredIf } = behaviorWith(requires)
      for (const user of users) {
        for (const entity of rows) {
          const isOffered = offeredIf.every(({ expression }) => expression.evaluate({ user, now, entity }))
          const isDone = inputs.some((input) =>
            guards.every(({ expression }) => expression.evaluate({ user, now, entity, input })),
          )
          if (!isOffered) hidden += 1
          expect({ requires, isDone: isDone && !isOffered }).toEqual({ requires, isDone: false })
        }
      }
      expect(
        offeredIf.flatMap(({ expression }) => expression.reads).filter((name) => name.startsWith('input')),
      ).toEqual([])
    }),
    { numRuns: 300, seed: 7 },
  )
  expect(hidden).toBeGreaterThan(100)
})

test.each([
  ['owner && input.by > 0', 'owner && true'],
  ['!(input.by > points || !owner)', '!(false || !owner)'],
  ['input.to == user', 'true'],
  ["owner && status == 'todo'", "owner && status == 'todo'"],
])('%s is asked as %s', (requires, asked) => {
  expect(behaviorWith(requires).offeredIf.map(({ source }) => source)).toEqual([asked])
})
