// No input, however odd, throws or hangs; every problem has a place inside the text, and every fix can be applied.

import fc from 'fast-check'
import { compileExpression, compileQuery, compileTemplate, type Problem } from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { someExpression } from './arbitrary.ts'
import { cases } from './cases/cases.ts'
import { schema } from './model.ts'

const scope = { schema, place: 'update', entity: 'Task' } as const

function checkPlaces(source: string, diagnostics: readonly Problem[]): void {
  const misplaced = diagnostics.filter(({ start, end, message, suggestions = [] }) => {
    const isInside = start >= 0 && end >= start && end <= source.length
    return !isInside || !/[.?]$/.test(message) || suggestions.some((fix) => fix.end > source.length)
  })
  // Asking for nothing would take longer than the checker.
  if (misplaced.length > 0) expect({ source, misplaced }).toEqual({ source, misplaced: [] })
}

const tokens = [
  'a',
  'entity',
  '.',
  'title',
  '&&',
  '||',
  '==',
  '=',
  '!',
  '(',
  ')',
  '[',
  ']',
  ',',
  "'",
  '"',
  '`',
  '=>',
  '-',
  '+',
  '?',
  '?.',
  '//',
  '/*',
  '${',
  '}',
  '1',
  '1.',
  '\\',
  ' ',
  '\n',
  'in',
  'not',
  'null',
  'some',
  '😀',
  '\ud800',
  '\0',
  'where',
  'order by',
  'limit',
]
const odd = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.array(fc.constantFrom(...tokens), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.tuple(someExpression, fc.nat(), fc.nat(), fc.constantFrom(...tokens)).map(([text, at, length, token]) => {
    const from = at % (text.length + 1)
    return text.slice(0, from) + token + text.slice(from + (length % 5))
  }),
)

test('odd expressions, queries and templates', () => {
  const property = fc.property(odd, (source) => {
    checkPlaces(source, compileExpression(source, scope).diagnostics)
    checkPlaces(source, compileQuery(source, schema).diagnostics)
    checkPlaces(`Task where ${source}`, compileQuery(`Task where ${source}`, schema).diagnostics)
    checkPlaces(source, compileTemplate(source, scope).diagnostics)
  })
  fc.assert(property, { numRuns: 5_000 })
})

test('every prefix of every case', () => {
  for (const { source: whole } of cases.filter(({ isLong }) => !isLong)) {
    for (let end = 0; end < whole.length; end++) {
      const source = whole.slice(0, end)
      checkPlaces(source, compileExpression(source, scope).diagnostics)
    }
  }
})

describe('the bounds', () => {
  test.each([
    ['parentheses', `${'('.repeat(5_000)}true${')'.repeat(5_000)}`],
    ['unclosed parentheses', '('.repeat(4_000)],
    ['brackets', `title in ${'['.repeat(3_000)}`],
    ['negations', `${'!'.repeat(4_000)}true`],
    ['a chain', `true${' || true'.repeat(513)}`],
    ['a list', `rank in [${'1,'.repeat(1_000)}1]`],
    ['calls', `${'abs('.repeat(1_000)}1`],
    ['lambdas', 'entity.parts.some(p => '.repeat(150)],
    ['a path', `${'parent.'.repeat(9)}title == 'x'`],
    [
      'conditions in each other',
      `${Array.from({ length: 6 }, (_, n) => `${n ? `p${n - 1}` : 'entity'}.parts.some(p${n} => `).join('')}p5.open${')'.repeat(6)}`,
    ],
    ['a text', `title == '${'x'.repeat(5_000)}'`],
  ])('%s', (_, source) => {
    const { ok, diagnostics } = compileExpression(source, scope)
    expect(ok).toBe(false)
    expect(diagnostics.map(({ code }) => code)).toContain('T4010')
  })

  test('just inside them', () => {
    const negated = `${'!'.repeat(60)}authenticated`
    const chain = `authenticated${' && authenticated'.repeat(200)}`
    const list = `rank in [${Array.from({ length: 900 }, (_, index) => index).join()}]`
    for (const source of [negated, chain, list]) {
      const compiled = compileExpression(source, scope)
      expect(compiled.diagnostics).toEqual([])
      if (!compiled.ok) continue
      expect(compiled.expression.toSql().parts.length).toBeGreaterThan(0)
      expect(compiled.expression.evaluate({ user: { id: 'u' }, entity: { rank: 5 }, now: '' })).toBe(true)
    }
  })
})
