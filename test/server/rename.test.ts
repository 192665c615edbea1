// Rename and references where several apps share a part, and where a file is run.

import { expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import { referencesAt } from '../../server/features/navigation.ts'
import { renameTarget } from '../../server/features/rename.ts'
import { type Files, renamed, workspaceOf } from './workspace.ts'

const shop = (entities: string, more = ''): string => `import * as parts from '../parts.truth.ts'
export default { name: 'A', entities: { ${entities} }${more} }
`
const item = `export const Item = {
  fields: { title: { type: 'string' }, owner: { type: 'relation', to: 'User' } },
  permissions: { read: "title != ''" },
}
export const text = { type: 'string', maxLength: 10 } as const
`
const user = `User: { fields: { email: 'string' }, permissions: { read: true } }`

const two = {
  'parts.truth.ts': item,
  'one/app.truth.ts': shop(
    `Item: parts.Item, ${user}`,
    `, views: { V: { type: 'list', route: '/v', entity: 'Item', columns: ['title'] } }`,
  ),
  'two/app.truth.ts': shop(
    `Thing: parts.Item, ${user}`,
    `, workflows: { w: { trigger: 'Thing.created', actions: [{ type: 'log', message: '\${entity.title}' }] } }`,
  ),
  'three/admin.truth.ts': shop(`Item: { ...parts.Item, indexes: [['title']] }, ${user}`),
  'four/app.truth.ts': `export default { name: 'Four', entities: { ${user}, Item: { fields: { title: 'string' }, permissions: { read: true } } } }\n`,
}

test.each([
  ['from the part', 'parts.truth.ts', 'fields: { ti'],
  ['from an expression in the part', 'parts.truth.ts', `read: "ti`],
  ['from one app', 'one/app.truth.ts', `columns: ['ti`],
  ['from the other', 'two/app.truth.ts', 'entity.ti'],
  ['from an app of another name', 'three/admin.truth.ts', `[['ti`],
])('a field of a part is renamed in every app that uses it: %s', (_, name, before) => {
  const after = renamed(two, name, before, 'label')
  expect(Object.keys(after).sort()).toEqual([
    'one/app.truth.ts',
    'parts.truth.ts',
    'three/admin.truth.ts',
    'two/app.truth.ts',
  ])
  expect(Object.values(after).join()).not.toContain('title')
  const files = new Map(Object.entries({ ...two, ...(after as object) }))
  for (const entry of ['one/app.truth.ts', 'two/app.truth.ts', 'three/admin.truth.ts', 'four/app.truth.ts'])
    expect(analyse(files, { entry }).diagnostics).toEqual([])
})

test('references of a name in a part are those of every app, once', () => {
  const { projects, after } = workspaceOf(two)
  const path = '/w/one/app.truth.ts'
  const found = referencesAt([...projects.apps(path)], path, after(path, `columns: ['ti`))
  expect(found.map(({ place }) => place.file).sort()).toEqual([
    '/w/one/app.truth.ts',
    '/w/parts.truth.ts',
    '/w/parts.truth.ts',
    '/w/three/admin.truth.ts',
    '/w/two/app.truth.ts',
  ])
})

test('what an app needs besides is written where it is right for the others too', () => {
  const after = renamed(two, 'parts.truth.ts', `to: 'Us`, 'Person')
  expect(Object.keys(after).sort()).toEqual([
    'one/app.truth.ts',
    'parts.truth.ts',
    'three/admin.truth.ts',
    'two/app.truth.ts',
  ])
  expect(after).toMatchObject({
    'two/app.truth.ts': expect.stringContaining("settings: { auth: { entity: 'Person' } }"),
  })
})

const taken = {
  ...two,
  'two/app.truth.ts': two['two/app.truth.ts'].replace('parts.Item', "{ ...parts.Item, computed: { label: 'title' } }"),
}

test.each([
  ['a name that another app has', taken, 'one/app.truth.ts', `columns: ['ti`, 'label', /^refused: .*`label`/],
  [
    'an app that cannot be read',
    {
      ...two,
      'two/app.truth.ts': `import { Item } from '../parts.truth.ts'\nexport default { name: 'B', entities: build(Item) }\n`,
    },
    'one/app.truth.ts',
    `columns: ['ti`,
    'label',
    /^refused: A rename could miss places of \/w\/two\/app\.truth\.ts: /,
  ],
])('refused: %s', (_, files, name, before, to, why) => expect(renamed(files, name, before, to)).toMatch(why))

const plain = (head: string, more: string): Files => ({
  'app.truth.ts': `${head}export default { name: 'A', ${more} entities: { Task: { fields: { title: 'string', body: 'text' }, permissions: { read: "title != ''" } } } }\n`,
})

test.each([
  ['a call', plain('', 'views: makeViews(),'), /does more than to define/],
  ['a statement', plain('const a = []\na.push(1)\n', ''), /does more than to define/],
  [
    'a condition',
    plain('const on = process.env.X\n', 'views: on ? {} : { V: {} },'),
    /line 2 of app\.truth\.ts is only known by running it/,
  ],
  ['a spread of who knows what', plain("import { views } from 'other'\n", 'views,'), /line 2 of app\.truth\.ts/],
  [
    'a computed rule',
    plain(
      "import { rule } from 'other'\n",
      "workflows: { w: { trigger: 'Task.created', condition: rule, actions: [] } },",
    ),
    /line 2/,
  ],
])('what runs is not renamed: %s', (_, files, why) => {
  expect(renamed(files, 'app.truth.ts', '{ ti', 'label')).toMatch(/^refused: A rename could miss places of /)
  expect(renamed(files, 'app.truth.ts', '{ ti', 'label')).toMatch(why)
  const { projects, after } = workspaceOf(files)
  const target = renameTarget(
    projects.snapshotsOf('/w/app.truth.ts'),
    '/w/app.truth.ts',
    after('/w/app.truth.ts', '{ ti'),
  )
  expect(target).toMatchObject({ refused: expect.stringMatching(why) })
})

test.each([
  [
    'a text that names nothing',
    plain('', 'version: process.env.VERSION, settings: { database: { url: process.env.DB } },'),
  ],
  ['a number', plain('', 'settings: { api: { pageSize: process.env.SIZE } },')],
])('beside what is computed, but cannot name anything: %s', (_, files) => {
  expect(renamed(files, 'app.truth.ts', '{ ti', 'label')).toMatchObject({
    'app.truth.ts': expect.stringContaining(
      `{ fields: { label: 'string', body: 'text' }, permissions: { read: "label != ''" } }`,
    ),
  })
})

const shown = (view: string, ui: string): Files => ({
  'app.truth.ts': `export default { name: 'A', entities: { Task: { fields: { title: 'string', state: { type: 'enum', options: ['new', 'old'] } }, permissions: { read: true }, ui: { ${ui} } } }, views: { V: { type: 'list', route: '/v', entity: 'Task', ${view} } } }\n`,
})

test.each([
  ['filters', shown("filters: ['title', 'state']", ''), '{ ti', "filters: ['label', 'state']"],
  [
    'filters with values',
    shown("filters: { state: 'new', title: 'x' }", ''),
    '{ ti',
    "filters: { state: 'new', label: 'x' }",
  ],
  ['an option in filters', shown("filters: { state: 'new' }", ''), "options: ['ne", "filters: { state: 'label' }"],
  [
    'sections',
    shown('', "form: { sections: [{ title: 'About', fields: ['title'] }] }"),
    '{ ti',
    "{ title: 'About', fields: ['label'] }",
  ],
  [
    'sections by name',
    shown('', "detail: { sections: { about: ['title'] } }"),
    '{ ti',
    "{ sections: { about: ['label'] } }",
  ],
  ['parts of a dashboard', shown("widgets: [{ data: 'Task', columns: ['title'] }]", ''), '{ ti', "columns: ['label']"],
])('what the interface names is renamed too: %s', (_, files, cursor, expected) => {
  expect(renamed(files, 'app.truth.ts', cursor, 'label')).toMatchObject({
    'app.truth.ts': expect.stringContaining(expected),
  })
})

test('a name that stands where anything may stand is not renamed', () => {
  const files = shown("content: { columns: ['title'] }", '')
  expect(renamed(files, 'app.truth.ts', '{ ti', 'label')).toMatch(
    /^refused: `title` also stands in `views\.V\.content\.columns\[0\]` of \/w\/app\.truth\.ts, where it may mean anything\./,
  )
  expect(renamed(files, 'app.truth.ts', "options: ['ne", 'fresh')).toBeTypeOf('object')
})

const ruled = (rule: string, more = ''): Files => ({
  'app.truth.ts': `export default { name: 'A', entities: { User: { fields: { email: 'string' }, permissions: { read: true } }, Task: { fields: { title: 'string', state: { type: 'enum', options: ['new', 'old'] }, subs: { type: 'relation', to: 'Task', many: true } }, permissions: { read: ${JSON.stringify(rule)} } } }${more} }\n`,
})
const query = (data: string): string =>
  `, views: { V: { type: 'list', route: '/v', entity: 'Task', data: ${JSON.stringify(data)} } }`

test.each([
  ['an unfinished comparison', 'title ==', '"label =="'],
  ['an unclosed group', '(title', '"(label"'],
  ['a foreign operator', 'title = state', '"label = state"'],
  ['a condition that is not finished', 'subs.some(s => s.title', '"subs.some(s => s.label"'],
])('in a faulty expression a name that is understood is renamed: %s', (_, rule, expected) => {
  expect(renamed(ruled(rule), 'app.truth.ts', '{ ti', 'label')).toMatchObject({
    'app.truth.ts': expect.stringContaining(expected),
  })
})

test.each([
  ['in an unknown function', ruled('foo(title)'), '{ ti', 'entities.Task.permissions.read'],
  ['where no row is known', ruled("subs.some(title == 'x')"), '{ ti', 'entities.Task.permissions.read'],
  ['in a query of nothing', ruled('true', query('Tsk where title == 1')), '{ ti', 'views.V.data'],
  ['behind a misspelt word', ruled('true', query('Task wher title == 1')), '{ ti', 'views.V.data'],
  ['an option', ruled("stat == 'new'"), "options: ['ne", 'entities.Task.permissions.read'],
])('in a faulty expression a name that is not understood stops a rename: %s', (_, files, cursor, where) => {
  expect(renamed(files, 'app.truth.ts', cursor, 'label')).toMatch(
    new RegExp(
      `^refused: .* also stands in \`${where.replaceAll('.', '\\.')}\` of .*, which has a fault: mend that first`,
    ),
  )
})

const person = `{ type: 'relation', to: 'User' }`
const owned = (fields: string, rule: string): Files => ({
  'app.truth.ts': `export default { name: 'A', entities: { User: { fields: { email: 'string' }, permissions: { read: true } }, Task: { fields: { ${fields} }, permissions: { read: ${rule} } } } }\n`,
})

test.each([
  ['a name that comes before the owner', 'createdBy', `Task: { owner: 'author', fields: { author: `],
  ['a name that comes after it', 'userId', 'Task: { fields: { author: '],
  ['any other', 'lead', 'Task: { fields: { author: '],
])('`owner` means whom it meant: %s', (_, to, expected) => {
  const files = owned(`author: ${person}, helper: ${person}`, `'owner'`)
  expect(renamed(files, 'app.truth.ts', '}, help', to)).toMatchObject({
    'app.truth.ts': expect.stringContaining(expected),
  })
})

test('`owner` means whom it meant where two entities share their fields', () => {
  const files = {
    'app.truth.ts': `const fields = { author: ${person}, helper: ${person} } as const
export default { name: 'A', entities: { User: { fields: { email: 'string' }, permissions: { read: true } }, A: { fields, permissions: { read: 'owner' } }, B: { owner: 'helper', fields, permissions: { read: 'owner' } } } }
`,
  }
  const after = renamed(files, 'app.truth.ts', '}, help', 'createdBy')
  expect(after).toMatchObject({ 'app.truth.ts': expect.stringContaining(`A: { owner: 'author', fields, `) })
  expect(after).toMatchObject({ 'app.truth.ts': expect.stringContaining(`B: { owner: 'createdBy', fields, `) })
})

test('a rename opens no accounts', () => {
  const files = {
    'app.truth.ts': `export default { name: 'A', entities: { Person: { fields: { email: 'string' }, permissions: { read: true } } } }\n`,
  }
  expect(renamed(files, 'app.truth.ts', 'Pers', 'User')).toMatch(/^refused: People would sign in as rows of `User`/)
  expect(renamed(files, 'app.truth.ts', 'Pers', 'Member')).toBeTypeOf('object')
})

test('markup of a page may name anything', () => {
  const files = shown("template: '<b>{title}</b>'", '')
  expect(renamed(files, 'app.truth.ts', '{ ti', 'label')).toMatch(
    /^refused: `title` also stands in `views\.V\.template`/,
  )
})
