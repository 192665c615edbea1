// T5xxx: permissions that are legal but probably not meant.

import { entities, warning } from './example.ts'

const user = `User: {\n  fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'] } },\n  permissions: { read: 'authenticated' },\n},`
const task = (permissions: string, fields = `title: 'string', createdBy: { type: 'relation', to: 'User' }`): string =>
  entities(`${user}\nTask: {\n  fields: { ${fields} },\n  permissions: { ${permissions} },\n},`)
const salaries = (permission: string): string =>
  entities(
    `${user}\nPerson: {\n  fields: { name: 'string', salary: { type: 'integer', read: "user.role == 'admin'" } },\n  permissions: { read: 'authenticated' },\n},`,
    `views: {\n  Rich: { type: 'list', route: '/rich', entity: 'Person', data: 'Person where salary > 9000'${permission} },\n},`,
  )

export const policyCodes = {
  unreachable: warning(
    'T5001',
    'Nobody can reach this entity',
    'What is not granted is denied. An entity without any permission cannot be read, created or changed through the API or the pages.',
    entities(`Task: { fields: { title: 'string' } },`),
    entities(`Task: { fields: { title: 'string' }, permissions: { read: true } },`),
  ),
  openWrite: warning(
    'T5002',
    'Anybody may write',
    'This rule is always true: everybody on the network may do this, also without signing in. Where everybody may read or create, say `true`; for changing and deleting, name who may.',
    task(`read: 'authenticated', update: 'true'`),
    task(`read: 'authenticated', update: 'owner'`),
  ),
  neverTrue: warning(
    'T5003',
    'Nobody is ever let in',
    'This rule can never be true. Write `false`, or leave the permission out, if that is meant.',
    task(`read: 'authenticated && !authenticated'`),
    task(`read: 'authenticated'`),
  ),
  updateWiderThanRead: warning(
    'T5004',
    'Rows that may be changed but not seen',
    'Somebody is allowed to change or delete a row of this entity that they are not allowed to read. A row that may not be read does not exist for its reader, so the change is answered with "not found".',
    task(`update: 'owner'`),
    task(`read: 'authenticated', update: 'owner'`),
  ),
  selfPromotion: warning(
    'T5005',
    'People can give themselves this right',
    'The rule reads a field of the user, and the same people may change that field on their own row. Guard the field with an `update` rule of its own.',
    entities(
      `User: {\n  fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'] } },\n  permissions: { read: 'authenticated', update: "user.role == 'admin' || entity == user" },\n},`,
    ),
    entities(
      `User: {\n  fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'], update: "user.role == 'admin'" } },\n  permissions: { read: 'authenticated', update: "user.role == 'admin' || entity == user" },\n},`,
    ),
  ),
  uselessTerm: warning(
    'T5006',
    'Part of a rule that makes no difference',
    'Without this part the rule decides the same in every case. Either something else is meant, or it can go.',
    task(`read: "owner || owner && title == 'a'"`),
    task(`read: "owner || title == 'a'"`),
  ),
  ownerTaken: warning(
    'T5007',
    'An owner who can be replaced',
    "Who may update a row but not do what its owner may can make themselves the owner, and then do it. Guard the field with an `update` rule, make it `immutable`, or let the runtime fill it in with `default: 'user'`.",
    task(
      `read: 'authenticated', update: "owner || user.role == 'admin'", delete: 'owner'`,
      `createdBy: { type: 'relation', to: 'User' }`,
    ),
    task(
      `read: 'authenticated', update: "owner || user.role == 'admin'", delete: 'owner'`,
      `createdBy: { type: 'relation', to: 'User', default: 'user' }`,
    ),
  ),
  whereTells: warning(
    'T5008',
    'A view that tells a hidden field',
    'The `where` of a view is the author’s word and holds for every reader, also for those from whom a field’s `read` rule hides what it asks for: they see by the rows and figures which of them meet it. Give the view a `permission` for those who may see the field, or ask for something that everybody may know.',
    salaries(''),
    salaries(`, permission: "user.role == 'admin'"`),
  ),
} as const
