// What cannot be told: nothing is said about it, and nothing is compiled that depends on it.

import { describe, expect, test } from 'vitest'
import { compileExpression, compileQuery, compileTemplate, type Place, type Scope } from '../../expr/index.ts'
import type { EntitySchema, FieldSchema, Schema } from '../../expr/schema.ts'

const entity = (fields: Record<string, FieldSchema>, open?: boolean): EntitySchema => ({
  fields: new Map(Object.entries(fields)),
  ...(open && { open }),
})

const schema: Schema = {
  entities: new Map([
    ['User', entity({ role: { type: 'enum', options: ['admin', 'staff'] } })],
    [
      'Task',
      entity({ title: { type: 'string' }, odd: { type: 'unknown' }, hidden: { type: 'unknown', secret: true } }),
    ],
    ['Open', entity({ title: { type: 'string' }, secret: { type: 'string', secret: true } }, true)],
  ]),
}
const scopeOf = (name: string, more: Partial<Scope> = {}): Scope => ({
  schema,
  place: 'read' as Place,
  entity: name,
  ...more,
})
const said = (text: string, scope: Scope): readonly string[] => {
  const compiled = compileExpression(text, scope)
  expect(compiled.ok).toBe(false)
  return compiled.diagnostics.map(({ code, start }) => `${code}@${start}`)
}

describe('a field of unknown type', () => {
  test.each([
    'odd',
    'odd == 1',
    'entity.odd.name == "x"',
    "odd.startsWith('a')",
    'odd.some(o => o.x == 1)',
    "title == 'a' && odd",
    '!odd || authenticated',
    'odd == null',
    "odd in ['a', 'b']",
    "'a' in [odd.x]",
    "['a'].includes(odd)",
    'coalesce(odd, 1) > 2',
    'odd + 1 > 2',
    '-odd < 1',
    'has(odd)',
    'owner == user && odd',
  ])('%s', (text) => {
    expect(said(text, scopeOf('Task'))).toEqual(text.includes('owner') ? ['T4105@0'] : [])
  })

  test('leaves other faults', () => {
    expect(said('odd == 1 && titel == 2', scopeOf('Task'))).toEqual(['T4101@12'])
    expect(said('hidden == 1', scopeOf('Task'))).toEqual(['T4101@0'])
  })

  test('takes any value', () => {
    expect(said('title', scopeOf('Task', { expects: { type: 'unknown' } }))).toEqual([])
  })
})

describe('an open entity', () => {
  test.each(['name == 1', 'entity.name.more', 'owner == user', 'next.name == name'])('%s', (text) => {
    expect(said(text, scopeOf('Open', { place: 'update' }))).toEqual([])
  })

  test('knows its fields still', () => {
    expect(said('title == 1', scopeOf('Open'))).toEqual(['T4202@0'])
    expect(said('secret == 1', scopeOf('Open'))).toEqual(['T4101@0'])
    expect(compileExpression("title == 'a'", scopeOf('Open')).ok).toBe(true)
  })
})

test('a row of which nobody knows the entity', () => {
  const scope: Scope = { schema, place: 'workflow', openRow: true }
  expect(said('entity.name == previous.name && title == 1', scope)).toEqual([])
  expect(said('event.nam == 1', scope)).toEqual(['T4102@6'])
})

test('input that cannot be told', () => {
  const scope = scopeOf('Task', { place: 'behavior', openInput: true, input: new Map([['a', { type: 'integer' }]]) })
  expect(said("input.b == 'x'", scope)).toEqual([])
  expect(said("input.a == 'x'", scope)).toEqual(['T4202@0'])
})

test('queries: one whose condition cannot be told is none', () => {
  for (const text of ['Task where odd == 1', 'Task order by odd', 'Open where more limit 2'])
    expect(compileQuery(text, schema)).toEqual({ ok: false, diagnostics: [] })
  expect(compileQuery('Tsk', schema).diagnostics).toHaveLength(1)
  expect(compileQuery('Tsk where a == 1', { ...schema, open: true })).toEqual({ ok: false, diagnostics: [] })
})

test('templates', () => {
  const scope: Scope = { schema, place: 'workflow', entity: 'Task' }
  expect(compileTemplate('It is ${entity.odd}.', scope)).toEqual({ ok: false, diagnostics: [] })
})
