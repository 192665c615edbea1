// What docs/expressions.md says of missing values is so.

import { readFileSync } from 'node:fs'
import { type Context, compileExpression, explanationText } from 'truthfile/expr'
import { expect, test } from 'vitest'
import { schema } from './model.ts'

const docs = readFileSync(new URL('../../docs/expressions.md', import.meta.url), 'utf8')

const valueIn = (source: string, context: Context): string => {
  const compiled = compileExpression(source, { schema, place: 'read', entity: 'Task' })
  if (!compiled.ok) throw new Error(`${source}: ${compiled.diagnostics[0]?.message}`)
  return String(compiled.expression.value(context) ?? 'unknown')
}

const rows = [...docs.matchAll(/^\| `(.*)` \| (true|false|unknown) \| (true|false|unknown) \|$/gm)].map(
  ([, condition = '', there, missing]) => [condition.replaceAll('\\|', '|'), there, missing] as const,
)

test.each(rows)('%s: %s where it is there, %s where it is missing', (condition, there, missing) => {
  const at = (status: string | null): Context => ({
    user: null,
    entity: { id: 'k', status },
    now: '2026-01-01T00:00:00.000Z',
  })
  expect([valueIn(condition, at('todo')), valueIn(condition, at(null))]).toEqual([there, missing])
})

test('the table is there, and so is the explanation', () => {
  expect(rows.length).toBeGreaterThan(5)
  const source = "owner || user.role == 'admin' && rank > 3"
  const compiled = compileExpression(source, { schema, place: 'read', entity: 'Task' })
  if (!compiled.ok) throw new Error('faulty')
  const context: Context = {
    user: { id: 'u1', role: 'admin' },
    entity: { id: 'k', maker: 'u2' },
    now: '2026-01-01T00:00:00.000Z',
  }
  expect(docs).toContain(`\`\`\`\n${explanationText(compiled.expression.explain(context))}\n\`\`\``)
  expect(compiled.expression.neededChanges(context)?.map(({ text }) => text)).toEqual(['owner'])
})
