// What `truth check` says of rules that are not answered alike: with their place, and each of them.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { keepProofs, knownProofs } from '../../runtime/cli/known-proofs.ts'
import { provedText, proveRules } from '../../runtime/cli/prove.ts'
import { load } from '../../runtime/load.ts'

test('a fault is told at its place, and hides no other', async () => {
  const loaded = await load(new URL('../../examples/tasks', import.meta.url).pathname)
  const app = loaded.app!
  // A database that lacks a column stands in for SQL that is wrong; no app can bring that about.
  const task = app.schema.entities.get('Task')!
  const fields = new Map([...task.fields].filter(([name]) => name !== 'status'))
  const entities = new Map([...app.schema.entities, ['Task', { ...task, fields }]])
  const { proofs, faults } = await proveRules(loaded, { ...app, schema: { ...app.schema, entities } })
  expect(faults.length).toBeGreaterThan(0)
  expect(proofs.size).toBeGreaterThan(0)
  expect(faults[0]).toMatch(
    /^app\.truth\.ts:\d+:\d+ `.*status.*` is not answered alike in memory and by the database: .*no such column.*\. This is a fault of Truth, not of the app; please report it\.$/,
  )
})

test('says how much was proved', () => {
  const proof = (questions: number, isWhole = true) => ({ questions, isWhole })
  expect(provedText(new Map([['a', proof(1)]]))).toBe('Proved: memory and database answer alike, 1 rule, 1 question.')
  const all = new Map([
    ['a', proof(2000)],
    ['b', proof(411, false)],
    ['c', proof(0, false)],
  ])
  expect(provedText(all)).toBe(
    'Proved: memory and database answer alike, 3 rules, 2,411 questions. Of 2 rules a sample was tried.',
  )
})

describe('what was proved is kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'app.truth.ts')
  const kept = join(folder, '.truth', 'proofs.json')
  const example = readFileSync(new URL('../../examples/tasks/app.truth.ts', import.meta.url), 'utf8')
  const write = (text: string): void => writeFileSync(file, text)
  const proofsKept = (): string[] => Object.keys(JSON.parse(readFileSync(kept, 'utf8')).proofs)

  test('and only what changed is proved again', async () => {
    write(example)
    const loaded = await load(folder)
    const { schema } = loaded.app!
    expect(knownProofs(folder, schema)).toEqual(new Map())
    const { proofs } = await proveRules(loaded, loaded.app!)
    keepProofs(folder, schema, proofs)
    expect(knownProofs(folder, schema)).toEqual(proofs)
    expect(readFileSync(join(folder, '.truth', '.gitignore'), 'utf8')).toBe('*\n')
    // Known ones are taken at their word.
    const told = new Map([...proofs.keys()].map((key) => [key, { questions: 7, isWhole: true }]))
    write(example.replace("owner || user.role == 'admin'", "user.role == 'admin' || owner"))
    const after = await load(folder)
    const again = await proveRules(after, after.app!, told)
    const fresh = [...again.proofs.values()].filter(({ questions }) => questions !== 7)
    expect(fresh).toHaveLength(1)
  })

  test('but not for other entities, and not from a damaged file', async () => {
    write(example.replace("status: { type: 'enum', options: [", "status: { type: 'enum', options: ['new', "))
    const { app } = await load(folder)
    expect(knownProofs(folder, app!.schema)).toEqual(new Map())
    write(example)
    const { app: before } = await load(folder)
    expect(knownProofs(folder, before!.schema).size).toBe(proofsKept().length)
    writeFileSync(kept, '{"of":')
    expect(knownProofs(folder, before!.schema)).toEqual(new Map())
  })
})
