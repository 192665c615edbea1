// Every case through the checker, the closure, generated source, what is left with the user known, and SQL on real libSQL,
// on the three-valued value and not only on the decision. What `tsc` says of them is in `test/static/twins.test.ts`.

import { type Context, compileExpression, sourceHelpers } from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { type Data, openWorld, rowsIn } from '../world.ts'
import { type Case, db, decided, refused, schema } from './cases.ts'

const kleene = (value: unknown): string => (value === null ? 'unknown' : String(value === true || value === 1))

const run = (code: string, context: Context): unknown => new Function('truth', `return ${code}`)(sourceHelpers)(context)

const compile = ({ source, entity }: Case) => compileExpression(source, { schema, place: 'read', entity })

describe('refused when checked', () => {
  test.each(refused.map((each) => [each.id, each] as const))('%s', (_, each) => {
    const { ok, diagnostics } = compile(each)
    expect(ok).toBe(false)
    for (const { start, end } of diagnostics) {
      expect(start).toBeLessThanOrEqual(end)
      expect(end).toBeLessThanOrEqual(each.source.length)
    }
  })
})

describe('decided', () => {
  test.each(decided.map((each) => [each.id, each] as const))('%s', (_, each) => {
    const compiled = compile(each)
    if (!compiled.ok || !each.context) throw new Error(JSON.stringify(compiled.diagnostics))
    const { expression } = compiled
    const { user, entity, now } = each.context
    const own = entity ? { [each.entity]: [entity] } : {}
    const all: Data = { ...db, ...each.context.db }
    const others = (all[each.entity] ?? []).filter((row) => row.id !== entity?.id)
    const data: Data = { ...all, ...own, ...(entity && { [each.entity]: [entity, ...others] }) }
    const context: Context = { user, now, ...(entity && { entity }), rows: rowsIn(schema, data) }
    expect(kleene(expression.value(context))).toBe(each.kleene)
    expect(String(expression.evaluate(context))).toBe(each.expect)
    expect(kleene(run(expression.toSource({ mode: 'value' }), context))).toBe(each.kleene)
    expect(String(run(expression.toSource(), context))).toBe(each.expect)
    const left = expression.residual({ user, now })
    const decision = (of: typeof left, decide: (rest: Exclude<typeof left, boolean>) => unknown): string =>
      String(typeof of === 'boolean' ? of : decide(of))
    expect(decision(left, (rest) => rest.evaluate(context))).toBe(each.expect)
    if (each.memoryOnly) return
    const world = openWorld(schema, data)
    const [value, decided] = world.run(expression, each.entity, context).get(String(entity?.id)) ?? []
    const ofRest = decision(left, (rest) => world.run(rest, each.entity, context).get(String(entity?.id))?.[1])
    world.close()
    expect(kleene(value)).toBe(each.kleene)
    expect(String(decided)).toBe(each.expect)
    expect(ofRest).toBe(each.expect)
  })
})
