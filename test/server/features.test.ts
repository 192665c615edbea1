// The features that read: hover, outline, colours, hints, lenses, previews, code actions, and so on, as pure functions.

import { expect, test } from 'vitest'
import { functionNames } from '../../expr/check/calls.ts'
import { formatExpression } from '../../expr/editor/format.ts'
import { openApi } from '../../runtime/generate/openapi.ts'
import { analyse } from '../../runtime/truth/analyse.ts'
import { actionsAt } from '../../server/features/actions.ts'
import { explainRule } from '../../server/features/explain.ts'
import { formatEdits } from '../../server/features/format.ts'
import { functionDocNames } from '../../server/features/function-docs.ts'
import { hintsIn } from '../../server/features/hints.ts'
import { hoverAt } from '../../server/features/hover.ts'
import { lensesIn } from '../../server/features/lenses.ts'
import { siteAt } from '../../server/features/locate.ts'
import { previewKinds, previewOf } from '../../server/features/preview.ts'
import { foldsIn, linkedAt, linksIn, selectionAt } from '../../server/features/ranges.ts'
import { routesPreview } from '../../server/features/routes.ts'
import { signatureIn } from '../../server/features/signature.ts'
import { type Outline, outlineOf, symbolsNamed } from '../../server/features/symbols.ts'
import { coloursIn } from '../../server/features/tokens.ts'
import { appFrom, example } from '../helpers/app.ts'
import { cursorIn, exampleFiles, snapshotOf } from './snapshot.ts'
import { app, file } from './world.ts'

const hover = (rule: string): string | undefined => {
  const { text, offset } = cursorIn(app(rule))
  return hoverAt(analyse(text), file, offset)?.markdown
}

test.each([
  ['"ow¦ner"', ['owner: a User, the field `createdBy` of Task', 'May be missing']],
  ['"entity.ti¦tle == \'x\'"', ['(field) Task.title: a string', 'What is to be done.', 'Always there.']],
  ['"user.ro¦le == \'admin\'"', ['(field) User.role: an enum (admin, user)', 'May be missing']],
  ['"user.role == \'ad¦min\'"', ["(option) 'admin' of User.role"]],
  ['"team.members.some(m => m¦ == user)"', ['(parameter) m: a User']],
  ['"due < to¦day()"', ['today(): date', 'The present day in UTC.']],
  ['"title.starts¦With(\'a\')"', ['startsWith(text: string): boolean']],
  [
    '"owner ¦|| user.role == \'admin\'"',
    [
      'Granted to `read` when: the user is the row’s createdBy, or the user’s role is admin.',
      '- gets in: ',
      '- does not: ',
      '"Task"."createdBy"',
      ':user.role',
    ],
  ],
])('hover on %s', (rule, expected) => {
  const text = hover(rule)
  for (const part of expected) expect(text).toContain(part)
})

test('hover on the literal: the row type of an entity, a key’s words, a permission’s key with its rule', () => {
  const text = app("'authenticated'")
  const at = (before: string): string | undefined =>
    hoverAt(analyse(text), file, text.indexOf(before) + before.length)?.markdown
  expect(at("to: 'Te")).toContain("type Team = {\n  readonly id: string\n  members: Id<'User'>[]")
  expect(at('    Tas')).toContain('status: "todo" | "done" | null')
  expect(at('requi')).toContain('Whether every row must have it.')
  expect(
    at(
      "read: 'authenticated' } },\n    Task: {\n      fields: {\n        title: { type: 'string', required: true, desc",
    ),
  ).toContain('A sentence for forms')
  expect(at('      permissions: { rea')).toContain('somebody is signed in')
})

test.each([
  ['true', 'Always.'],
  ["status in ['todo', 'done']", 'The row’s status is todo or done.'],
  ['!authenticated', 'Nobody is signed in.'],
  ['due < today() - days(7)', 'The row’s due is before today minus 7 days.'],
  [
    "(owner || user.role == 'admin') && due != null",
    '(the user is the row’s createdBy, or the user’s role is admin) and the row’s due is given.',
  ],
  ['team.members.some(m => m == user)', 'At least one of the row’s team’s members (`m`) has: m is the user.'],
  ['team.members.length > 3', 'The number of the row’s team’s members is more than 3.'],
  ["title.startsWith('a')", 'The row’s title starts with a.'],
])('%s reads: %s', (rule, reading) => {
  const text = app(JSON.stringify(rule))
  const { sites } = analyse(text)
  const site = sites.find(({ path }) => path.join('.') === 'entities.Task.permissions.read')
  expect(site && explainRule(site, undefined).reading).toBe(reading)
})

test.each([
  [
    'update',
    "status != 'done' && next.status == 'done'",
    'The row’s status is not done and the row’s new status is done.',
  ],
  ['workflow', 'previous.status != status', 'The row’s former status is not the row’s status.'],
] as const)('before a change, and after it: %s', (place, value, reading) => {
  const site = analyse(app("'authenticated'")).sites.find(
    ({ path }) => path.join('.') === 'entities.Task.permissions.read',
  )
  const changed = site && { ...site, node: { ...site.node, value }, scope: { ...site.scope, place } }
  expect(changed && explainRule(changed, undefined).reading).toBe(reading)
})

test('an explanation with a sample says what is granted', () => {
  const text = app(`"owner || user.role == 'admin'"`)
  const found = siteAt(analyse(text), file, text.indexOf('owner ||') + 1)
  const granted = (user: object | null): boolean | undefined =>
    found && explainRule(found.site, { user: user as never, entity: { createdBy: 'u1' } }).granted
  expect(granted({ id: 'u1', role: 'user' })).toBe(true)
  expect(granted({ id: 'u2', role: 'admin' })).toBe(true)
  expect(granted({ id: 'u2', role: 'user' })).toBe(false)
  expect(granted(null)).toBe(false)
  const steps =
    found && explainRule(found.site, { user: { id: 'u1', role: 'user' }, entity: { createdBy: 'u1' } }).steps
  expect(steps).toContain("user.role == 'admin'  →  false")
})

test('every function and method has its words', () => {
  expect([...functionDocNames.functions].sort()).toEqual([...functionNames].sort())
})

const names = (outlines: readonly Outline[]): string[] =>
  outlines.flatMap(({ name, children }) => [name, ...names(children).map((child) => `${name}.${child}`)])

test('outline and search', () => {
  const analysis = analyse(app("'authenticated'"))
  const outline = names(outlineOf(analysis, file))
  expect(outline).toEqual(expect.arrayContaining(['Task', 'Task.status', 'Task.read', 'Task.finish', 'Board']))
  const found = (query: string): string[] => symbolsNamed(analysis, query).map(({ symbol }) => symbol.path.join('.'))
  expect(found('tstat')).toEqual(['Task.status'])
  expect(found('board')).toEqual(['Board'])
})

test('colours lie on the words of expressions, once each, in order', () => {
  const text = app(`"owner || team.members.some(m => m == user) && status != 'done'"`)
  const found = coloursIn(analyse(text), file).map(({ place, type, modifiers }) => [
    text.slice(place.start, place.end),
    type,
    ...modifiers,
  ])
  const from = found.findIndex(([word]) => word === '||') - 1
  expect(found.slice(from, from + 13)).toEqual([
    ['owner', 'variable', 'defaultLibrary'],
    ['||', 'operator'],
    ['team', 'property'],
    ['members', 'property'],
    ['some', 'method', 'defaultLibrary'],
    ['m', 'parameter', 'declaration'],
    ['=>', 'operator'],
    ['m', 'parameter'],
    ['==', 'operator'],
    ['user', 'variable', 'defaultLibrary'],
    ['&&', 'operator'],
    ['status', 'property'],
    ['!=', 'operator'],
  ])
  expect(found).toContainEqual(['done', 'enumMember'])
})

test('hints: types behind fields, what a rule reads before it; each can be off', () => {
  const text = app(`"owner || user.role == 'admin'"`)
  const analysis = analyse(text)
  const said = (settings: { fieldTypes: boolean; parameters: boolean }): string[] =>
    hintsIn(analysis, file, 0, text.length, settings).map(
      ({ offset, label }) => `${text.slice(offset - 8, offset)}¦${label}`,
    )
  expect(said({ fieldTypes: true, parameters: false })).toEqual(
    expect.arrayContaining([
      '\'todo\' }¦→ "todo" | "done" | null',
      "'User' }¦→ Id<'User'> | null",
      ": 'date'¦→ string | null",
    ]),
  )
  expect(said({ fieldTypes: false, parameters: true })).toEqual(expect.arrayContaining(['{ read: ¦(user, entity) =>']))
  expect(said({ fieldTypes: false, parameters: false })).toEqual([])
})

test('lenses: type, routes, references', () => {
  const text = app("'authenticated'")
  const titles = lensesIn([snapshotOf(text)], `/app/${file}`).map(
    ({ title, place }) => `${text.slice(place.start, place.end)}: ${title}`,
  )
  expect(titles).toEqual(
    expect.arrayContaining([
      'Task: type',
      'Task: 5 routes',
      'Task: 1 reference',
      'User: 2 references',
      'Team: 1 reference',
    ]),
  )
})

test('previews follow the text, faulty or not', () => {
  expect(previewKinds).toEqual(['types', 'sql', 'openapi', 'routes'])
  const analysis = analyse(app("'authenticated'"))
  expect(previewOf(analysis, 'types')?.text).toContain('export interface Task {')
  expect(previewOf(analysis, 'sql')?.text).toContain('CREATE TABLE "Task" (')
  expect(previewOf(analysis, 'routes')?.text).toMatch(/POST +\/api\/tasks\/:id\/finish +Finish/)
  expect(JSON.parse(previewOf(analysis, 'openapi')?.text ?? '').paths).toHaveProperty('/api/tasks/{id}/finish.post')
  expect(previewOf(analyse(app("'authenticatd'")), 'openapi')?.text).toMatch(/^\/\/ The app has 1 error.*\n\n\{/)
  expect(previewOf(analyse(app("'authenticatd'")), 'sql')?.text).toMatch(/^-- The app has 1 error/)
  expect(previewOf(analysis, 'nothing')).toBe(undefined)
})

test.each(['tasks', 'blog', 'crm'])('the routes of %s are those of its OpenAPI document', async (name) => {
  const found = await appFrom(example(name))
  const { paths } = openApi(found) as { readonly paths: Readonly<Record<string, object>> }
  const inDocument = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('{id}', ':id')}`),
  )
  const shown = routesPreview(found).matchAll(/^([A-Z]+) +(\/api\/\S+)/gm)
  const elsewhere = new Set(['POST /api/batch', 'GET /healthz', 'GET /readyz', 'GET /openapi.json'])
  expect([...shown].map(([, method, path]) => `${method} ${path}`).toSorted()).toEqual(
    inDocument.filter((route) => !elsewhere.has(route)).toSorted(),
  )
})

test('folds, growing selections, links, linked names', () => {
  const text = app('"team.members.some(m => m == user)"')
  const analysis = analyse(text)
  expect(foldsIn(analysis, file).length).toBeGreaterThan(3)
  const grown = selectionAt(analysis, file, text.indexOf('m == user') + 6).map(({ start, end }) =>
    text.slice(start, end),
  )
  expect(grown.slice(0, 4)).toEqual([
    'user',
    'm == user',
    'team.members.some(m => m == user)',
    '"team.members.some(m => m == user)"',
  ])
  expect(grown.at(-1)).toBe(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
  const linked = linkedAt(analysis, file, text.indexOf('m == user')).map(({ start }) => start)
  expect(linked).toEqual([text.indexOf('m => m'), text.indexOf('m == user')])
  const parts = new Map([
    [file, "import { A } from './a.truth.ts'\nimport { B } from '../b.truth'\nexport default {}\n"],
  ])
  expect(linksIn(analyse(parts), file).map(({ target }) => target)).toEqual(['./a.truth.ts', '../b.truth.ts'])
})

test.each([
  ['abs(¦', 'abs', 0],
  ['min(1, ¦', 'min', 1],
  ['coalesce(abs(2), ¦', 'coalesce', 1],
  ['title.startsWith(¦', 'startsWith', 0],
  ['(a == 1 && max(¦', 'max', 0],
])('signature of %s', (marked, name, parameter) => {
  const { text, offset } = cursorIn(marked)
  expect(signatureIn(text, offset)?.docs.signature).toMatch(new RegExp(`^${name}\\(`))
  expect(signatureIn(text, offset)?.parameter).toBe(parameter)
})

test.each([
  ['a==1&&b', 'a == 1 && b'],
  ['( a  ||b )&& ! c', '(a || b) && !c'],
  ["x in['a' ,'b']", "x in ['a', 'b']"],
  ['a . b . some( m=>m.c==- 1 )', 'a.b.some(m => m.c == -1)'],
  ['a ==', 'a =='],
  ["s == 'a  b'", "s == 'a  b'"],
])('format %s', (source, expected) => {
  expect(formatExpression(source)).toBe(expected)
  expect(formatExpression(expected)).toBe(expected)
})

test('formatting the examples changes nothing in them, and keeps what they mean', () => {
  for (const name of ['tasks', 'blog', 'crm']) {
    const files = exampleFiles(name)
    const { analysis } = snapshotOf(files)
    for (const path of files.keys()) expect(formatEdits(analysis, path)).toEqual([])
  }
})

test('nothing throws, at any offset of the examples and of the faulty fixtures', () => {
  for (const name of ['tasks', 'blog', 'crm']) {
    const files = exampleFiles(name)
    const { analysis } = snapshotOf(files)
    for (const [path, text] of files) {
      for (let offset = 0; offset < text.length; offset += 5) {
        hoverAt(analysis, path, offset)
        selectionAt(analysis, path, offset)
        linkedAt(analysis, path, offset)
      }
      for (let offset = 0; offset < text.length; offset += 101)
        actionsAt(analysis, path, { start: offset, end: offset })
    }
  }
})
