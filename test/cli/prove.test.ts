// What `truth check --prove` says of rules that are not answered alike: with their place, and each of them.

import { expect, test } from 'vitest'
import { provedText, proveRules } from '../../runtime/cli/prove.ts'
import { load } from '../../runtime/load.ts'

test('a fault is told at its place, and hides no other', async () => {
  const loaded = await load(new URL('../../examples/tasks', import.meta.url).pathname)
  const app = loaded.app!
  // A database that lacks a column stands in for SQL that is wrong; no app can bring that about.
  const task = app.schema.entities.get('Task')!
  const fields = new Map([...task.fields].filter(([name]) => name !== 'status'))
  const entities = new Map([...app.schema.entities, ['Task', { ...task, fields }]])
  const proved = proveRules(loaded, { ...app, schema: { ...app.schema, entities } })
  expect(proved.faults.length).toBeGreaterThan(0)
  expect(proved.faults.length).toBeLessThan(proved.rules)
  expect(proved.faults[0]).toMatch(
    /^app\.truth\.ts:\d+:\d+ `.*status.*` is not answered alike in memory and by the database: .*no such column.*\. This is a fault of Truth, not of the app; please report it\.$/,
  )
})

test('says how much was proved', () => {
  expect(provedText({ rules: 1, questions: 1, samples: 0, faults: [] })).toBe(
    'Proved: memory and database answer alike, 1 rule, 1 question.',
  )
  expect(provedText({ rules: 66, questions: 2411, samples: 2, faults: [] })).toBe(
    'Proved: memory and database answer alike, 66 rules, 2,411 questions. Of 2 rules a sample was tried.',
  )
})
