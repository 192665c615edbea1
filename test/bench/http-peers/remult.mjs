// Remult 3 on Hono and better-sqlite3: the tasks example as an entity, its permissions as functions of the row.

import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Allow, describeClass, Entity, Fields, remult, SqlDatabase, Validators } from 'remult'
import { BetterSqlite3DataProvider } from 'remult/remult-better-sqlite3'
import { remultApi } from 'remult/remult-hono'
import { v7 as newId } from 'uuid'
import { db, port, userOf } from './open.mjs'

// Every refusal would be written to the console with its stack, which is not what is compared.
console.error = () => {}

class Task {}

const mayChange = (task) => {
  const { user } = remult
  return !!user && (task.createdBy === user.id || task.assignee === user.id || user.role === 'manager')
}
const nullable = { allowNull: true }
/** Set by the server alone. */
const own = (value, always) =>
  Fields.string({
    allowApiUpdate: false,
    saving: (_, field, { isNew }) => {
      if (isNew || always) field.value = value()
    },
  })
const now = () => new Date().toISOString()

describeClass(
  Task,
  Entity('tasks', {
    dbName: 'Task',
    allowApiRead: Allow.authenticated,
    allowApiInsert: Allow.authenticated,
    allowApiUpdate: mayChange,
    allowApiDelete: false,
    defaultOrderBy: { id: 'asc' },
  }),
  {
    id: Fields.id({ idFactory: newId }),
    title: Fields.string({ validate: [Validators.required(), Validators.maxLength(200)] }),
    status: Fields.literal(() => ['todo', 'doing', 'done', 'archived'], { defaultValue: () => 'todo' }),
    dueDate: Fields.string(nullable),
    assignee: Fields.string(nullable),
    createdBy: own(() => remult.user.id),
    createdAt: own(now),
    updatedAt: own(now, true),
  },
)

const api = remultApi({
  entities: [Task],
  dataProvider: new SqlDatabase(new BetterSqlite3DataProvider(db)),
  ensureSchema: false,
  getUser: async (c) => userOf(c.req.header('authorization')),
})
const app = new Hono().route('/', api)
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, (info) =>
  console.log(`Ready http://127.0.0.1:${info.port}`),
)
