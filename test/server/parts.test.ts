// Parts: of an app in a file of another name, and of no app at all, which are seen as what they look like.

import { expect, test } from 'vitest'
import { completionsAt } from '../../server/features/completion.ts'
import { diagnosticsOf } from '../../server/features/diagnostics.ts'
import { hoverAt } from '../../server/features/hover.ts'
import { definitionAt } from '../../server/features/navigation.ts'
import { renameAt } from '../../server/features/rename.ts'
import { outlineOf } from '../../server/features/symbols.ts'
import { workspaceOf } from './workspace.ts'

const path = '/w/task.truth.ts'

function said(files: Readonly<Record<string, string>>, of = path): string[] {
  const { projects } = workspaceOf(files)
  return diagnosticsOf(of, projects.snapshotsOf(of)).map(({ diagnostic }) => `${diagnostic.code} ${diagnostic.message}`)
}
const alone = (text: string): string[] => said({ 'task.truth.ts': text })

const sound = `import { defineEntity } from 'truthfile'
export const Task = defineEntity({
  fields: { title: { type: 'string' }, assignee: { type: 'relation', to: 'User', default: 'user' } },
  permissions: { read: "assignee == user || user.role == 'admin' || owner" },
  behaviors: { finish: { set: { title: 'x' }, requires: "title != ''", emits: 'task.done' } },
})
export const list = { type: 'list', route: '/tasks', entity: 'Task', columns: ['title', 'assignee'] }
export const told = { trigger: 'Bug.created', actions: [{ type: 'log', message: '\${entity.name}' }] }
export const texts = { note: 'text', more: { type: 'string' } }
export const anything = ['title']
`

test('a part that is sound alone is left in peace', () => expect(alone(sound)).toEqual([]))

test.each([
  ['a syntax fault', `${sound}export const more = `, /^T1002 /],
  ['an unknown key', sound.replace("to: 'User'", "to: 'User', requird: true"), /^T2001 Unknown key `requird`/],
  ['an unknown type', sound.replace('fields: {', "fields: { body: 'sting',"), /^T2006 /],
  ['an unknown name', sound.replace("title != ''", "titel != ''"), /^T4101 Unknown name `titel`/],
  ['an unfinished rule', sound.replace("title != ''", 'title !='), /^T4\d+ /],
  ['a method', sound.replace("title != ''", "title.startWith('a')"), /^T4103 /],
  ['an unknown field that is set', sound.replace("title: 'x'", "titel: 'x'"), /^T3002 Unknown field `titel` on Task/],
  ['a column', sound.replace("columns: ['title'", "columns: ['titel'"), /^T3002 Unknown field `titel` on Task/],
  ['fields', sound.replace("note: 'text'", "note: 'text', size: { type: 'enum' }"), /^T2008 /],
  ['a default export', 'export default { fields: { a: "sting" }, permissions: {} }', /^T2006 /],
])('what is wrong in a part of no app is said: %s', (_, text, expected) => {
  expect(alone(text)).toEqual([expect.stringMatching(expected)])
})

test.each([
  ['nothing', ''],
  ['constants', `export const roles = ['admin', 'user'] as const\nexport const rule = "ownr"\n`],
  ['a function', 'export function fields() { return {} }\n'],
])('a part that could be anything is left in peace: %s', (_, text) => expect(alone(text)).toEqual([]))

test('it is helped with like any other', () => {
  const { projects, after } = workspaceOf({ 'task.truth.ts': sound })
  const snapshot = projects.snapshotOf(path)
  const { analysis } = snapshot
  const at = (text: string): number => after(path, text)
  const file = 'task.truth.ts'
  expect(completionsAt(snapshot, file, at('requires: "')).map(({ label }) => label)).toContain('title')
  expect(completionsAt(snapshot, file, at("columns: ['")).map(({ label }) => label)).toContain('title')
  expect(hoverAt(analysis, file, at('"assignee'))?.markdown).toContain('(field) Task.assignee')
  expect(definitionAt(analysis, file, at("columns: ['ti")).map(({ to }) => to.file)).toEqual([file])
  expect(definitionAt(analysis, file, at("entity: 'Ta"))).toEqual([])
  expect(outlineOf(analysis, file).map(({ name }) => name)).toEqual(['Task', 'note', 'more', 'list', 'told'])
  const renaming = renameAt([...projects.apps(path)], path, at("columns: ['ti"), 'label')
  expect('edits' in renaming && renaming.edits.map(({ place }) => place.file)).toEqual([path, path, path, path])
  expect(renameAt([...projects.apps(path)], path, at("entity: 'Ta"), 'Job')).toHaveProperty('refused')
})

test('as soon as an app uses it, what that app makes of it counts', () => {
  const text = `export const Task = { fields: { title: 'string', bug: { type: 'relation', to: 'Bug' } }, permissions: { read: true } }\n`
  expect(said({ 'task.truth.ts': text })).toEqual([])
  const app = `import { Task } from './task.truth.ts'\nexport default { name: 'A', entities: { Task } }\n`
  expect(said({ 'task.truth.ts': text, 'app.truth.ts': app })).toEqual(['T3001 Unknown entity `Bug`.'])
  expect(said({ 'task.truth.ts': text, 'admin.truth.ts': app })).toEqual(['T3001 Unknown entity `Bug`.'])
  expect(said({ 'task.truth.ts': text, 'admin.truth.ts': app }, '/w/admin.truth.ts')).toEqual([])
})
