// Closures, generated source and SQL agree on every row of every small database, on the three-valued value and on the
// decision.

import process from 'node:process'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { type Context, compileExpression, type Expression, renderSql, sourceHelpers } from 'truthfile/expr'
import { expect, test } from 'vitest'
import { parserDepth } from '../../expr/sql/depth.ts'
import { someExpression } from './arbitrary.ts'
import { schema, someData } from './model.ts'
import { openWorld, rowsIn } from './world.ts'

const perDatabase = 40
/** `npm test` asks 16,000 others besides, which makes 20,000; `npm run fuzz` any number. */
const expressions = Number(process.env.TRUTH_EXPRESSIONS ?? 4_000)

/** The generated functions, run; a bundle would hold their text. */
function sourceOf(expression: Expression) {
  const run = (code: string) => new Function('truth', `return ${code}`)(sourceHelpers) as (context: Context) => unknown
  return { decide: run(expression.toSource()), value: run(expression.toSource({ mode: 'value' })) }
}

/** `expect`, which takes longer than the expressions, only where it finds something. */
function expectSame(text: string, found: { readonly [how: string]: unknown }, wanted: unknown): void {
  const isSame = (one: unknown): boolean => isDeepStrictEqual(one, wanted)
  if (Object.values(found).every(isSame)) return
  expect({ text, ...found }).toEqual({ text, ...Object.fromEntries(Object.keys(found).map((how) => [how, wanted])) })
}

const sameValue = (value: unknown): unknown => (value === 1 ? true : value === 0 ? false : value)

test(`${expressions} generated expressions`, () => {
  let refused = 0
  let tried = 0
  const now = '2026-06-15T12:00:00.123Z'
  const property = fc.property(
    someData,
    fc.constantFrom(undefined, 0, 1),
    fc.array(someExpression, { minLength: 1, maxLength: 2 * perDatabase, size: 'max' }),
    (data, who, texts) => {
      const world = openWorld(schema, data)
      const rows = rowsIn(schema, data)
      const user = who === undefined ? null : (data.User?.[who] ?? null)
      try {
        for (const text of texts) {
          const compiled = compileExpression(text, { schema, place: 'read', entity: 'Task' })
          tried += 1
          if (!compiled.ok) {
            refused += 1
            continue
          }
          const { expression } = compiled
          // As a condition it can be read; the value of it is more SQL, which no rule is ever asked for.
          if (parserDepth(renderSql(expression.toSql({ mode: 'value' })).text) > 80) {
            refused += 1
            continue
          }
          const source = sourceOf(expression)
          const found = world.run(expression, 'Task', { user, now })
          const left = expression.residual({ user, now })
          const verdict = expression.verdict({ user, now })
          expectSame(text, { verdict }, typeof left === 'boolean' ? left : undefined)
          const rest = typeof left === 'boolean' ? undefined : world.run(left, 'Task', { user, now })
          for (const entity of data.Task ?? []) {
            const context: Context = { user, entity, now, rows }
            const [value, decided] = found.get(String(entity.id)) ?? []
            const inSql = [sameValue(value), decided]
            const inSource = [source.value(context), source.decide(context)]
            const residual =
              typeof left === 'boolean' ? [left, left] : [left.evaluate(context), rest?.get(String(entity.id))?.[1]]
            const decision = expression.evaluate(context)
            expectSame(text, { residual }, [decision, decision])
            expectSame(text, { inSql, inSource }, [expression.value(context), decision])
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
