// Slips of the pen, as whole files, with what the first fix makes of them.

import { app } from './world.ts'

type Slip = readonly [name: string, text: string, expected: string]

const rule = (written: string): string => app(written)
const behavior = (rest: string, more = ''): string =>
  app("'authenticated'")
    .replace("set: { status: 'done' }, requires: \"owner && status != 'done'\"", rest)
    .replace(
      "permissions: { read: 'authenticated' },\n      behaviors",
      `permissions: { read: 'authenticated'${more} },\n      behaviors`,
    )
const view = (more: string): string => app("'authenticated'").replace("groupBy: 'status'", `groupBy: 'status', ${more}`)
const query = (text: string): string => view(`data: ${JSON.stringify(text)}`)
const field = (text: string): string => app("'authenticated'").replace("due: 'date',", `due: 'date', ${text},`)
const entity = (text: string): string => app("'authenticated'", `\n    ${text},`)
const workflow = (text: string): string =>
  app("'authenticated'").replace(/\}\)\n$/, `  workflows: { greet: ${text} },\n})\n`)

export const slips: readonly Slip[] = [
  ['a method', rule(`"title.startWith('x')"`), `"title.startsWith('x')"`],
  ['a method of related rows', rule(`"team.members.sme(m => m == user)"`), 'team.members.some('],
  ['a method without its call', rule(`"title.trim == 'x'"`), `"title.trim() == 'x'"`],
  ['a property that is called', rule(`"title.length() > 2"`), `"title.length > 2"`],
  ['the clock of JavaScript', rule(`"createdAt < Date.now()"`), `"createdAt < now()"`],
  ['a new clock of JavaScript', rule(`"createdAt < new Date()"`), `"createdAt < now()"`],
  ['an option in single quotes', rule(`'status == "don"'`), `'status == "done"'`],
  ['a role without quotes, in single quotes', rule(`'admin'`), `'user.role == "admin"'`],
  ['a role without quotes, in backticks', rule('`admin`'), "`user.role == 'admin'`"],
  [
    'a method in a template',
    workflow(`{ trigger: 'Task.created', actions: [{ type: 'log', message: '\${entity.title.trm()}' }] }`),
    '${entity.title.trim()}',
  ],
  ['a method in a query', query("Task where title.startWith('x')"), "title.startsWith('x')"],
  ['`owner` in a query', query('Task where ownr'), 'Task where owner'],
  ['`where`', query("Task wher status == 'todo'"), `Task where status == 'todo'`],
  ['`order by`', query("Task where status == 'todo' ordr by title"), `'todo' order by title`],
  ['`order` alone', query("Task where status == 'todo' order title"), `'todo' order by title`],
  ['`orderby`', query('Task orderby title'), 'Task order by title'],
  ['`sort by`', query('Task sort by title'), 'Task order by title'],
  ['`limit`', query('Task order by title desc limti 5'), 'title desc limit 5'],
  ['a direction', query('Task order by title descending'), 'order by title desc"'],
  [
    'an option as a default',
    field(`level: { type: 'enum', options: ['low', 'high'], default: 'hgih' }`),
    `default: 'high'`,
  ],
  [
    'one of several defaults',
    field(`levels: { type: 'enum', many: true, options: ['low', 'high'], default: ['low', 'hgih'] }`),
    `default: ['low', 'high']`,
  ],
  [
    'an option that holds a quote',
    field(`level: { type: 'enum', options: ['yes', "won't"], default: 'wont' }`),
    `default: 'won\\'t'`,
  ],
  ['an option that is set', behavior(`set: { status: 'dnoe' }, requires: 'owner'`), `set: { status: 'done' }`],
  ['an option far from all', behavior(`set: { status: 'finished' }, requires: 'owner'`), `set: { status: 'todo' }`],
  ['an ability', behavior(`set: { status: 'done' }, requires: 'canFinish'`), `requires: 'user.canFinish'`],
  ['an ability among others', rule(`"owner || canRead"`), `"owner || user.canRead"`],
  [
    'an ability that the permission grants',
    behavior(`set: { status: 'done' }, requires: 'canFinish'`, `, finish: 'owner'`),
    `finish: { set: { status: 'done' }, emits: 'task.done' }`,
  ],
  ['a field of the user', rule(`"user.isBoss"`), `isBoss: { type: 'boolean', readonly: true },`],
  ['a field that is compared', rule(`"prio > 3"`), `prio: { type: 'integer' },`],
  [
    'a field that is set',
    behavior(`set: { status: 'done', finished: 'now' }, requires: 'owner'`),
    `finished: { type: 'datetime' },`,
  ],
  [
    'an entity of accounts',
    `export default { name: 'A', settings: { auth: { entity: 'Member' } }, entities: { Note: { fields: { text: 'string' }, permissions: { read: true } } } }`,
    `Member: { fields: { email: 'string' }`,
  ],
  ['a number as a text', field(`code: { type: 'string', maxLength: '20' }`), `maxLength: 20`],
  ['a flag as a text', field(`code: { type: 'string', required: 'yes' }`), `required: true`],
  [
    'a key of other types',
    field(`code: { type: 'string', max: 3, label: 'Code' }`),
    `code: { type: 'string', label: 'Code' }`,
  ],
  ['the last key, of other types', field(`code: { type: 'string', max: 3 }`), `code: { type: 'string', }`],
  [
    'permissions that are empty',
    entity(`Bug: { fields: { a: 'string' }, permissions: {} }`),
    `permissions: { create: 'authenticated', read: 'authenticated'`,
  ],
  [
    'a read permission',
    entity(`Bug: { fields: { a: 'string' }, permissions: { update: 'authenticated' } }`),
    `permissions: { read: 'authenticated', update: 'authenticated' }`,
  ],
  ['a route', view(`title: 'x'`).replace("route: '/b', ", ''), `{ route: '/board', type: 'kanban'`],
  [
    'a short key',
    app("'authenticated'")
      .replace('export default', "const permisions = { read: 'authenticated' } as const\nexport default")
      .replace("permissions: { read: 'authenticated' } },\n    Task", 'permisions },\n    Task'),
    '}, permissions: permisions }',
  ],
  ['a route without its slash', view(`title: 'x'`).replace("route: '/b', ", "route: 'b', "), `route: '/b', `],
  [
    'a detail without a route',
    app("'authenticated'").replace('Board: {', "TaskPage: { type: 'detail', entity: 'Task' }, Board: {"),
    `{ route: '/task-page/:id', type`,
  ],
  [
    'the entity of a view',
    view(`title: 'x'`).replace("entity: 'Task', ", '').replace('Board: {', 'Tasks: {'),
    `Tasks: { entity: 'Task', type`,
  ],
  [
    'the type of a view of nothing',
    view(`title: 'x'`)
      .replace("type: 'kanban', route: '/b', entity: 'Task', groupBy: 'status', ", "route: '/b', ")
      .replace('Board: {', 'Teams: {'),
    `Teams: { type: 'list', entity: 'Team', route: '/b'`,
  ],
  ['the type of a field', field(`code: { required: true }`), `code: { type: 'string', required: true }`],
  ['the end of a relation', field(`team2: { type: 'relation' }`), `team2: { to: 'Team', type: 'relation' }`],
  ['a trigger', workflow(`{ actions: [{ type: 'log', message: 'x' }] }`), `greet: { trigger: 'User.created', actions`],
  [
    'the type of an action',
    workflow(`{ trigger: 'Task.created', actions: [{ url: 'https://example.org' }] }`),
    `[{ type: 'webhook', url`,
  ],
  [
    'an action of nothing',
    workflow(`{ trigger: 'Task.created', actions: [{}] }`),
    `[{ type: 'log', message: 'It happened' }]`,
  ],
  [
    'the row of an action',
    workflow(`{ trigger: 'Task.created', actions: [{ type: 'delete', entity: 'Task' }] }`),
    "[{ id: '${entity.id}', type: 'delete'",
  ],
]
