// Analysis: what it says is so on every small database, and what it does not know it says.

import fc from 'fast-check'
import {
  type Context,
  compileExpression,
  counterexample,
  type Expression,
  implies,
  isAlways,
  isNever,
  overlaps,
  uselessTerms,
  witness,
} from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { someExpression } from './arbitrary.ts'
import { schema, someData } from './model.ts'
import { rowsIn } from './world.ts'

function compile(source: string): Expression {
  const compiled = compileExpression(source, { schema, place: 'read', entity: 'Task' })
  if (!compiled.ok) throw new Error(`${source}: ${JSON.stringify(compiled.diagnostics)}`)
  return compiled.expression
}

test.each([
  ['authenticated || !authenticated', 'yes', 'no'],
  ["status == 'todo' || status != 'todo'", 'no', 'no'],
  ["status == 'todo' || status != 'todo' || status == null", 'yes', 'no'],
  ["status == 'todo' && status == 'done'", 'no', 'yes'],
  ["status in ['todo', 'doing', 'done'] || status == null", 'yes', 'no'],
  ['rank > 3 && rank < 4', 'no', 'yes'],
  ['ratio > 3 && ratio < 4', 'no', 'no'],
  ["due > '2026-06-15' && due < '2026-06-16'", 'no', 'yes'],
  ['user.name == null && authenticated', 'no', 'no'],
  ["user.role == 'admin' && !authenticated", 'no', 'yes'],
  ['owner && maker == null', 'no', 'yes'],
  ['owner && assignee == user && maker != assignee', 'no', 'yes'],
  ['owner && !(maker == user)', 'no', 'yes'],
  ["parent.title == 'x' && parent == null", 'no', 'yes'],
  ['id != null && title == null || title != null', 'yes', 'no'],
  ['parts.some(p => p.open) && !parts.some(p => p.open)', 'unknown', 'yes'],
  ['parts.some(p => p.open) || !parts.some(p => p.open)', 'unknown', 'unknown'],
  ["title.startsWith('a') && title.startsWith('b')", 'unknown', 'unknown'],
  ['open && !open', 'no', 'yes'],
  ['rank > 1.5 && rank < 2.4', 'no', 'no'],
  ['rank > 1.5 && rank < 2', 'no', 'yes'],
  ['rank <= 1.5 || rank >= 2.4 || rank == null', 'no', 'no'],
  ['rank == 1.5', 'no', 'yes'],
  ["due > '2026-01-01T12:00:00Z' && due < '2026-01-02T10:00:00Z'", 'no', 'no'],
  ["due == '2026-01-01T12:00:00Z'", 'no', 'yes'],
  ["owner && maker.id == 'a' && user.id == 'b'", 'unknown', 'unknown'],
  ['open == false || open || open == null', 'yes', 'no'],
])('%s: always %s, never %s', (source, always, never) => {
  expect([isAlways(compile(source), schema), isNever(compile(source), schema)]).toEqual([always, never])
})

test.each([
  ["status == 'todo'", "status != 'done'", 'yes', 'yes'],
  ["status != 'done'", "status == 'todo'", 'no', 'yes'],
  ['owner', 'authenticated', 'yes', 'yes'],
  ['authenticated', 'owner', 'no', 'yes'],
  ["user.role == 'admin'", "user.role in ['admin', 'editor']", 'yes', 'yes'],
  ["status == 'todo'", "status == 'done'", 'no', 'no'],
  ['rank > 5', 'rank > 3', 'yes', 'yes'],
  ['rank > 3', 'rank > 5', 'no', 'yes'],
  ["title.startsWith('a')", "title.startsWith('a') || owner", 'yes', 'unknown'],
  ['authenticated', 'user.boss.id == user.boss', 'no', 'yes'],
  ['user.boss != null', 'user.boss.id == user.boss', 'yes', 'yes'],
])('%s implies %s: %s, overlaps: %s', (first, second, implied, overlapping) => {
  const [a, b] = [compile(first), compile(second)]
  expect([implies(a, b, schema), overlaps(a, b, schema)]).toEqual([implied, overlapping])
})

test.each([
  [
    "user.role == 'admin' && status != 'done'",
    true,
    "somebody is signed in, `status` is 'todo', `user.role` is 'admin'",
  ],
  ['owner', true, 'somebody is signed in, `maker` is the user'],
  ["status != 'done'", false, "`status` is 'done'"],
  ['!authenticated', true, 'nobody is signed in'],
  ['rank > 3', true, '`rank` is above 3'],
  ["due < '2026-06-15'", true, '`due` is below 2026-06-15'],
  ['owner', false, '`maker` is missing'],
])('a witness of %s, granted: %s', (source, granted, words) => {
  expect(witness(compile(source), granted, schema)).toBe(words)
})

test('two paths to one row are not told apart', () => {
  const [first, second] = [compile("assignee == user && user.role == 'admin'"), compile("assignee.role == 'admin'")]
  expect(implies(first, second, schema)).toBe('unknown')
  expect(counterexample(first, second, schema)).toBeUndefined()
})

test('a required field of somebody who is signed in is there', () => {
  const users = new Map(schema.entities.get('User')!.fields).set('role', {
    type: 'enum',
    options: ['a', 'b'],
    required: true,
  })
  const strict = { ...schema, entities: new Map(schema.entities).set('User', { fields: users }) }
  const rule = (source: string): Expression => {
    const compiled = compileExpression(source, { schema: strict, place: 'read', entity: 'Task' })
    if (!compiled.ok) throw new Error(source)
    return compiled.expression
  }
  expect(implies(rule('authenticated'), rule('user.role != null'), strict)).toBe('yes')
  expect(implies(rule('authenticated'), rule("user.role == 'a' || user.role == 'b'"), strict)).toBe('yes')
  expect(implies(rule('user.role == null'), rule('!authenticated'), strict)).toBe('yes')
})

test('a counterexample of "whoever may change it may read it"', () => {
  const [update, read] = [compile('owner || assignee'), compile("owner || user.role == 'admin'")]
  expect(counterexample(update, read, schema)).toContain('`assignee` is the user')
})

test.each([
  ["owner || owner && status == 'todo'", ["owner && status == 'todo' never"]],
  ["status == 'todo' && status != 'done'", ["status != 'done' always"]],
  ["user.role == 'admin' || authenticated", ["user.role == 'admin' never"]],
  ['authenticated && owner', ['authenticated always']],
  ["owner || assignee || user.role == 'admin'", []],
  [
    "(owner || status == 'todo') && (assignee || status == 'todo' && status == 'done')",
    ["status == 'todo' && status == 'done' never"],
  ],
])('what is for nothing in %s', (source, expected) => {
  expect(uselessTerms(compile(source), schema).map(({ text, because }) => `${text} ${because}`)).toEqual(expected)
})

describe('on generated rules', () => {
  const now = '2026-06-15T12:00:00.123Z'
  const pair = fc.tuple(someExpression, someExpression)

  test('what is ruled out never happens', () => {
    let decided = 0
    const property = fc.property(someData, fc.array(pair, { minLength: 20, maxLength: 20 }), (data, pairs) => {
      const rows = rowsIn(schema, data)
      for (const [first, second] of pairs) {
        const compiled = [first, second].map((source) =>
          compileExpression(source, { schema, place: 'read', entity: 'Task' }),
        )
        const [a, b] = compiled.map((one) => (one.ok ? one.expression : undefined))
        if (!a || !b) continue
        const said = { always: isAlways(a, schema), never: isNever(a, schema), implies: implies(a, b, schema) }
        if (Object.values(said).includes('yes')) decided += 1
        for (const user of [null, ...(data.User ?? [])]) {
          for (const entity of data.Task ?? []) {
            const context: Context = { user, entity, now, rows }
            const [x, y] = [a.evaluate(context), b.evaluate(context)]
            const broken =
              (said.always === 'yes' && !x) || (said.never === 'yes' && x) || (said.implies === 'yes' && x && !y)
            expect({ first, second, said, broken }).toMatchObject({ broken: false })
          }
        }
      }
    })
    fc.assert(property, { numRuns: 100 })
    expect(decided).toBeGreaterThan(50)
  })

  test('a rule decides the same without what is said to be for nothing', () => {
    let useless = 0
    const operators = fc.constantFrom('||', '&&')
    const rule = fc.tuple(someExpression, operators, someExpression, operators, someExpression)
    const property = fc.property(someData, fc.array(rule, { minLength: 20, maxLength: 20 }), (data, rules) => {
      const rows = rowsIn(schema, data)
      for (const [a, first, b, second, c] of rules) {
        const whole = compileExpression(`(${a} ${first} ${b}) ${second} ${c}`, {
          schema,
          place: 'read',
          entity: 'Task',
        })
        if (!whole.ok) continue
        for (const { start, end, because } of uselessTerms(whole.expression, schema)) {
          useless += 1
          const { source } = whole.expression
          const text = `${source.slice(0, start)} ${because === 'never' ? 'false' : 'true'} ${source.slice(end)}`
          const without = compileExpression(text, { schema, place: 'read', entity: 'Task' })
          if (!without.ok) throw new Error(text)
          for (const user of [null, ...(data.User ?? [])]) {
            for (const entity of data.Task ?? []) {
              const context: Context = { user, entity, now, rows }
              const decisions = [whole.expression.evaluate(context), without.expression.evaluate(context)]
              expect({ source, text, decisions }).toMatchObject({ decisions: [decisions[0], decisions[0]] })
            }
          }
        }
      }
    })
    fc.assert(property, { numRuns: 60 })
    expect(useless).toBeGreaterThan(30)
  })

  test('a rule of twelve terms is answered', () => {
    const terms = [
      "status == 'todo'",
      'owner',
      'assignee',
      "user.role == 'admin'",
      'rank > 3',
      'open',
      "mood == 'good'",
      'ratio < 1',
      "title != 'x'",
      'due != null',
      'user.level >= 2',
      'user.active',
    ]
    const rule = compile(
      terms
        .map((term, index) => `${index % 3 ? '' : '('}${term}${index % 3 === 2 ? ')' : ''}`)
        .join(' || ')
        .replaceAll(') || (', ') && ('),
    )
    expect([isAlways(rule, schema), isNever(rule, schema)]).toEqual(['no', 'no'])
    expect(uselessTerms(rule, schema)).toEqual([])
  })
})
