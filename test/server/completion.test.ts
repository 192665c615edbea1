// Completion in the literal, with `¦` as the cursor: keys, values, names, and the way into expressions.

import { expect, test } from 'vitest'
import { completionsAt } from '../../server/features/completion.ts'
import type { Proposal } from '../../server/features/proposal.ts'
import { startServer } from './client.ts'
import { cursorIn, exampleFiles, snapshotOf } from './snapshot.ts'

const app = (part: string): string => `export default defineApp({
  name: 'World',
  entities: {
    User: { fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'] } }, permissions: { read: 'authenticated' } },
    Task: {
      fields: {
        title: { type: 'string', maxLength: 10 }, status: { type: 'enum', options: ['todo', 'done'], default: 'todo' },
        due: 'date', secret: { type: 'string', secret: true }, assignee: { type: 'relation', to: 'User' },
      },
      permissions: { read: 'authenticated' },
      behaviors: { finish: { set: { status: 'done' }, requires: 'authenticated', emits: 'task.finished' } },
    },
    ${part}
  },
})
`
const inEntity = (part: string): string =>
  app(`Note: { fields: { text: 'string', task: { type: 'relation', to: 'Task' } }, ${part} },`)
const inApp = (part: string): string => app('').replace(/\n\}\)\n$/, `\n  ${part}\n})\n`)

function propose(marked: string, trigger?: string): readonly Proposal[] {
  const { text, offset } = cursorIn(marked)
  return [...completionsAt(snapshotOf(text), 'app.truth.ts', offset, trigger)].sort((a, b) => a.rank - b.rank)
}
const labels = (marked: string, trigger?: string): string[] => propose(marked, trigger).map(({ label }) => label)

/** The line of the cursor after a proposal is taken. */
function taken(marked: string, label: string): string | undefined {
  const { text } = cursorIn(marked)
  const item = propose(marked).find((one) => one.label === label)
  if (!item) return undefined
  const after = text.slice(0, item.start) + item.insert + text.slice(item.end)
  const line = after.slice(0, item.start).split('\n').length - 1
  return after.split('\n')[line]?.trim()
}

test.each([
  ['types of fields', app("Note: { fields: { x: { type: '¦' } } }"), ['string', 'text', 'relation', 'enum']],
  ['short types of fields', app("Note: { fields: { x: '¦' } }"), ['string', 'uuid']],
  ['entities in `to`', app("Note: { fields: { x: { type: 'relation', to: '¦' } } }"), ['User', 'Task', 'Note']],
  ['entities of views', inApp("views: { A: { type: 'list', route: '/a', entity: '¦' } },"), ['User', 'Task']],
  [
    'fields in `columns`',
    inApp("views: { A: { type: 'list', route: '/a', entity: 'Task', columns: ['title', '¦'] } },"),
    ['status', 'due'],
  ],
  [
    'fields in `groupBy`',
    inApp("views: { A: { type: 'kanban', route: '/a', entity: 'Task', groupBy: '¦' } },"),
    ['status'],
  ],
  ['fields in `indexes`', inEntity("indexes: [['¦']]"), ['text', 'task']],
  [
    'fields in `owner`',
    inEntity("owner: '¦'").replace("text: 'string',", "text: 'string', by: { type: 'relation', to: 'User' },"),
    ['by'],
  ],
  [
    'fields that point back, in `inverse`',
    app("Note: { fields: { task: { type: 'relation', to: 'Task' } } }").replace(
      "due: 'date',",
      "due: 'date', notes: { type: 'relation', to: 'Note', many: true, inverse: '¦' },",
    ),
    ['task'],
  ],
  ['routes of a list', inApp("views: { Mine: { type: 'list', route: '¦', entity: 'Task' } },"), ['/tasks', '/mine']],
  [
    'routes of one row',
    inApp("views: { Mine: { type: 'detail', route: '¦', entity: 'Task' } },"),
    ['/tasks/:id', '/mine/:id'],
  ],
  [
    'routes of forms',
    inApp("views: { Mine: { type: 'form', mode: 'edit', route: ¦, entity: 'Task' } },"),
    ["'/tasks/:id/edit'"],
  ],
  [
    'events in `trigger`',
    inApp("workflows: { a: { trigger: '¦', actions: [] } },"),
    ['task.finished', 'Task.created', 'schedule'],
  ],
  [
    'events that actions emit, in `trigger`',
    inApp(
      "workflows: { a: { trigger: '¦', actions: [] }, b: { trigger: 'task.finished', actions: [{ type: 'emit', event: 'task.again' }] } },",
    ),
    ['task.again', 'task.finished', 'Task.created'],
  ],
  [
    'options in `default`',
    app("Note: { fields: { x: { type: 'enum', options: ['a', 'b'], default: '¦' } } }"),
    ['a', 'b'],
  ],
  [
    'kinds of actions',
    inApp("workflows: { a: { trigger: 'Task.created', actions: [{ type: '¦' }] } },"),
    ['log', 'email'],
  ],
  ['choices', inApp("settings: { log: { level: '¦' } },"), ['debug', 'info']],
  ['in an expression', inEntity("permissions: { read: 'task.¦' }"), ['title', 'status', 'assignee']],
  ['options in an expression', inEntity(`permissions: { read: "task.status == '¦'" }`), ['todo', 'done']],
  [
    'in a query',
    inApp("views: { A: { type: 'list', route: '/a', entity: 'Task', data: 'Task where ¦' } },"),
    ['title', 'status'],
  ],
  [
    'in a template',
    inApp("workflows: { a: { trigger: 'Task.created', actions: [{ type: 'log', message: 'x ${entity.¦}' }] } },"),
    ['title'],
  ],
  ['keys of a field', app("Note: { fields: { x: { type: 'string', ¦ } } }"), ['required', 'maxLength', 'pattern']],
  ['keys of an entity', inEntity('¦'), ['permissions', 'behaviors']],
  ['keys while they are typed', inEntity('perm¦'), ['permissions']],
  [
    'keys of an action',
    inApp("workflows: { a: { trigger: 'Task.created', actions: [{ type: 'log', ¦ }] } },"),
    ['message', 'level'],
  ],
  ['keys of the app', inApp('¦'), ['views', 'workflows', 'settings']],
  ['permissions', inEntity('permissions: { ¦ }'), ['create', 'read', 'update', 'delete']],
  ['fields that a behavior sets', inEntity('behaviors: { b: { set: { ¦ } } }'), ['text', 'task']],
  [
    'what a page offers',
    inApp("views: { A: { type: 'list', route: '/a', entity: 'Task', actions: ['¦'] } },"),
    ['finish', 'update', 'delete'],
  ],
  [
    'what a metric measures',
    inApp("views: { A: { type: 'dashboard', route: '/a', metrics: { m: { data: 'Task', min: '¦' } } } },"),
    ['due'],
  ],
  ['what is worked out', inEntity('behaviors: { b: { set: { text: { ¦ } } } }'), ['expr']],
  [
    'flags that a behavior sets',
    app('').replace("due: 'date'", "due: 'date', late: 'boolean'").replace("status: 'done'", 'late: ¦'),
    ['true', 'false'],
  ],
  ['values of flags', app("Note: { fields: { x: { type: 'string', required: ¦ } } }"), ['true', 'false']],
  ['texts without quotes', app('Note: { fields: { x: { type: ¦ } } }'), ["'string'", "'relation'"]],
  ['what a behavior sets', app('').replace("status: 'done'", "status: '¦'"), ['todo', 'done']],
  [
    'fields of an action',
    inApp("workflows: { a: { trigger: 'Task.created', actions: [{ type: 'create', entity: 'Task', set: { ¦ } }] } },"),
    ['title', 'status'],
  ],
])('%s', (_, marked, expected) => expect(labels(marked)).toEqual(expect.arrayContaining(expected)))

test.each([
  ['a key that is used', app("Note: { fields: { x: { type: 'string', required: true, ¦ } } }"), 'required'],
  ['a key of another kind', app("Note: { fields: { x: { type: 'string', ¦ } } }"), 'options'],
  [
    'a name that is in the list',
    inApp("views: { A: { type: 'list', route: '/a', entity: 'Task', columns: ['title', '¦'] } },"),
    'title',
  ],
  [
    'a route that is taken',
    inApp(
      "views: { A: { type: 'list', route: '/tasks', entity: 'Task' }, B: { type: 'list', route: '¦', entity: 'Task' } },",
    ),
    '/tasks',
  ],
  ['a route of the runtime', inApp("views: { Verify: { type: 'custom', route: '¦' } },"), '/verify'],
  ['what the runtime sets', inEntity('behaviors: { b: { set: { ¦ } } }'), 'id'],
  [
    'what the runtime sets, in actions',
    inApp("workflows: { a: { trigger: 'Task.created', actions: [{ type: 'create', entity: 'Task', set: { ¦ } }] } },"),
    'createdAt',
  ],
  [
    'a text that is summed',
    inApp("views: { A: { type: 'dashboard', route: '/a', metrics: { m: { data: 'Task', sum: '¦' } } } },"),
    'title',
  ],
  [
    'a secret in `columns`',
    inApp("views: { A: { type: 'list', route: '/a', entity: 'Task', columns: ['¦'] } },"),
    'secret',
  ],
  [
    'a text in `groupBy`',
    inApp("views: { A: { type: 'kanban', route: '/a', entity: 'Task', groupBy: '¦' } },"),
    'title',
  ],
  [
    'a text in `dateField`',
    inApp("views: { A: { type: 'calendar', route: '/a', entity: 'Task', dateField: '¦' } },"),
    'title',
  ],
  ['anything but a relation to the user in `owner`', inEntity("owner: '¦'"), 'text'],
  ['anything in a comment', inEntity('// ¦'), 'permissions'],
  ['anything behind a value', inEntity("owner: 'task' ¦"), 'permissions'],
  ['anything where a text ends', inEntity(`permissions: { read: "task.status == 'todo'¦" }`), 'todo'],
])('not %s', (_, marked, absent) => expect(labels(marked)).not.toContain(absent))

test('the right text is replaced', () => {
  expect(taken(inEntity("indexes: [['ta¦sk']]"), 'text')).toContain("indexes: [['text']]")
  expect(taken(inEntity('perm¦'), 'permissions')).toContain('permissions: { $0 } }')
  expect(taken(inEntity("ow¦: 'task'"), 'owner')).toContain("owner: 'task'")
  expect(taken(inEntity("'ow¦': 'task'"), 'owner')).toContain("'owner': 'task'")
  expect(taken(inEntity('¦ label: "x"'), 'permissions')).toContain('permissions: { $0 }, label: "x"')
  expect(taken(inEntity("permissions: { read: 'task.st¦xx == 1' }"), 'status')).toContain("read: 'task.status == 1'")
  expect(taken(inEntity("permissions: { read: 'task.status == ¦' }"), '"todo"')).toContain(
    `read: 'task.status == "todo"'`,
  )
  expect(taken(inEntity('permissions: { read: "task.status == ¦" }'), "'todo'")).toContain(
    `read: "task.status == 'todo'"`,
  )
  expect(taken(inEntity("permissions: { read: 'task.status == \\'¦\\' && owner' }"), 'todo')).toContain(
    "read: 'task.status == \\'todo\\' && owner'",
  )
  expect(taken(app('Note: { fields: { x: { type: ¦ } } }'), "'string'")).toContain("type: 'string' }")
})

test('a space asks behind an operator, and nowhere else', () => {
  expect(labels(inEntity("permissions: { read: 'task.status == ¦' }"), ' ')).toContain('"todo"')
  expect(labels(inEntity("permissions: { read: 'authenticated && ¦' }"), ' ')).toContain('user')
  expect(labels(inEntity("permissions: { read: 'authenticated ¦' }"), ' ')).toEqual([])
  expect(labels(inEntity("label: 'A note ¦'"), ' ')).toEqual([])
  expect(labels(inEntity(' ¦'), ' ')).toEqual([])
  expect(labels(inEntity("label: 'A note.¦'"), '.')).toEqual([])
})

test('no label is proposed twice, anywhere in the examples, and nothing throws', () => {
  for (const name of ['tasks', 'blog', 'crm']) {
    const files = exampleFiles(name)
    const snapshot = snapshotOf(files)
    for (const [file, text] of files) {
      for (let offset = 0; offset < text.length; offset += 3) {
        const found = completionsAt(snapshot, file, offset).map(({ label }) => label)
        expect(new Set(found).size, `${file} ${text.slice(offset - 30, offset)}¦`).toBe(found.length)
      }
    }
  }
})

test('over the protocol: kind, edit, snippet', async () => {
  const client = await startServer({
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  })
  const { text, offset } = cursorIn(inEntity("permissions: { read: 'task.sta¦' }"))
  client.open('app.truth.ts', text)
  const before = text.slice(0, offset).split('\n')
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  const items = await client.request<{ label: string; textEdit: object }[]>('textDocument/completion', {
    textDocument: { uri: client.uri('app.truth.ts') },
    position,
  })
  const range = { start: { ...position, character: position.character - 3 }, end: position }
  expect(items.find(({ label }) => label === 'status')).toMatchObject({
    kind: 5,
    detail: 'an enum (todo, done), may be missing',
    textEdit: { range, newText: 'status' },
  })
  await client.stop()
})

test('in `emits` and `emit` stand the events of others, and none of the runtime', () => {
  const again = "workflows: { a: { trigger: 'task.finished', actions: [{ type: 'emit', event: 'task.again' }] } },"
  const emits = inApp(again).replace("emits: 'task.finished'", "emits: 'task.fin¦'")
  expect(labels(emits)).toEqual(['task.again'])
  expect(labels(emits.replace("'task.fin¦'", "['task.finished', '¦']"))).toEqual(['task.again'])
  expect(labels(inApp(again.replace("'task.again'", "'task.a¦'")))).toEqual(['task.finished'])
})
