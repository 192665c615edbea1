// Explanations: each part with its value, and the smallest change that would grant.

import { type Context, compileExpression, explanationText } from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { schema } from './model.ts'
import { rowsIn } from './world.ts'

const parts = [
  { id: 'k2', parent: 'k1', open: true, rank: 1 },
  { id: 'k3', parent: 'k1', open: null, rank: 9 },
]
const context: Context = {
  user: { id: 'u1', role: 'user', name: 'Ann' },
  entity: { id: 'k1', title: 'Plan', status: 'done', maker: 'u2', rank: null, due: '2026-06-01' },
  now: '2026-06-15T12:00:00.000Z',
  rows: rowsIn(schema, { Task: parts }),
}

function compile(source: string) {
  const compiled = compileExpression(source, { schema, place: 'read', entity: 'Task' })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  return compiled.expression
}

test('the tree as text', () => {
  const { explain } = compile(
    "owner || user.role == 'admin' && !(rank > 3) || parts.some(p => p.open) && due < today()",
  )
  expect(
    explanationText(explain(context)),
  ).toBe(`owner || user.role == 'admin' && !(rank > 3) || parts.some(p => p.open) && due < today()  →  true
├ owner  →  false
│ └ owner  →  'u2'
├ user.role == 'admin' && !(rank > 3)  →  false
│ ├ user.role == 'admin'  →  false
│ │ └ user.role  →  'user'
│ └ !(rank > 3)  →  unknown
│   └ rank > 3  →  unknown
│     └ rank  →  missing
└ parts.some(p => p.open) && due < today()  →  true
  ├ parts.some(p => p.open)  →  true
  │ ├ p = k2: p.open  →  true
  │ └ p = k3: p.open  →  unknown
  └ due < today()  →  true
    ├ due  →  '2026-06-01'
    └ today()  →  '2026-06-15'`)
})

test('as data, with places', () => {
  const [left] = compile("status == 'todo' && owner").explain(context).children
  expect(left).toMatchObject({ text: "status == 'todo'", start: 0, end: 16, value: false, condition: true })
  expect(left?.children).toEqual([{ text: 'status', start: 0, end: 6, value: 'done', condition: false, children: [] }])
})

describe('the smallest change', () => {
  test.each([
    ["status == 'done'", []],
    ['owner', ['owner → true']],
    ["owner || user.role == 'admin' && rank > 3", ['owner → true']],
    ["!(status == 'done') && (owner || authenticated)", ["status == 'done' → false"]],
    ['rank > 3 && owner', ['rank > 3 → true', 'owner → true']],
    ['false && owner', undefined],
    ['false || rank > 3', ['rank > 3 → true']],
  ])('%s', (source, expected) => {
    const changes = compile(source).neededChanges(context)
    expect(changes?.map(({ text, needs }) => `${text} → ${needs}`)).toEqual(expected)
  })
})
