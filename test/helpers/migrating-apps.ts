// An app, and what it is migrated to: a rename, a table made again, a new table, links.

import { smallApp } from './small-app.ts'

const user = { fields: { name: { required: true } } } as const

export const firstApp = smallApp({
  User: user,
  Task: { fields: { title: { unique: true }, of: { to: 'User', onDelete: 'cascade' }, count: { type: 'integer' } } },
})

export const nextApp = smallApp({
  User: { fields: { name: {} } },
  Job: {
    renamedFrom: 'Task',
    fields: {
      title: { unique: true },
      of: { to: 'User', onDelete: 'restrict' },
      amount: { type: 'number', required: true, renamedFrom: 'count', default: { kind: 'value', value: 0 } },
      all: { to: 'User', many: true },
    },
  },
})
