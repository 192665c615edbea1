// The queries of views, and texts with expressions in them.

import { type Context, compileQuery, compileTemplate } from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { schema } from './model.ts'

const now = '2026-06-15T12:00:00.000Z'

describe('queries', () => {
  test('all their parts', () => {
    const compiled = compileQuery(
      "Task where status != 'done' && rank > 1 order by due desc, maker.name limit 5",
      schema,
    )
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
    const { entity, where, orderBy, limit } = compiled.query
    expect([entity, limit, orderBy]).toEqual([
      'Task',
      5,
      [
        { path: ['due'], descending: true },
        { path: ['maker', 'name'], descending: false },
      ],
    ])
    expect(where?.source).toBe("status != 'done' && rank > 1")
  })

  test.each([
    ['Task', true],
    ['Task order by rank', true],
    ['Task limit 3', true],
    ["Task where title == 'order by x limit 3'", true],
    ['Task where (rank > 1) limit 3', true],
    ['', false],
    ['Task where', false],
    ['Task where rank > 1 where open', false],
    ['Task limit 3 where open', false],
    ['Task order by', false],
    ['Task order by rank down', false],
    ['Task order by labels', false],
    ['Task order by user.name', false],
    ['Task limit 0', false],
    ['Task limit 1.5', false],
    ['Nothing', false],
    ["'Task'", false],
    ['Task rank', false],
  ])('%j: %j', (source, ok) => {
    const compiled = compileQuery(source, schema)
    expect(compiled.ok).toBe(ok)
    expect(compiled.diagnostics.length > 0).toBe(!ok)
  })

  test('a fault has its place in the whole query', () => {
    const [fault] = compileQuery("Task where status == 'dne' order by rank", schema).diagnostics
    expect([fault?.code, fault?.start, fault?.end, fault?.suggestions?.[0]?.text]).toEqual(['T4203', 21, 26, "'done'"])
  })
})

describe('templates', () => {
  const context: Context = { user: { id: 'u', name: 'Ann' }, entity: { id: 'k', title: 'Plan', labels: ['a'] }, now }
  const scope = { schema, place: 'workflow', entity: 'Task' } as const

  test.each([
    ['plain', 'plain'],
    ['${entity.title} by ${user.name}!', 'Plan by Ann!'],
    ['rank: ${entity.rank}', 'rank: '],
    ["${entity.title + '}'}", 'Plan}'],
    ['${entity.labels} ${entity.maker.name}', '["a"] '],
    ['$ {x} }', '$ {x} }'],
  ])('%j is %j', (source, text) => {
    const compiled = compileTemplate(source, scope)
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
    expect(compiled.template.render(context)).toBe(text)
  })

  test.each([
    ['${entity.titel}', 'T4102', 9, 14],
    ['a ${', 'T4304', 2, 4],
    ['a ${}', 'T4001', 2, 5],
    ['a ${entity.title', 'T4304', 2, 4],
    ['a ${entity.parts}', 'T4215', 4, 16],
  ])('%j has %s', (source, code, start, end) => {
    const [fault] = compileTemplate(source, scope).diagnostics
    expect([fault?.code, fault?.start, fault?.end]).toEqual([code, start, end])
  })
})
