// The shared vectors: every expression through the checker, the closure, generated source and SQL on real libSQL, on the three-valued
// value and not only on the decision.

import { readFileSync } from 'node:fs'
import {
  type Context,
  compileExpression,
  type EntitySchema,
  type FieldSchema,
  type Row,
  type Schema,
  sourceHelpers,
} from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { type Data, openWorld, rowsIn } from './world.ts'

type Vector = {
  readonly id: string
  readonly expression: string
  readonly entity: string
  readonly gen?: {
    readonly before: string
    readonly n: number
    readonly mid: string
    readonly after: string
    readonly wrap?: readonly [string, string]
  }
  readonly context?: { readonly user: Row | null; readonly entity?: Row; readonly now: string; readonly db?: Data }
  readonly expect: 'true' | 'false' | 'error'
  readonly kleene?: 'true' | 'false' | 'unknown'
  readonly tags?: readonly string[]
}

type File = {
  readonly auth: string
  readonly schema: {
    readonly [entity: string]: { readonly owner?: string; readonly fields: { readonly [name: string]: FieldSchema } }
  }
  readonly db: Data
  readonly vectors: readonly Vector[]
}

/** `"NaN:number"` stands for the value that JSON cannot write. */
const revive = (_: string, value: unknown): unknown =>
  typeof value === 'string' && value.endsWith(':number') ? Number(value.slice(0, -':number'.length)) : value

const file = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'), revive) as File
const schema: Schema = {
  auth: file.auth,
  entities: new Map<string, EntitySchema>(
    Object.entries(file.schema).map(([name, { owner, fields }]) => [
      name,
      { fields: new Map(Object.entries(fields)), ...(owner !== undefined && { owner }) },
    ]),
  ),
}

const sourceOf = ({ expression, gen }: Vector): string => {
  if (!gen) return expression
  const [open, close] = gen.wrap ?? ['', '']
  return open + gen.before.repeat(gen.n) + gen.mid + gen.after.repeat(gen.n) + close
}

const kleene = (value: unknown): string => (value === null ? 'unknown' : String(value === true || value === 1))

const run = (code: string, context: Context): unknown => new Function('truth', `return ${code}`)(sourceHelpers)(context)

const compile = (vector: Vector) =>
  compileExpression(sourceOf(vector), { schema, place: 'read', entity: vector.entity })

const refused = file.vectors.filter((vector) => vector.expect === 'error')
const decided = file.vectors.filter((vector) => vector.expect !== 'error')

describe('refused when checked', () => {
  test.each(refused.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const { ok, diagnostics } = compile(vector)
    expect(ok).toBe(false)
    const length = sourceOf(vector).length
    for (const { start, end } of diagnostics) {
      expect(start).toBeLessThanOrEqual(end)
      expect(end).toBeLessThanOrEqual(length)
    }
  })
})

describe('decided', () => {
  test.each(decided.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const compiled = compile(vector)
    if (!compiled.ok || !vector.context) throw new Error(JSON.stringify(compiled.diagnostics))
    const { expression } = compiled
    const { user, entity, now } = vector.context
    const own = entity ? { [vector.entity]: [entity] } : {}
    const all: Data = { ...file.db, ...vector.context.db }
    const others = (all[vector.entity] ?? []).filter((row) => row.id !== entity?.id)
    const data: Data = { ...all, ...own, ...(entity && { [vector.entity]: [entity, ...others] }) }
    const context: Context = { user, now, ...(entity && { entity }), rows: rowsIn(schema, data) }
    expect(kleene(expression.value(context))).toBe(vector.kleene)
    expect(String(expression.evaluate(context))).toBe(vector.expect)
    expect(kleene(run(expression.toSource({ mode: 'value' }), context))).toBe(vector.kleene)
    expect(String(run(expression.toSource(), context))).toBe(vector.expect)
    if (vector.tags?.includes('js-only')) return
    const world = openWorld(schema, data)
    const [value, decision] = world.run(expression, vector.entity, context).get(String(entity?.id)) ?? []
    world.close()
    expect(kleene(value)).toBe(vector.kleene)
    expect(String(decision)).toBe(vector.expect)
  })
})
