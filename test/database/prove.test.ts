// The agreement check: every rule of the examples, the fixtures and the table of cases answers alike in memory and in SQL over
// its small world, and a rule that did not would be seen.

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import {
  compileExpression,
  disagreementText,
  type EntitySchema,
  type Expression,
  type FieldSchema,
  type Schema,
  type Scope,
} from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { openProver } from '../../runtime/database/prove.ts'
import { load } from '../../runtime/load.ts'
import { type Analysis, analyse } from '../../runtime/truth/analyse.ts'
import { someExpression } from '../expr/arbitrary.ts'
import { cases, schema as casesSchema } from '../expr/cases/cases.ts'
import { schema as model } from '../expr/model.ts'

type Rule = { readonly expression: Expression; readonly scope: Scope }

const compile = (text: string, scope: Scope): readonly Rule[] => {
  const compiled = compileExpression(text, scope)
  return compiled.ok ? [{ expression: compiled.expression, scope }] : []
}

const rulesOf = ({ sites }: Analysis): readonly Rule[] =>
  sites.filter(({ kind }) => kind === 'expression').flatMap(({ node, scope }) => compile(String(node.value), scope))

/** What disagrees, in words, and how many of the worlds were samples. */
function prove(schema: Schema, rules: readonly Rule[]) {
  const prover = openProver(schema)
  const wrong: string[] = []
  let samples = 0
  try {
    for (const { expression, scope } of rules) {
      const { disagreement, isWhole } = prover.prove(expression, scope)
      if (disagreement) wrong.push(`${expression.source}: ${disagreementText(disagreement)}`)
      if (!isWhole) samples += 1
    }
  } finally {
    prover.close()
  }
  return { wrong, samples }
}

const folder = (path: string): string => new URL(`../../${path}`, import.meta.url).pathname

describe('every rule agrees', () => {
  test.each(['tasks', 'blog', 'crm'])('examples/%s, over every combination', async (name) => {
    const loaded = await load(folder(`examples/${name}`))
    const rules = rulesOf(loaded)
    expect(rules.length).toBeGreaterThan(5)
    expect(prove(loaded.app!.schema, rules)).toEqual({ wrong: [], samples: 0 })
  })

  const fixtures = folder('test/truth/fixtures')
  test.each(readdirSync(fixtures).filter((name) => name.endsWith('.ts')))('of %s, where it is sound', (name) => {
    const analysis = analyse(readFileSync(`${fixtures}/${name}`, 'utf8'))
    if (analysis.draft) expect(prove(analysis.draft.schema, rulesOf(analysis)).wrong).toEqual([])
  })

  test('of the table of cases', () => {
    const rules = cases
      .filter(({ isLong }) => !isLong)
      .flatMap(({ source, entity }) => compile(source, { schema: casesSchema, place: 'read', entity }))
    expect(rules.length).toBeGreaterThan(180)
    expect(prove(casesSchema, rules).wrong).toEqual([])
  })

  test('through rows that were deleted softly', () => {
    const entity = (fields: Readonly<Record<string, FieldSchema>>, softDelete = false): EntitySchema => ({
      fields: new Map(Object.entries(fields)),
      softDelete,
    })
    const schema: Schema = {
      entities: new Map([
        ['User', entity({ name: { type: 'string' }, teams: { type: 'relation', to: 'Team', many: true } })],
        [
          'Team',
          entity(
            {
              open: { type: 'boolean' },
              lead: { type: 'relation', to: 'User' },
              tasks: { type: 'relation', to: 'Task', many: true, inverse: 'team' },
              users: { type: 'relation', to: 'User', many: true, inverse: 'teams' },
            },
            true,
          ),
        ],
        ['Task', entity({ done: { type: 'boolean' }, team: { type: 'relation', to: 'Team' } }, true)],
      ]),
    }
    const rules = [
      'team.open',
      'team.lead == user',
      'team.tasks.every(t => t.done)',
      'team.tasks.some(t => t.done)',
      'team.users.every(u => u == user)',
      'team.users.length == 1',
      'user in team.users',
      'entity in team.tasks',
      '!(entity in team.tasks)',
      'user.teams.some(t => t.open)',
      'team in user.teams',
      'team.tasks.some(t => t.team.lead == user)',
      'team.lead.teams.every(t => t.tasks.every(k => k.done))',
      'team != null',
      'team.id == user.id || has(team.lead)',
    ].flatMap((text) => compile(text, { schema, place: 'read', entity: 'Task' }))
    expect(prove(schema, rules).wrong).toEqual([])
  })

  test('of generated expressions', () => {
    const texts = fc.sample(someExpression, { numRuns: 200, seed: 20_260_615 })
    const rules = texts.flatMap((text) => compile(text, { schema: model, place: 'update', entity: 'Task' }))
    expect(prove(model, rules).wrong).toEqual([])
  }, 60_000)
})

describe('a rule that SQL answers otherwise', () => {
  const scope: Scope = { schema: model, place: 'read', entity: 'Task' }
  const rule = (text: string): Expression => compile(text, scope)[0]!.expression

  test.each([
    [
      'rank == 1',
      'rank != 1',
      'in memory false (denied), by SQL true (granted); with nobody signed in, entity {"id":"row:1","rank":0}',
    ],
    // Alike, but for the missing value.
    ["status != 'done'", "status != 'done' || status == null", 'in memory unknown (denied), by SQL true (granted)'],
    ["!(mood == 'done')", "!(coalesce(mood, 'good') == 'done')", 'in memory unknown (denied), by SQL true (granted)'],
    // The same decision, but not the same value: `!` around it would grant.
    ['rank > 3', 'rank > 3 && rank != null', 'in memory unknown (denied), by SQL false (denied)'],
    ['rank > 3', 'rank >= 3', '"rank":3}'],
    ['entity.maker == user', 'entity.maker.id != user.id', 'user {"id":"user:0"}'],
    ['parts.every(p => p.open)', 'parts.length == 0 || parts.some(p => p.open)', 'by SQL true (granted)'],
    ['due < today() + days(3)', 'due < today() + days(4)', '"due":"2026-06-18"'],
    ['title.length >= 5', 'title.length > 5', '"title":"aaaaa"'],
    ['title in labels', 'has(title) && title in labels', 'in memory unknown (denied), by SQL false (denied)'],
    ['watchers.length > 2', 'watchers.length > 1', 'by SQL true (granted)'],
  ])('%s, asked as %s', (text, asked, told) => {
    const prover = openProver(model)
    const { disagreement } = prover.prove(rule(text), scope, rule(asked))
    prover.close()
    expect(disagreement?.between).toBe('SQL')
    expect(disagreementText(disagreement!)).toContain(told)
  })

  const swaps: readonly (readonly [RegExp, string])[] = [
    [/==/g, '!='],
    [/!=/g, '=='],
    [/&&/g, '||'],
    [/\|\|/g, '&&'],
    [/ <= /g, ' < '],
    [/ < /g, ' <= '],
    [/ >= /g, ' > '],
    [/ > /g, ' >= '],
    [/some/g, 'every'],
    [/!(?=\w)/g, ''],
  ]

  test.each(['tasks', 'blog', 'crm'])('is seen wherever one operator of examples/%s is another one', async (name) => {
    const loaded = await load(folder(`examples/${name}`))
    const prover = openProver(loaded.app!.schema)
    const unseen: string[] = []
    let tried = 0
    for (const { expression: own, scope: at } of rulesOf(loaded)) {
      const text = own.source
      for (const [from, to] of swaps) {
        for (const { index, 0: found } of text.matchAll(from)) {
          const changed = text.slice(0, index) + to + text.slice(index + found.length)
          for (const { expression } of compile(changed, at)) {
            tried += 1
            if (!prover.prove(own, at, expression).disagreement) unseen.push(`${text} as ${changed}`)
          }
        }
      }
    }
    prover.close()
    expect(tried).toBeGreaterThan(10)
    expect(unseen).toEqual([])
  })
})
