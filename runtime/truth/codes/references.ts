// T3xxx: names that refer to something else in the file.

import { entities, error, task, warning } from './example.ts'

const user = `User: { fields: { email: 'string' }, permissions: { read: 'authenticated' } },`
const relation = (to: string): string =>
  entities(
    `${user}\nTask: { fields: { title: 'string', assignee: { type: 'relation', to: '${to}' } }, permissions: { read: true } },`,
  )
const withView = (view: string): string =>
  entities(
    `Task: { fields: { title: 'string', secretNote: { type: 'string', secret: true } }, permissions: { read: true } },`,
    `views: {\n  ${view}\n},`,
  )

export const referenceCodes = {
  unknownEntity: error(
    'T3001',
    'Unknown entity',
    'The name is not one of the entities of this app.',
    relation('Usr'),
    relation('User'),
  ),
  unknownField: error(
    'T3002',
    'Unknown field',
    'The name is not one of the fields of the entity.',
    task(`title: 'string'`, `indexes: [['titel']],`),
    task(`title: 'string'`, `indexes: [['title']],`),
  ),
  badInverse: error(
    'T3003',
    'Inverse does not point back',
    'The field named by `inverse` must be a relation back to this entity.',
    entities(
      `${user}\nTask: { fields: { comments: { type: 'relation', to: 'Comment', many: true, inverse: 'author' } }, permissions: { read: true } },\nComment: { fields: { author: { type: 'relation', to: 'User' } }, permissions: { read: true } },`,
    ),
    entities(
      `Task: { fields: { comments: { type: 'relation', to: 'Comment', many: true, inverse: 'task' } }, permissions: { read: true } },\nComment: { fields: { task: { type: 'relation', to: 'Task' } }, permissions: { read: true } },`,
    ),
  ),
  relationCycle: error(
    'T3004',
    'Required relations in a circle',
    'Each of these rows needs another one to exist first, so none can ever be created. Make one of the relations optional.',
    entities(
      `A: { fields: { b: { type: 'relation', to: 'B', required: true } }, permissions: { read: true } },\nB: { fields: { a: { type: 'relation', to: 'A', required: true } }, permissions: { read: true } },`,
    ),
    entities(
      `A: { fields: { b: { type: 'relation', to: 'B' } }, permissions: { read: true } },\nB: { fields: { a: { type: 'relation', to: 'A', required: true } }, permissions: { read: true } },`,
    ),
  ),
  unfitValue: error(
    'T3005',
    'Value does not fit the field',
    'A behavior or an action sets a field to a value that the field would not accept.',
    task(
      `status: { type: 'enum', options: ['todo', 'done'] }`,
      `behaviors: { finish: { set: { status: 'finished' }, requires: 'authenticated' } },`,
    ),
    task(
      `status: { type: 'enum', options: ['todo', 'done'] }`,
      `behaviors: { finish: { set: { status: 'done' }, requires: 'authenticated' } },`,
    ),
  ),
  unknownEvent: error(
    'T3006',
    'Nobody emits this event',
    'A workflow starts on `Entity.created`, `.updated`, `.deleted`, where rows are deleted softly `.restored`, on an event that a behavior or an action emits, or on a `schedule`.',
    entities(
      `Task: { fields: { title: 'string' }, permissions: { read: true } },`,
      `workflows: { note: { trigger: 'Task.creatd', actions: [{ type: 'log', message: 'new' }] } },`,
    ),
    entities(
      `Task: { fields: { title: 'string' }, permissions: { read: true } },`,
      `workflows: { note: { trigger: 'Task.created', actions: [{ type: 'log', message: 'new' }] } },`,
    ),
  ),
  routeTaken: error(
    'T3007',
    'Two views on one route',
    'Two views answer the same address (the names of parameters do not tell them apart), one takes an address that the runtime needs, or no browser can ask for it.',
    withView(
      `A: { type: 'list', route: '/tasks', entity: 'Task' },\n  B: { type: 'list', route: '/tasks', entity: 'Task' },`,
    ),
    withView(`A: { type: 'list', route: '/tasks', entity: 'Task' },`),
  ),
  routeWithoutId: error(
    'T3008',
    'Route lacks :id',
    'A view of one row must say which one: its route needs `:id`.',
    withView(`One: { type: 'detail', route: '/one', entity: 'Task' },`),
    withView(`One: { type: 'detail', route: '/one/:id', entity: 'Task' },`),
  ),
  pathTaken: error(
    'T3009',
    'Two entities with one path or table',
    'Each entity needs its own URL segment and its own table, regardless of case, and neither may be one that the runtime uses itself.',
    entities(
      `Task: { fields: { title: 'string' }, permissions: { read: true } },\nJob: { path: 'tasks', fields: { title: 'string' }, permissions: { read: true } },`,
    ),
    entities(
      `Task: { fields: { title: 'string' }, permissions: { read: true } },\nJob: { path: 'jobs', fields: { title: 'string' }, permissions: { read: true } },`,
    ),
  ),
  unknownAction: error(
    'T3010',
    'Unknown action',
    'Permissions are for `create`, `read`, `update`, `delete` and the behaviors of the entity. The `actions` of a page are behaviors, `create`, `update` and `delete`.',
    entities(`Task: { fields: { title: 'string' }, permissions: { raed: true } },`),
    entities(`Task: { fields: { title: 'string' }, permissions: { read: true } },`),
  ),
  secretShown: error(
    'T3011',
    'Secret field in the interface',
    'A secret field never leaves the server, so a view cannot show, group, filter or sort by it.',
    withView(`All: { type: 'list', route: '/all', entity: 'Task', columns: ['title', 'secretNote'] },`),
    withView(`All: { type: 'list', route: '/all', entity: 'Task', columns: ['title'] },`),
  ),
  badOwner: error(
    'T3012',
    'Owner is not a user',
    'The `owner` of an entity is a to-one relation to the auth entity.',
    task(`title: 'string'`, `owner: 'title',`),
    entities(
      `${user}\nTask: { owner: 'assignee', fields: { title: 'string', assignee: { type: 'relation', to: 'User' } }, permissions: { read: true } },`,
    ),
  ),
  noActor: error(
    'T3013',
    'No such auth entity',
    'People sign in as rows of the auth entity: the one that `settings.auth.entity` names, else `User`. It needs a field `email` of type string.',
    entities(`User: { fields: { name: 'string' }, permissions: { read: 'authenticated' } },`),
    entities(user),
  ),
  nameTaken: error(
    'T3014',
    'Name is taken',
    'A behavior or a computed field has the name of a field, or of an action that exists anyway.',
    task(`title: 'string'`, `behaviors: { update: { set: { title: 'x' }, requires: 'authenticated' } },`),
    task(`title: 'string'`, `behaviors: { rename: { set: { title: 'x' }, requires: 'authenticated' } },`),
  ),
  wrongFieldKind: error(
    'T3015',
    'Field of the wrong type',
    'The field exists, but this place needs one of another type: `groupBy` an enum, a relation or a boolean, `dateField` a date.',
    withView(`Plan: { type: 'calendar', route: '/plan', entity: 'Task', dateField: 'title' },`),
    withView(`Board: { type: 'list', route: '/plan', entity: 'Task' },`),
  ),
  ownEvent: error(
    'T3017',
    'Event of the runtime',
    'The runtime itself emits `Entity.created` and the like when a row was made or changed, with that row. Whoever listens relies on it, so behaviors and actions emit events of other names.',
    task(
      `title: 'string'`,
      `behaviors: { file: { set: { title: 'x' }, requires: 'authenticated', emits: 'Task.created' } },`,
    ),
    task(
      `title: 'string'`,
      `behaviors: { file: { set: { title: 'x' }, requires: 'authenticated', emits: 'task.filed' } },`,
    ),
  ),
  linksNotYet: error(
    'T3016',
    'Links are not known yet',
    'The links of a many-to-many relation are written after the rule was decided, so a rule about a new row, or about the row as it will be, cannot look at them. Link through an entity of its own, whose `create` rule says who may.',
    entities(
      `${user}\nRoom: { fields: { name: 'string', members: { type: 'relation', to: 'User', many: true } }, permissions: { read: true, create: 'user in members' } },`,
    ),
    entities(
      `${user}\nRoom: { fields: { name: 'string', members: { type: 'relation', to: 'User', many: true } }, permissions: { read: true, create: 'authenticated', update: 'user in members' } },`,
    ),
  ),
  nothingShown: warning(
    'T3018',
    'View that shows nothing',
    'No page is made of a `custom` view: it is there for programs of your own that read the file. A dashboard shows the `metrics` (figures) and `widgets` (rows) that it is given, a calendar rows that have a date.',
    withView(`Start: { type: 'dashboard', route: '/start' },`),
    withView(`Start: { type: 'dashboard', route: '/start', metrics: { tasks: 'Task' } },`),
  ),
} as const
