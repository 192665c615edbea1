// What is only known by running the file: an editor, which never runs it, says nothing about what depends on it.

import { describe, expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import { createMemory } from '../../runtime/truth/memory.ts'

/** What is said besides that something is computed, in the order of the text. */
function said(parts: string, before = ''): readonly string[] {
  const { app, computed, diagnostics } = analyse(`${before}\nexport default defineApp({ name: 'App', ${parts} })`)
  expect(app).toBeUndefined()
  expect(computed).toBe(true)
  return diagnostics.filter(({ code }) => code !== 'T1004').map(({ code, message }) => `${code} ${message}`)
}

const user = "User: { fields: { email: 'string' }, permissions: { read: 'authenticated' } }"
const rules = `permissions: { read: "status == 'open' && owner == user", approve: 'input.why == 1' },
  computed: { long: 'size > 3' }, indexes: [['status']], owner: 'by',
  ui: { list: { columns: ['status', 'more'], actions: ['approve'] } },`
const uses = `
  views: {
    All: { type: 'kanban', route: '/all', entity: 'Task', groupBy: 'status', filters: ['status'] },
    Days: { type: 'calendar', route: '/days', entity: 'Task' },
    Sum: { type: 'dashboard', route: '/sum', metrics: [{ data: "Task where status == 'a' order by size", sum: 'size' }] },
  },
  workflows: { one: { trigger: 'task.done', condition: "entity.status == 'x'", actions: [
    { type: 'create', entity: 'Task', set: { status: 'a' } } ] } },`

describe('nothing is said about what depends on', () => {
  test.each([
    ['an entity', `entities: { ${user}, Task: make() }, ${uses}`],
    ['a spread in an entity', `entities: { ${user}, Task: { ...base(), ${rules} } }, ${uses}`],
    ['the fields', `entities: { ${user}, Task: { fields: make(), behaviors: make(), ${rules} } }, ${uses}`],
    [
      'a spread in the fields',
      `entities: { ${user}, Task: { fields: { title: 'string', ...audit() }, behaviors: { approve: make() }, ${rules} } }, ${uses}`,
    ],
    ['the entities', `entities: make(), settings: { auth: { entity: 'Account' } }, ${uses}`],
    ['a spread in the entities', `entities: { ...base(), Task: { fields: { status: 'string' }, ${rules} } }, ${uses}`],
    ['the auth entity', `entities: { User: make() }`],
    ['the email', `entities: { User: { fields: { email: make() }, permissions: { read: 'authenticated' } } }`],
    ['the permissions', `entities: { ${user}, Note: { fields: { a: 'string' }, permissions: make() } }`],
    [
      'options',
      `entities: { ${user}, Note: { fields: { a: { type: 'enum', options: ['x', more()], default: 'z' } }, permissions: { read: "a == 'y'" } } }`,
    ],
    [
      'a list',
      `entities: { ${user}, Note: { fields: { a: { type: 'string', many: make() } }, permissions: { read: "a == 'y' || 'y' in a" } } }`,
    ],
    [
      'a read rule',
      `entities: { ${user}, Note: { fields: { a: 'string' }, permissions: { read: make(), update: 'authenticated' } } }`,
    ],
    [
      'a view',
      `entities: { ${user} }, views: { One: make(), Two: { type: make(), route: '/two' }, Three: { type: 'list', route: '/three', entity: make(), permission: 'name == 1' } }`,
    ],
    [
      'a trigger',
      `entities: { ${user} }, workflows: { w: { trigger: make(), condition: 'entity.a == 1', actions: [{ type: 'log', message: '\${previous.a}' }] } }`,
    ],
    [
      'what is emitted',
      `entities: { Task: { fields: { a: 'string' }, permissions: { read: 'a == null' }, behaviors: { do: { set: { a: 'x' }, emits: [make()] } } } }, workflows: { w: { trigger: 'task.done', actions: [{ type: 'log', message: '\${entity.a}' }] } }`,
    ],
  ])('%s', (_, text) => {
    expect(said(text)).toEqual([])
  })
})

test('other faults are said all the same', () => {
  const found = said(
    `entities: { ${user}, Task: { fields: { title: 'string', kind: make() }, permissions: { read: "title == 1" } } }`,
  )
  expect(found).toEqual([expect.stringContaining('T4202')])
  expect(
    said(
      `entities: { ${user}, Task: { fields: { kind: make(), size: 'integer' }, permissions: { read: 'kindd == 1' } } }`,
    ),
  ).toEqual(['T4101 Unknown name `kindd`. Did you mean `kind`?'])
})

test('an app with anything that cannot be told is never handed out', () => {
  const { app, diagnostics } = analyse(
    "export default defineApp({ name: 'App', entities: { Task: { fields: { a: { type: 'string', many: make() } }, permissions: { read: 'a == null' } } } })",
    { evaluated: (root) => root! },
  )
  expect(diagnostics.map(({ code }) => code)).toEqual(['T1004'])
  expect(app).toBeUndefined()
})

test('entities of the wrong kind are told of in one sentence', () => {
  const { diagnostics } = analyse(
    "export default { name: 'App', entities: [], views: { A: { type: 'list', route: '/a', entity: 'Task' } } }",
  )
  expect(diagnostics.map(({ message }) => message)).toEqual([
    '`entities` must be an object of entities by name, but is a list.',
  ])
})

test('with a memory the same is said while parts become computed and are written out again', () => {
  const task = (fields: string, more = ''): string =>
    `Task: { fields: ${fields}, permissions: { read: "kind == 'x'" } ${more} }`
  const texts = [
    task("{ kind: 'string' }"),
    task('make()'),
    task("{ kind: 'strin' }"),
    task("{ title: 'string' }"),
    task('{ kind: make() }', ', behaviors: make()'),
    'make()',
    task("{ kind: { type: 'relation', to: 'Usr' } }"),
    `...base(), ${task("{ title: 'string' }")}`,
    task("{ kind: 'string' }"),
  ].map((entities) => (entities === 'make()' ? entities : `{ ${user}, ${entities} }`))
  const memory = createMemory()
  for (const entities of texts) {
    const text = `export default { name: 'App', entities: ${entities}, ${uses.replace("'status'", "'kind'")} }`
    const { diagnostics, computed } = analyse(text, { memory })
    const fresh = analyse(text)
    expect(diagnostics).toEqual(fresh.diagnostics)
    expect(computed).toBe(fresh.computed)
  }
})
