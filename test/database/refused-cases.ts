// Changes of an app that the rows of its table stand in the way of, and what is said then: the table has three rows.

import type { Refusal } from '../../runtime/database/apply.ts'
import type { App } from '../../runtime/truth/app.ts'
import { type SmallEntity, type SmallField, smallApp } from '../helpers/small-app.ts'

export type Fields = { readonly [name: string]: SmallField }

export const before: Fields = {
  title: { required: true },
  done: { type: 'boolean' },
  count: { type: 'integer' },
  state: { type: 'enum', options: ['open', 'shut', 'gone'] },
  of: { to: 'User' },
  all: { to: 'User', many: true },
}
export const users: SmallEntity = { fields: {} }
export const appOf = (fields: Fields, more: Partial<SmallEntity> = {}): App =>
  smallApp({ User: users, Group: users, Task: { fields, ...more } })

/** The rows of which the cases speak. */
export const rows = [
  `INSERT INTO "User" VALUES ('u'), ('v')`,
  `INSERT INTO "Task" ("id", "title", "done", "count", "state", "of") VALUES ('1', 'same', 1, 5, 'open', 'u'), ('2', 'same', 0, 6, 'gone', NULL), ('3', 'other', 0, 6, NULL, NULL)`,
  `INSERT INTO "Task.all" VALUES ('1', 'u'), ('1', 'v'), ('2', 'v')`,
]

type Case = [what: string, fields: Fields, refusals: readonly Refusal[], more?: Partial<SmallEntity>]

const lose = 'Change these rows, or run `truth migrate apply --allow-data-loss` to lose what does not fit.'

/** What changed, the fields then, and the refusals; `--allow-data-loss` permits it. */
export const lossCases: readonly Case[] = [
  [
    'a text that becomes a number',
    { ...before, title: { type: 'number' } },
    [{ message: 'Task.title is a number now, which cannot hold the values of 3 rows.', fix: lose }],
  ],
  [
    'an integer that becomes a boolean',
    { ...before, count: { type: 'boolean' } },
    [{ message: 'Task.count is true or false now, which cannot hold the values of 3 rows.', fix: lose }],
  ],
  [
    'a text that becomes a relation',
    { ...before, title: { to: 'User' } },
    [{ message: 'Task.title refers to User, where the values of 3 rows are no ids.', fix: lose }],
  ],
  [
    'a relation to another entity',
    { ...before, of: { to: 'Group' } },
    [{ message: 'Task.of refers to Group, where the values of 1 row are no ids.', fix: lose }],
  ],
  [
    'an option that is taken away while in use',
    { ...before, state: { type: 'enum', options: ['open', 'shut'] } },
    [{ message: 'Task.state is one of open, shut now, which cannot hold the values of 1 row.', fix: lose }],
  ],
  [
    'many links that become one',
    { ...before, all: { to: 'User' } },
    [{ message: 'Task.all holds one row now, but more or others are linked in 1 row.', fix: lose }],
  ],
  [
    'several, all told at once, beside what could be added',
    { ...before, title: { type: 'date' }, state: { type: 'integer' }, extra: { index: true } },
    [
      { message: 'Task.title is a date now, which cannot hold the values of 3 rows.', fix: lose },
      { message: 'Task.state is a whole number now, which cannot hold the values of 2 rows.', fix: lose },
    ],
  ],
]

/** Only a change of the app or of the rows helps. */
export const neededCases: readonly Case[] = [
  [
    'a field that becomes required, with rows that have no value',
    { ...before, state: { ...before.state, required: true } },
    [
      {
        message: 'Task.state is required now, but 1 row would have no value for it.',
        fix: 'Give `state` a `default`, or make it optional.',
      },
    ],
  ],
  [
    'a new required field without a default',
    { ...before, note: { required: true } },
    [
      {
        message: 'Task.note is required now, but 3 rows would have no value for it.',
        fix: 'Give `note` a `default`, or make it optional.',
      },
    ],
  ],
  [
    'a new required relation',
    { ...before, by: { to: 'User', required: true } },
    [
      {
        message: 'Task.by is required now, but 3 rows would have no value for it.',
        fix: 'Make `by` optional, or give these rows a value first.',
      },
    ],
  ],
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
