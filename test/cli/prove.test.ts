// `truth check --prove`: every rule of the examples comes out the same by each evaluator; one that does not is told.

import { describe, expect, test } from 'vitest'
import { compileExpression } from '../../expr/index.ts'
import { prove, proveRule, rulesOf } from '../../runtime/cli/prove.ts'
import { openSmallWorlds } from '../../runtime/database/small-world.ts'
import { appFrom, example } from '../helpers/app.ts'
import { desk } from '../helpers/desk-app.ts'

test.each(['tasks', 'blog', 'crm'])('the rules of %s', async (name) => {
  const app = await appFrom(example(name))
  const { rules, asked, disagreements } = await prove(app)
  expect(disagreements).toEqual([])
  expect(rules).toBe(rulesOf(app).length)
  expect(asked).toBeGreaterThan(rules * 10)
})

test('hidden fields, soft deletes, relations of every kind', async () => {
  expect((await prove(await appFrom(desk))).disagreements).toEqual([])
})

describe('an evaluator that is wrong is found', () => {
  const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Wrong',
  entities: {
    User: { fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'] } }, permissions: { read: true } },
    Team: { fields: { lead: { type: 'relation', to: 'User' }, notes: { type: 'relation', to: 'Note', many: true, inverse: 'team' } }, permissions: { read: true } },
    Note: {
      softDelete: true,
      fields: {
        status: { type: 'enum', options: ['open', 'done', 'late'] }, rank: 'integer', due: 'date', title: 'string',
        team: { type: 'relation', to: 'Team' }, readers: { type: 'relation', to: 'User', many: true },
      },
      permissions: { read: 'RULE' },
    },
  },
})
`
  // What the database is asked, where the server evaluates the first: each a slip that people make.
  test.each([
    ["status != 'done'", "!(status == 'done') || status == null", 'a missing value taken for another one'],
    ['rank > 3', 'rank >= 3', 'a bound that is off by one'],
    ["user.role == 'admin'", "user.role == 'admin' || user == null", 'a missing user let in'],
    ['due < today()', 'due <= today()', 'a day that is off by one'],
    ["title == ''", 'title == null', 'an empty text taken for a missing one'],
    ['team.lead == user', 'team == null || team.lead == user', 'a missing relation let in'],
    ['readers.some(r => r == user)', 'readers.every(r => r == user)', 'no rows taken for some'],
    ['readers.length > 1', 'readers.length > 0', 'one row taken for many'],
    ["team.notes.some(n => n.status == 'late')", "team.notes.every(n => n.status == 'late')", 'some taken for all'],
    ["status == 'open' && rank > 1", "status == 'open' || rank > 1", 'either taken for both'],
  ])('%s', async (rule, wrong) => {
    const app = await appFrom(source.replace("'RULE'", JSON.stringify(rule)))
    const asked = rulesOf(app).find((one) => one.rule.path.endsWith('Note.permissions.read'))
    const slip = compileExpression(wrong, { schema: app.schema, place: 'read', entity: 'Note' })
    if (!asked || !slip.ok) throw new Error('no rule')
    const worlds = await openSmallWorlds(app)
    try {
      expect((await proveRule(worlds, app, asked)).disagreement).toBeUndefined()
      const { disagreement } = await proveRule(worlds, app, asked, slip.expression)
      expect(disagreement).toMatchObject({ source: rule })
      expect(disagreement?.answers.database).not.toBe(disagreement?.answers.closure)
    } finally {
      await worlds.close()
    }
  })
})

test('through rows that were deleted softly', async () => {
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
    'team.lead != null || done',
  ]
  const behaviors = rules.map((rule, index) => `b${index}: { set: { done: true }, requires: ${JSON.stringify(rule)} }`)
  const app = await appFrom(`
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Soft',
  entities: {
    User: { fields: { email: 'string', teams: { type: 'relation', to: 'Team', many: true } }, permissions: { read: true } },
    Team: {
      softDelete: true,
      fields: {
        open: 'boolean', lead: { type: 'relation', to: 'User' },
        tasks: { type: 'relation', to: 'Task', many: true, inverse: 'team' },
        users: { type: 'relation', to: 'User', many: true, inverse: 'teams' },
      },
      permissions: { read: true },
    },
    Task: {
      softDelete: true,
      fields: { done: 'boolean', team: { type: 'relation', to: 'Team' } },
      permissions: { read: true },
      behaviors: { ${behaviors.join(', ')} },
    },
  },
})
`)
  const { disagreements, rules: count } = await prove(app)
  expect(disagreements.map(({ source, row, answers }) => [source, row, answers])).toEqual([])
  expect(count).toBeGreaterThan(rules.length)
})
