// Changes of an app that the rows of its table stand in the way of, and what is said then: the table has three rows.

import type { Refusal } from '../../runtime/database/apply.ts'
import type { App } from '../../runtime/truth/app.ts'
import { type SmallEntity, type SmallField, smallApp } from '../helpers/small-app.ts'

export type Fields = { readonly [name: string]: SmallField }

export const before: Fields = {
  title: { required: true },
  done: { type: 'boolean' },
  count: { type: 'integer' },
  of: { to: 'User' },
}
export const users: SmallEntity = { fields: {} }
export const appOf = (fields: Fields, more: Partial<SmallEntity> = {}): App =>
  smallApp({ User: users, Group: users, Task: { fields, ...more } })

type Case = [what: string, fields: Fields, refusals: readonly Refusal[], more?: Partial<SmallEntity>]

const newDatabase = 'or start with a new database; changing stored columns comes with migrations.'
const giveBack = (name: string): string => `Give Task.${name} its former declaration, ${newDatabase}`
const has = ', and Task has 3 rows.'

/** What changed, the fields then, and the refusals. */
export const cases: readonly Case[] = [
  [
    'a field of another type',
    { ...before, count: { type: 'number' } },
    [{ message: `Column Task.count is INTEGER in the database, but REAL in the app${has}`, fix: giveBack('count') }],
  ],
  [
    'a boolean that becomes an integer',
    { ...before, done: { type: 'integer' } },
    [
      {
        message: `Column Task.done holds a boolean in the database, but numbers in the app${has}`,
        fix: giveBack('done'),
      },
    ],
  ],
  [
    'an integer that becomes a boolean',
    { ...before, count: { type: 'boolean' } },
    [
      {
        message: `Column Task.count holds numbers in the database, but a boolean in the app${has}`,
        fix: giveBack('count'),
      },
    ],
  ],
  [
    'a field that becomes required',
    { ...before, count: { type: 'integer', required: true } },
    [
      {
        message: `Column Task.count is optional in the database, but required in the app${has}`,
        fix: giveBack('count'),
      },
    ],
  ],
  [
    'a field that becomes optional',
    { ...before, title: {} },
    [
      {
        message: `Column Task.title needs a value in the database, but is optional in the app${has}`,
        fix: giveBack('title'),
      },
    ],
  ],
  [
    'a relation to another entity',
    { ...before, of: { to: 'Group' } },
    [
      {
        message: `Column Task.of refers to User (on delete: restrict) in the database, but refers to Group (on delete: restrict) in the app${has}`,
        fix: giveBack('of'),
      },
    ],
  ],
  [
    'a relation with another end',
    { ...before, of: { to: 'User', onDelete: 'cascade' } },
    [
      {
        message: `Column Task.of refers to User (on delete: restrict) in the database, but refers to User (on delete: cascade) in the app${has}`,
        fix: giveBack('of'),
      },
    ],
  ],
  [
    'a relation that becomes a text',
    { ...before, of: { index: true } },
    [
      {
        message: `Column Task.of refers to User (on delete: restrict) in the database, but refers to no table in the app${has}`,
        fix: giveBack('of'),
      },
    ],
  ],
  [
    'a new required field without a default',
    { ...before, note: { required: true } },
    [
      {
        message: `The new column Task.note is required and has no default${has}`,
        fix: 'Give `note` a `default`, or make it optional.',
      },
    ],
  ],
  [
    'a new required relation',
    { ...before, by: { to: 'User', required: true } },
    [{ message: `The new column Task.by is required and has no default${has}`, fix: 'Make `by` optional.' }],
  ],
  [
    'a required field that is no longer declared',
    { done: { type: 'boolean' }, count: { type: 'integer' }, of: { to: 'User' } },
    [
      {
        message: `Column Task.title needs a value in each new row, but the app no longer declares it${has}`,
        fix: `Declare \`title\` on Task again, ${newDatabase}`,
      },
    ],
  ],
  [
    'a field that was renamed',
    { ...before, amount: { type: 'integer', renamedFrom: 'count' } },
    [
      {
        message: `Column Task.amount is to be the column count of before, but renaming is not supported yet${has}`,
        fix: 'Keep the name `count`, or leave `renamedFrom` out to begin with an empty column.',
      },
    ],
  ],
  [
    'several, all told at once, beside what could be added',
    { ...before, title: {}, count: { type: 'number' }, extra: { index: true } },
    [
      {
        message: `Column Task.title needs a value in the database, but is optional in the app${has}`,
        fix: giveBack('title'),
      },
      { message: `Column Task.count is INTEGER in the database, but REAL in the app${has}`, fix: giveBack('count') },
    ],
  ],
]

/** Only rows stand in their way, so an empty table just gets them. */
export const rowCases: readonly Case[] = [
  [
    'a unique field whose values occur twice',
    { ...before, title: { required: true, unique: true } },
    [
      {
        message: 'Task.title must be unique now, but 2 rows share their value with another.',
        fix: 'Change these rows, or leave `unique` out.',
      },
    ],
  ],
  [
    'fields unique together whose values occur twice, beside one that is fine',
    { ...before, note: { unique: true } },
    [
      {
        message: 'Task.done and Task.count must be unique now, but 2 rows share their value with another.',
        fix: 'Change these rows, or leave `unique` out.',
      },
    ],
    { unique: [['done', 'count']] },
  ],
]
