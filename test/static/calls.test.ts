// What takes a parser: calls, methods, arithmetic, nested conditions and faults of structure, by the compilers and by the
// checker.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { schema } from '../expr/model.ts'
import { mistaken, mistyped, respelt } from './damage.ts'
import { calls as withCalls } from './fixtures/calls.ts'
import { sentences } from './fixtures/sentences.ts'
import { agrees, check, compilers, expectTwins, type Judge } from './judge.ts'

const calls = [...withCalls, ...sentences]

const aboutTask = (sources: readonly string[]) => sources.map((source) => ['Task', source] as const)

/** The share of what the checker refuses that a compiler refuses too. */
function shareOf(judge: Judge, sources: readonly string[]): number {
  const wrong = sources.filter((source) => check(schema, 'Task', source).length > 0)
  expect(wrong.length).toBeGreaterThan(sources.length / 2)
  return expectTwins(judge, schema, aboutTask(sources)) / wrong.length
}

const repeated = (count: number, before: string, middle: string, after: string): string =>
  before.repeat(count) + middle + after.repeat(count)
const chain = (count: number, by: string, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(by)

describe.each(compilers)('calls, by TypeScript %s', (_, judge, sampled) => {
  test('as people write them', () => {
    const said = judge(schema, aboutTask(calls.map(([source]) => source)))
    expect(calls.map(([source], index) => [source, said[index]])).toEqual(calls)
    for (const [source, fault] of calls) {
      const messages = check(schema, 'Task', source).map(({ message }) => message)
      const alike = fault === undefined ? messages.length === 0 : agrees(messages, fault)
      expect({ source, fault, messages, alike }).toEqual({ source, fault, messages, alike: true })
    }
  })

  test('sound expressions are accepted however they are spelt', () => {
    const sources = sampled(fc.sample(respelt, { numRuns: 120, seed: 3 }))
    const sound = sources.filter((source) => check(schema, 'Task', source).length === 0)
    expect(sound.length).toBeGreaterThan(sources.length / 2)
    expect(judge(schema, aboutTask(sound))).toEqual(sound.map(() => undefined))
  })

  test('what is mistaken or mistyped is refused by both, nearly always', () => {
    const sources = sampled([
      ...fc.sample(mistaken, { numRuns: 110, seed: 2 }),
      ...fc.sample(mistyped, { numRuns: 100, seed: 4 }),
    ])
    expect(shareOf(judge, sources)).toBeGreaterThan(0.97)
  })

  test('within the limits faults are found, past them nothing is', () => {
    // The loader lets none of these pass: as SQL they are too deep. The compiler says what it knows.
    const deep = [
      repeated(60, 'abs(', 'rnk', ')').concat(' > 3'),
      repeated(60, '(1 + ', 'rnk', ')').concat(' > 3'),
      repeated(40, 'coalesce(titel, ', "'x'", ')').concat(" == 'x'"),
      `titel${'.trim()'.repeat(60)} == 'x'`,
      repeated(30, '!(', "titel.startsWith('a')", ')'),
      chain(100, ' + ', () => 'rnk').concat(' > 3'),
    ]
    const chains = [
      chain(50, ' && ', (index) => `abs(rank) > ${index}`),
      chain(35, ' || ', () => "title.startsWith('a')"),
      `rank in [${chain(200, ', ', (index) => String(index % 10))}, abs(rank)]`,
      repeated(1, 'parts.some(a => a.parts.some(b => b.parts.some(c => c.parts.every(d => ', 'd.open', '))))'),
      `abs(${' '.repeat(900)}rank) > 3`,
      `abs(${'\n'.repeat(900)}rank) > 3`,
    ]
    const long = ' '.repeat(960)
    const past = [
      `abs(rnk)${long} > 3`,
      chain(200, ' && ', () => 'abs(rank) > 3').concat(' && abs(rnk) > 3'),
      repeated(60, 'coalesce(titel, ', "'x'", ')').concat(" == 'x'"),
      `rank in [${chain(1_000, ',', () => '1')}]`,
      `open && ${' '.repeat(2_000)}rank == user.level`,
      `${'a'.repeat(1_500)} == 3`,
      chain(130, ' && ', () => 'open').concat(' owner'),
      repeated(40, '(open && ', 'open owner', ')'),
      chain(3_000, ' || ', () => 'open'),
      chain(3_000, ' && ', () => 'open'),
      chain(1_500, ' || ', () => 'opn && open'),
      chain(1_500, ' || ', () => '(open)'),
    ]
    const broken = [
      chain(105, ' && ', () => 'open').concat(' owner'),
      chain(480, '+', () => '1'),
      repeated(30, '(open && ', 'open owner', ')'),
      repeated(60, '(', 'onwer', ')'),
      repeated(30, 'abs(', 'rank', ')').slice(0, -1).concat(' > 3'),
    ]
    const said = judge(schema, aboutTask([...deep, ...chains, ...past, ...broken]))
    expect(said.map((fault) => fault?.slice(0, 13))).toEqual([
      ...deep.map(() => 'Unknown name '),
      ...[...chains, ...past].map(() => undefined),
      ...['An operator s', 'The expressio', 'An operator s', 'Unknown name ', 'This `(` is n'],
    ])
  })
})
