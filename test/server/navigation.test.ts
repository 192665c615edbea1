// Definition, references and rename: of every name in the examples, and in tables of small cases.

import { expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import { applyEdits } from '../../server/features/edits.ts'
import { definitionAt, referencesAt } from '../../server/features/navigation.ts'
import { renameAt } from '../../server/features/rename.ts'
import { occurrencesIn } from '../../server/occurrences.ts'
import { exampleFiles, snapshotOf } from './snapshot.ts'

const app = `import { defineApp } from 'truthfile'
const state = { type: 'enum', options: ['todo', 'done'], default: 'todo' } as const
export default defineApp({
  name: 'World',
  entities: {
    User: { fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'], update: "user.role == 'admin'" } }, permissions: { read: 'authenticated' } },
    Task: {
      fields: {
        title: { type: 'string' }, status: state,
        team: { type: 'relation', to: 'Team' }, createdBy: { type: 'relation', to: 'User' },
      },
      permissions: { read: "owner || team.members.some(m => m == user) && status != 'done'", finish: 'owner' },
      behaviors: { finish: { input: { note: 'string' }, set: { status: 'done' }, requires: "status == 'todo' && input.note != null", emits: 'task.done' } },
      ui: { list: { columns: ['title', 'status'] } },
      indexes: [['status']],
    },
    Team: { fields: { 'name': 'string', members: { type: 'relation', to: 'User', many: true } }, permissions: { read: 'authenticated' } },
    Old: { softDelete: true, fields: { name: 'string' }, permissions: { read: 'authenticated' } }, Bug: { fields: { status: state }, permissions: { read: "status == 'todo'" } },
  },
  views: { Board: { type: 'kanban', route: '/b', entity: 'Task', groupBy: 'status', data: "Task where status == 'todo' order by title" } },
  workflows: {
    cheer: { trigger: 'task.done', condition: "entity.status == 'done'", actions: [{ type: 'log', message: 'Done: \${entity.title}' }] },
    back: { trigger: 'Old.restored', actions: [{ type: 'log', message: 'back' }] }, greet: { trigger: 'Task.created', actions: [{ type: 'create', entity: 'Task', set: { title: 'x', status: 'todo' } }] },
  },
})
`

/** The text with the cursor after some text, at a distance. */
const at = (before: string, text = app): number => text.indexOf(before) + before.length

function lines(places: readonly { start: number; end: number }[], text = app): string[] {
  return places.map(({ start, end }) => `${text.slice(0, start).split('\n').length}:${text.slice(start, end)}`)
}

test.each([
  ['an entity in `to`', "to: 'Te", ['17:Team']],
  ['a field in an expression', 'owner || te', ['10:team']],
  ['a field through a relation', 'team.mem', ['17:members']],
  ['an option in an expression', "status != 'do", ['2:done']],
  ['a lambda parameter', 'm => ', ['12:m']],
  ['an event', "trigger: 'task.do", ['13:task.done']],
  ['the entity of an event', "trigger: 'Ta", ['7:Task']],
  ['the entity of an event of a soft delete', "trigger: 'Ol", ['18:Old']],
  ['`owner`', 'read: "ow', ['10:createdBy']],
  ['`user`', 'm == us', ['6:User']],
  ['`input`', 'inpu', ['13:input']],
  ['an input', 'input.no', ['13:note']],
  ['a field in a query', 'order by ti', ['9:title']],
  ['the entity of a query', 'data: "Ta', ['7:Task']],
  ['a field in a template', '${entity.ti', ['9:title']],
  ['a column', "columns: ['ti", ['9:title']],
])('definition of %s', (name, before, expected) => {
  const offset = name === '`input`' ? at("'todo' && inp") : at(before)
  const found = definitionAt(snapshotOf(app).analysis, 'app.truth.ts', offset)
  expect(lines(found.map(({ to }) => to))).toEqual(expected)
})

test('references are found in keys, texts, expressions, queries and templates', () => {
  const of = (before: string): string[] =>
    lines(referencesAt([snapshotOf(app)], '/app/app.truth.ts', at(before)).map(({ place }) => place)).sort()
  expect(of("columns: ['ti")).toEqual(['14:title', '20:title', '22:title', '23:title', '9:title'])
  expect(of("options: ['to")).toHaveLength(6)
  expect(of('fini')).toEqual(['12:finish', '13:finish'])
})

const byPath = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...files].map(([file, text]) => [`/app/${file}`, text]))

function rename(before: string, to: string, text = app, keepData = false): string {
  const snapshot = snapshotOf(text)
  const renaming = renameAt([snapshot], '/app/app.truth.ts', at(before, text), to, keepData)
  if ('refused' in renaming) return `refused: ${renaming.refused}`
  return applyEdits(new Map([['/app/app.truth.ts', text]]), renaming.edits).get('/app/app.truth.ts') ?? ''
}

test('what a name stood for by itself is written out', () => {
  expect(
    rename("title: { type: 'string' }, status: state,\n        team: { type: 'relation', to: 'Team' }, cre", 'madeBy'),
  ).toContain("Task: {\n      owner: 'madeBy',")
  expect(rename('    Us', 'Person')).toContain("settings: { auth: { entity: 'Person' } }")
  expect(rename('    Ta', 'Job', app, true)).toContain("Job: {\n      renamedFrom: 'Task',")
  expect(rename("columns: ['ti", 'label', app, true)).toContain("label: { renamedFrom: 'title', type: 'string' }")
})

test.each([
  ['a name that is taken', "columns: ['ti", 'status', 'There is a `status` already.'],
  ['a name that is none', "columns: ['ti", '1st', 'cannot be a name'],
  ['a word of the language as a field', "columns: ['ti", 'owner', 'cannot be renamed'],
  ['a quote in an option', "options: ['to", "to'do", 'must not be empty nor hold quotes'],
  ['nothing', "name: 'Wo", 'x', 'There is no name'],
])('refused: %s', (_, before, to, why) => {
  expect(rename(before, to)).toMatch(/^refused: /)
  expect(rename(before, to)).toContain(why)
})

test('an entity that is imported by its name is renamed where the app names it', () => {
  const files = new Map([
    [
      'app.truth.ts',
      `import { Task } from './task.truth.ts'\nexport default { name: 'A', entities: { Task, Note: { fields: { task: { type: 'relation', to: 'Task' } }, permissions: { read: true } } } }\n`,
    ],
    ['task.truth.ts', `export const Task = { fields: { title: 'string' }, permissions: { read: true } }\n`],
  ])
  const snapshot = snapshotOf(files)
  const offset = (files.get('app.truth.ts') ?? '').indexOf("'Task'") + 2
  const renaming = renameAt([snapshot], '/app/app.truth.ts', offset, 'Job')
  expect('edits' in renaming && applyEdits(byPath(files), renaming.edits).get('/app/app.truth.ts')).toContain(
    "entities: { Job: Task, Note: { fields: { task: { type: 'relation', to: 'Job' } }",
  )
})

test.each(['tasks', 'blog', 'crm'])(
  'every name of %s: a rename is complete, and the app says what it said before',
  (name) => {
    const files = exampleFiles(name)
    const snapshot = snapshotOf(files)
    const all = occurrencesIn(snapshot.analysis)
    expect(all.length).toBeGreaterThan(50)
    const tried = new Set<string>()
    const refused: string[] = []
    for (const { symbol, place } of all) {
      if (tried.has(symbol.id)) continue
      tried.add(symbol.id)
      const to = symbol.kind === 'event' ? 'renamed.event' : symbol.kind === 'entity' ? 'Renamed' : 'renamed'
      const renaming = renameAt([snapshot], `/app/${place.file}`, place.start, to)
      if ('refused' in renaming) {
        refused.push(`${symbol.id}: ${renaming.refused}`)
        continue
      }
      const after = applyEdits(byPath(files), renaming.edits)
      const analysis = analyse((file) => after.get(`/app/${file}`))
      expect(analysis.diagnostics.map(({ code }) => code)).toEqual(
        snapshot.analysis.diagnostics.map(({ code }) => code),
      )
      expect(
        occurrencesIn(analysis).filter((one) => one.symbol.id === symbol.id && symbol.kind !== 'parameter'),
      ).toEqual([])
      // As many places as before, but for the keys that were written out.
      expect(occurrencesIn(analysis).length).toBeGreaterThanOrEqual(all.length)
    }
    // People sign in with the field that is called so.
    expect(refused).toEqual([expect.stringContaining('field User.email: `email` cannot be renamed')])
  },
)
