// Feathers 5 on Koa and Knex: a service on the table, bodies checked by a JSON schema and filled in by a resolver, the
// permission in a hook. Lists do not count all rows, as `paginate` would have them do.

import { Forbidden, NotAuthenticated } from '@feathersjs/errors'
import { feathers } from '@feathersjs/feathers'
import { KnexService } from '@feathersjs/knex'
import { bodyParser, errorHandler, koa, rest } from '@feathersjs/koa'
import { Ajv, getValidator, hooks, resolve } from '@feathersjs/schema'
import knex from 'knex'
import { v7 as newId } from 'uuid'
import { file, port, tune, userOf } from './open.mjs'

const Model = knex({
  client: 'better-sqlite3',
  connection: { filename: file },
  useNullAsDefault: true,
  pool: {
    min: 1,
    max: 1,
    afterCreate: (db, done) => {
      tune(db)
      done(null, db)
    },
  },
})

const properties = {
  title: { type: 'string', minLength: 1, maxLength: 200 },
  status: { enum: ['todo', 'doing', 'done', 'archived'] },
  dueDate: { type: ['string', 'null'] },
  assignee: { type: ['string', 'null'] },
}
const ajv = new Ajv()
const schema = (name, required) =>
  getValidator({ $id: name, type: 'object', additionalProperties: false, required, properties }, ajv)
const now = async () => new Date().toISOString()
const created = resolve({
  id: async () => newId(),
  status: async (value) => value ?? 'todo',
  createdBy: async (_, __, { params }) => params.user.id,
  createdAt: now,
  updatedAt: now,
})
const changed = resolve({ updatedAt: now })

const signedIn = async (context) => {
  context.params.user = userOf(context.params.headers?.authorization)
  if (!context.params.user) throw new NotAuthenticated()
}
const mayChange = async ({ id, service, params: { user } }) => {
  const task = await service._get(id)
  if (task.createdBy !== user.id && task.assignee !== user.id && user.role !== 'manager') throw new Forbidden()
}

const app = koa(feathers())
app.use(errorHandler())
app.use(bodyParser())
app.configure(rest())
app.use('tasks', new KnexService({ Model, name: 'Task' }), { methods: ['find', 'get', 'create', 'patch'] })
app.service('tasks').hooks({
  before: {
    all: [signedIn],
    create: [hooks.validateData(schema('Task', ['title'])), hooks.resolveData(created)],
    patch: [mayChange, hooks.validateData(schema('TaskPatch', [])), hooks.resolveData(changed)],
  },
})
const server = await app.listen(Number(port), '127.0.0.1')
const say = () => console.log(`Ready http://127.0.0.1:${server.address().port}`)
if (server.listening) say()
else server.once('listening', say)
