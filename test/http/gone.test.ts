// A row that was deleted softly grants nothing any more, and what a behavior works out must fit its field.

import { expect, test } from 'vitest'
import { startApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Gone',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Room: {
      fields: {
        title: { type: 'string', required: true, maxLength: 5 },
        rank: { type: 'integer', max: 10 },
        head: { type: 'relation', to: 'Seat' },
        seats: { type: 'relation', to: 'Seat', many: true, inverse: 'room' },
      },
      permissions: { create: 'authenticated', read: true, update: 'seats.some(s => s.member == user)', delete: 'head.level == 1' },
      computed: { taken: 'seats.length' },
      behaviors: {
        rename: { input: { to: 'string' }, set: { title: { expr: 'input.to' } }, requires: 'authenticated' },
        raise: { set: { rank: { expr: 'coalesce(rank, 1) * 10' } }, requires: 'authenticated' },
      },
    },
    Seat: {
      softDelete: true,
      fields: { room: { type: 'relation', to: 'Room', required: true }, member: { type: 'relation', to: 'User', default: 'user' }, level: { type: 'integer', default: 1 } },
      permissions: { create: 'authenticated', read: 'authenticated', delete: 'authenticated' },
    },
  },
})
`

test('rules over soft-deleted rows, and values that do not fit', async () => {
  const app = await startApp(source)
  try {
    const ann = await app.signUp('Ann')
    const room = (await app.send('POST', '/api/rooms', { title: 'a' }, ann)).body.id
    const seat = (await app.send('POST', '/api/seats', { room }, ann)).body.id
    await app.set('Room', room, { head: seat })
    const change = async (title: string) => (await app.send('PATCH', `/api/rooms/${room}`, { title }, ann)).status
    expect(await change('b')).toBe(200)
    expect((await app.send('DELETE', `/api/seats/${seat}`, undefined, ann)).status).toBe(204)
    expect(await change('c')).toBe(403)
    expect((await app.send('GET', `/api/rooms/${room}`)).body.taken).toBe(0)
    expect((await app.send('DELETE', `/api/rooms/${room}`, undefined, ann)).status).toBe(403)

    const act = async (name: string, input: object) => app.send('POST', `/api/rooms/${room}/${name}`, input, ann)
    expect((await act('rename', { to: 'fine' })).body.title).toBe('fine')
    expect((await act('rename', { to: 'far too long' })).body).toMatchObject({
      status: 422,
      errors: [{ path: 'title' }],
    })
    expect((await act('rename', {})).body).toMatchObject({ status: 422, errors: [{ path: 'title' }] })
    expect((await act('raise', {})).body.rank).toBe(10)
    expect((await act('raise', {})).body).toMatchObject({ status: 422, errors: [{ path: 'rank' }] })
    expect((await app.send('GET', `/api/rooms/${room}`)).body).toMatchObject({ title: 'fine', rank: 10 })
  } finally {
    await app.close()
  }
})
