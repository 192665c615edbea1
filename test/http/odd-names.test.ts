// Entities and fields may have the names of SQL's words, and of what statements call their parts.

import { expect, test } from 'vitest'
import { startApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Odd',
  entities: {
    Link: {
      fields: {
        select: { type: 'string', required: true },
        row: { type: 'integer', default: 1 },
        v: 'number',
        group: { type: 'relation', to: 'Linked', many: true },
      },
      permissions: { read: 'v > 0 || group.some(g => g.key == select)', create: true, update: 'next.v + v > 0' },
      computed: { twice: 'row * 2', order: "select + 'x'" },
    },
    Linked: { fields: { key: 'string', links: { type: 'relation', to: 'Link', many: true, inverse: 'group' } }, permissions: { read: true, create: true } },
    Order: { fields: { table: 'string', json_each: { type: 'string', many: true } }, permissions: { read: "'a' in json_each", create: true } },
  },
})
`

test('are written, read, listed and followed', async () => {
  const app = await startApp(source)
  try {
    const linked = await app.send('POST', '/api/linkeds', { key: 'k' })
    const made = await app.send('POST', '/api/links', { select: 'k', v: 0, group: [linked.body.id] })
    expect(made.body).toMatchObject({ select: 'k', row: 1, twice: 2, order: 'kx', group: [linked.body.id] })
    const { body } = await app.send('GET', '/api/links?sort=-row,select&filter=row==1')
    expect(body.data).toEqual([made.body])
    expect((await app.send('GET', `/api/linkeds/${linked.body.id}`)).body.links).toEqual([made.body.id])
    expect((await app.send('PATCH', `/api/links/${made.body.id}`, { v: 2 })).body.v).toBe(2)
    expect((await app.send('PATCH', `/api/links/${made.body.id}`, { v: -2 })).status).toBe(401)
    expect((await app.send('POST', '/api/orders', { table: 't', json_each: ['a'] })).body.table).toBe('t')
    expect((await app.send('POST', '/api/orders', { table: 't', json_each: [] })).body.table).toBeUndefined()
    expect((await app.send('GET', '/api/orders')).body.data).toHaveLength(1)
  } finally {
    await app.close()
  }
})
