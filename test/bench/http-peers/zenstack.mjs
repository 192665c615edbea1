// ZenStack 3 on Hono and better-sqlite3: the policy plugin decides, the RPC handler answers (the quicker of its two).

import { serve } from '@hono/node-server'
import { ZenStackClient } from '@zenstackhq/orm'
import { SqliteDialect } from '@zenstackhq/orm/dialects/sqlite'
import { PolicyPlugin } from '@zenstackhq/plugin-policy'
import { RPCApiHandler } from '@zenstackhq/server/api'
import { createHonoHandler } from '@zenstackhq/server/hono'
import { Hono } from 'hono'
import { db, port, userOf } from './open.mjs'
import { schema } from './zenstack-schema.mjs'

const client = new ZenStackClient(schema, {
  dialect: new SqliteDialect({ database: db }),
  plugins: [new PolicyPlugin()],
})
const app = new Hono()
app.use(
  '/api/*',
  createHonoHandler({
    apiHandler: new RPCApiHandler({ schema }),
    getClient: (c) => client.$setAuth(userOf(c.req.header('authorization'))),
  }),
)
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, (info) =>
  console.log(`Ready http://127.0.0.1:${info.port}`),
)
