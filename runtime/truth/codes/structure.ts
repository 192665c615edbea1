// T2xxx: structure. Keys, values, field kinds.

import { entities, error, information, task, warning } from './example.ts'

const scheduled = (line: string): string =>
  entities(
    `Task: { fields: { title: 'string' }, permissions: { read: true } },`,
    `workflows: { remind: { trigger: 'schedule', schedule: '${line}', actions: [{ type: 'log', message: 'Good morning' }] } },`,
  )

const taskOfTeam = (relation: string): string =>
  entities(
    `Team: { fields: { name: 'string' }, permissions: { read: true } },\nTask: { fields: { team: ${relation} }, permissions: { read: true } },`,
  )

export const structureCodes = {
  unknownKey: error(
    'T2001',
    'Unknown key',
    'This key means nothing here. Often it is a slip of the pen, or the key belongs one level up or down.',
    task(`title: { type: 'string', requird: true }`),
    task(`title: { type: 'string', required: true }`),
  ),
  missingKey: error(
    'T2002',
    'Missing key',
    'A key that must be there is not.',
    entities(`Task: { permissions: { read: true } },`),
    task(`title: 'string'`),
  ),
  wrongValue: error(
    'T2003',
    'Wrong type of value',
    'The value is of another type than the key takes.',
    task(`title: { type: 'string', required: 'yes' }`),
    task(`title: { type: 'string', required: true }`),
  ),
  duplicateKey: error(
    'T2004',
    'Duplicate key',
    'An object has the same key twice. JavaScript would silently keep the last one.',
    task(`title: 'string', title: 'text'`),
    task(`title: 'string', body: 'text'`),
  ),
  badName: error(
    'T2005',
    'Bad name',
    'Names of entities, fields, behaviors, views and workflows start with a letter and hold only ASCII letters, digits and `_`, at most 60 characters. Reserved words of SQL and JavaScript are fine.',
    task(`'due date': 'date'`),
    task(`dueDate: 'date'`),
  ),
  unknownType: error(
    'T2006',
    'Unknown field type',
    'Fields are of type string, text, number, integer, boolean, date, datetime, json, uuid, enum or relation.',
    task(`title: { type: 'sting' }`),
    task(`title: { type: 'string' }`),
  ),
  notAnOption: error(
    'T2007',
    'Not one of the choices',
    'The key takes one of a few words, and this is none of them.',
    task(`email: { type: 'string', format: 'mail' }`),
    task(`email: { type: 'string', format: 'email' }`),
  ),
  badOptions: error(
    'T2008',
    'Bad options',
    'An enum needs a list of at least one option; options are non-empty texts and each stands once.',
    task(`status: { type: 'enum', options: ['todo', 'done', 'todo'] }`),
    task(`status: { type: 'enum', options: ['todo', 'done'] }`),
  ),
  badDefault: error(
    'T2009',
    'Default does not fit',
    'The default must be a value that the field itself would accept. `now` is for dates, `user` for relations to the auth entity, `auto` for uuid.',
    task(`status: { type: 'enum', options: ['todo', 'done'], default: 'open' }`),
    task(`status: { type: 'enum', options: ['todo', 'done'], default: 'todo' }`),
  ),
  emptyRange: error(
    'T2010',
    'No value can fit',
    'The lower bound is above the upper one, or two settings of the field contradict each other, so that no value is ever accepted.',
    task(`rank: { type: 'integer', min: 10, max: 1 }`),
    task(`rank: { type: 'integer', min: 1, max: 10 }`),
  ),
  badPattern: error(
    'T2011',
    'Pattern is not a regular expression',
    'The pattern must be a valid JavaScript regular expression (with the `u` flag). It is matched against the whole value.',
    task(`code: { type: 'string', pattern: '[A-Z' }`),
    task(`code: { type: 'string', pattern: '[A-Z]+' }`),
  ),
  slowPattern: error(
    'T2012',
    'Pattern can take forever',
    'Some input makes this regular expression try an exponential number of ways, so that one request could stop the server. Avoid repeating something that itself repeats.',
    task(`code: { type: 'string', pattern: '(a+)+b' }`),
    task(`code: { type: 'string', pattern: 'a+b' }`),
  ),
  misplacedKey: error(
    'T2013',
    'Key does not apply to this type',
    'The key exists, but says nothing about fields of this type.',
    task(`title: { type: 'string', max: 200 }`),
    task(`title: { type: 'string', maxLength: 200 }`),
  ),
  systemField: error(
    'T2014',
    'Field is set by the runtime',
    '`id` (uuid), `createdAt` and `updatedAt` (datetime) exist on every entity. They may be declared with the same type, which changes nothing, but not with another. `deletedAt` exists where rows are deleted softly: it may be declared as a read-only `datetime`, to show it and to ask for it.',
    task(`id: 'integer', title: 'string'`),
    task(`id: 'uuid', title: 'string'`),
  ),
  passwordField: information(
    'T2015',
    'Password is not a column',
    'A field called `password` on the auth entity sets the credential. It is hashed into a table of the runtime and never stored or shown with the entity.',
    entities(`User: { fields: { email: 'string', password: 'string' }, permissions: { read: 'entity == user' } },`),
    entities(`User: { fields: { email: 'string' }, permissions: { read: 'entity == user' } },`),
  ),
  neverSet: warning(
    'T2016',
    'Required field that nobody can set',
    'The field is required and read-only and has no default, so no row can ever be created.',
    task(`code: { type: 'string', required: true, readonly: true }`),
    task(`code: { type: 'string', required: true, readonly: true, default: 'none' }`),
  ),
  neverNull: error(
    'T2019',
    'Required relation that should be emptied',
    'With `onDelete: setNull` the relation is emptied when the row that it leads to is deleted, but one that is required is never empty.',
    taskOfTeam(`{ type: 'relation', to: 'Team', required: true, onDelete: 'setNull' }`),
    taskOfTeam(`{ type: 'relation', to: 'Team', onDelete: 'setNull' }`),
  ),
  hiddenName: warning(
    'T2017',
    'Field with the name of a built-in',
    'In expressions the bare name is the built-in value; the field is reached through `entity`, as in `entity.user`. A field `owner` that is the owner relation is no clash: both are the same thing.',
    entities(
      `User: { fields: { email: 'string' }, permissions: { read: true } },\nSeat: { fields: { user: { type: 'relation', to: 'User' } }, permissions: { read: 'entity.user == user' } },`,
    ),
    entities(
      `User: { fields: { email: 'string' }, permissions: { read: true } },\nSeat: { fields: { member: { type: 'relation', to: 'User' } }, permissions: { read: 'member == user' } },`,
    ),
  ),
  badSchedule: error(
    'T2018',
    'Schedule is no cron line',
    'A cron line has five parts, minute, hour, day of the month, month and day of the week, and names a time that comes. `@daily` and the like are fine. The time is UTC.',
    scheduled('0 25 * * *'),
    scheduled('0 8 * * *'),
  ),
} as const
