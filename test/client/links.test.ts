// Links of a relation to many in the typed client: what its types take is what the server takes.

import { defineApp } from 'truthfile'
import { createClient } from 'truthfile/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const definition = defineApp({
  name: 'Links',
  entities: {
    User: { fields: { email: 'string' }, permissions: { read: true } },
    Tag: {
      fields: { name: 'string', tasks: { type: 'relation', to: 'Task', many: true, inverse: 'tags' } },
      permissions: { read: true, create: true, update: true },
    },
    Task: {
      fields: {
        title: 'string',
        tags: { type: 'relation', to: 'Tag', many: true },
        words: { type: 'string', many: true },
        first: { type: 'relation', to: 'Tag' },
      },
      permissions: { read: true, create: true, update: true },
    },
  },
})

let app: TestApp
let server: Listening
beforeAll(async () => {
  app = await startApp(
    `import { defineApp } from 'truthfile'\nexport default defineApp(${JSON.stringify(definition)})\n`,
  )
  server = await listen({ service: () => app.service }, '127.0.0.1', 0)
})
afterAll(async () => {
  await server.stop()
  await app.close()
})

test('some links are added and removed in a change, on the side that holds them', async () => {
  const { Task, Tag, batch } = createClient<typeof definition>(server.address)
  const [a, b] = await batch((b) => [b.Tag.create({ name: 'a' }), b.Tag.create({ name: 'b' })])
  const made = await Task.create({ tags: [a.id] })
  const changed = await Task.update(made.id, { tags: { add: [b.id], remove: [a.id] } })
  expect(changed.tags).toEqual([b.id])
  expect((await Tag.get(b.id)).tasks).toEqual([made.id])

  const refused = [
    // @ts-expect-error links of a new row are given whole
    Task.create({ tags: { add: [a.id] } }),
    // @ts-expect-error and so are those of a replacement
    Task.replace(made.id, { tags: { add: [a.id] } }),
    // @ts-expect-error a list of values is no relation
    Task.update(made.id, { words: { add: ['x'] } }),
    // @ts-expect-error a relation to one has no links
    Task.update(made.id, { first: { add: [a.id] } }),
    // @ts-expect-error the other side mirrors them
    Tag.update(a.id, { tasks: { add: [made.id] } }),
    // @ts-expect-error the other side mirrors them
    Tag.create({ tasks: [made.id] }),
  ]
  for (const one of refused) await expect(one).rejects.toMatchObject({ status: 422 })
})
