// The depth that is counted is the one at which SQLite's parser gives up, or a little more.

import fc from 'fast-check'
import Database from 'libsql'
import { compileExpression, renderSql } from 'truthfile/expr'
import { expect, test } from 'vitest'
import { parserDepth, symbolsAtMost } from '../../expr/sql/depth.ts'
import { someExpression } from './arbitrary.ts'
import { schema } from './model.ts'
import { openWorld } from './world.ts'

/** SQLite's own limit. */
const most = 100

const database = new Database(':memory:')

const isRead = (text: string): boolean => {
  try {
    database.prepare(text)
    return true
  } catch (error) {
    if (String(error).includes('parser stack overflow')) return false
    return true
  }
}

const nests: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => `${'('.repeat(depth)}1${')'.repeat(depth)}`,
  sums: (depth) => `${'(1 + '.repeat(depth)}1${')'.repeat(depth)}`,
  cases: (depth) => `${'CASE WHEN 1 THEN '.repeat(depth)}1${' ELSE 0 END'.repeat(depth)}`,
  'conditions of cases': (depth) => `${'CASE WHEN 1 THEN 2 WHEN '.repeat(depth)}1${' THEN 1 END'.repeat(depth)}`,
  subqueries: (depth) => `${'(SELECT "a" FROM "t" WHERE "b" = '.repeat(depth)}1${')'.repeat(depth)}`,
  existence: (depth) =>
    `${'EXISTS (SELECT 1 FROM "t" AS "x" WHERE "x"."a" = 1 AND '.repeat(depth)}1${')'.repeat(depth)}`,
  'tables of subqueries': (depth) => `(${'SELECT "v" FROM ('.repeat(depth)}SELECT 1 AS "v"${') AS "v"'.repeat(depth)})`,
  joins: (depth) => `${'EXISTS (SELECT 1 FROM "t" JOIN "u" ON '.repeat(depth)}1${')'.repeat(depth)}`,
  calls: (depth) => `${'coalesce(1, 2, '.repeat(depth)}1${')'.repeat(depth)}`,
  casts: (depth) => `${'CAST('.repeat(depth)}1${' AS REAL)'.repeat(depth)}`,
  'every operator': (depth) => `${'(1 OR 1 AND NOT 1 = 1 < 1 + 1 * 1 || '.repeat(depth)}1${')'.repeat(depth)}`,
}

test.each(Object.entries(nests))('%s', (_, nest) => {
  let readable = 1
  while (readable < 120 && isRead(`SELECT ${nest(readable + 1)}`)) readable += 1
  const depth = parserDepth(`SELECT ${nest(readable)}`)
  expect(parserDepth(`SELECT ${nest(readable + 1)}`)).toBeGreaterThan(most)
  expect(depth).toBeLessThan(most * 1.2)
})

test('of generated expressions: what is counted as readable is read, and the quick count is no lower', () => {
  const world = openWorld(schema, {})
  world.close()
  let close = 0
  for (const text of fc.sample(someExpression, { numRuns: 3_000, seed: 5 })) {
    const compiled = compileExpression(text, { schema, place: 'read', entity: 'Task' })
    if (!compiled.ok) continue
    const atMost = symbolsAtMost(compiled.expression.tree)
    for (const mode of ['value', 'decision'] as const) {
      const sql = renderSql(compiled.expression.toSql({ mode })).text
      expect({ text, shallow: parserDepth(sql) <= atMost }).toEqual({ text, shallow: true })
      const statement = `SELECT ${sql}`
      const depth = parserDepth(statement)
      if (depth > 70) close += 1
      if (depth <= most) expect({ statement, read: isRead(statement) }).toEqual({ statement, read: true })
    }
  }
  expect(close).toBeGreaterThan(10)
})

test('an expression that becomes more than that is refused where it is written', () => {
  const sum = (depth: number): string => `rank > ${'(1 + '.repeat(depth)}rank${')'.repeat(depth)}`
  const codes = (source: string, place: 'read' | 'view' | 'workflow' = 'read') =>
    compileExpression(source, { schema, place, entity: 'Task' }).diagnostics.map(({ code, message }) => [code, message])
  expect(codes(sum(15))).toEqual([])
  expect(codes(sum(50))).toEqual([['T4010', expect.stringContaining('deeper than the database can read')]])
  expect(codes(sum(50), 'view')).toHaveLength(1)
  expect(codes(sum(50), 'workflow')).toEqual([])
  // Found by generated expressions.
  const nested =
    'maker.tasks.some(a => assignee.team.watched.some(b => (now() + (due - parent.parent.at)) in days && maker.tasks.some(c => assignee.team.watched.some(d => (now() + (due - parent.parent.at)) in days))))'
  expect(codes(nested)).toEqual([['T4010', expect.stringContaining('deeper than the database can read')]])
})
