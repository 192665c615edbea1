// Closures and SQL agree on every row of every small database, on the three-valued value and on the decision.

import process from 'node:process'
import fc from 'fast-check'
import { type Context, compileExpression } from 'truthfile/expr'
import { expect, test } from 'vitest'
import { someExpression } from './arbitrary.ts'
import { schema, someData } from './model.ts'
import { openWorld, rowsOf } from './world.ts'

const perDatabase = 40
/** `npm run fuzz` sets this higher. */
const expressions = Number(process.env.TRUTH_EXPRESSIONS ?? 20_000)

const sameValue = (value: unknown): unknown => (value === 1 ? true : value === 0 ? false : value)

test(`${expressions} generated expressions`, () => {
  let refused = 0
  let tried = 0
  const now = '2026-06-15T12:00:00.123Z'
  const property = fc.property(
    someData,
    fc.constantFrom(undefined, 0, 1),
    fc.array(someExpression, { minLength: 1, maxLength: 2 * perDatabase, size: 'max' }),
    (data, who, sources) => {
      const world = openWorld(schema, data)
      const rows = rowsOf(schema, data)
      const user = who === undefined ? null : (data.User?.[who] ?? null)
      try {
        for (const source of sources) {
          const compiled = compileExpression(source, { schema, place: 'read', entity: 'Task' })
          tried += 1
          if (!compiled.ok) {
            refused += 1
            continue
          }
          const { expression } = compiled
          const found = world.run(expression, 'Task', { user, now })
          for (const entity of data.Task ?? []) {
            const context: Context = { user, entity, now, rows }
            const [value, decision] = found.get(String(entity.id)) ?? []
            expect({ source, value: sameValue(value), decision }).toEqual({
              source,
              value: expression.value(context),
              decision: expression.evaluate(context),
            })
          }
        }
      } finally {
        world.close()
      }
    },
  )
  fc.assert(property, { numRuns: Math.ceil(expressions / perDatabase), interruptAfterTimeLimit: 500_000 })
  expect(refused / tried).toBeLessThan(0.25)
}, 600_000)
