// What the typed client does with rows beyond reading and writing one: batches, conditions, sums, and what streams.

import { type Change, createClient, type Row } from 'truthfile/client'
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import type tasks from '../../examples/tasks/app.truth.ts'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'

type Tasks = typeof tasks
type Task = Row<Tasks, 'Task'>

let app: TestApp
let server: Listening
beforeAll(async () => {
  app = await startApp(example('tasks'))
  server = await listen({ service: () => app.service }, '127.0.0.1', 0)
})
afterAll(async () => {
  await server.stop()
  await app.close()
})

async function clientOf(name: string) {
  const { id, token } = await app.signUp(name)
  return { id, token, client: createClient<Tasks>(server.address, { token }) }
}

test('a batch is all or nothing, and answers as its requests would', async () => {
  const { client } = await clientOf('Ann')
  const first = await client.Task.create({ title: 'First' })
  const [changed, made, page, gone, [counted]] = await client.batch(({ Task }) => [
    Task.update(first.id, { title: 'Changed' }, { ifMatch: first }),
    Task.create({ title: 'Second' }),
    Task.list({ filter: 'owner', count: true }),
    Task.delete(first.id),
    Task.aggregate({ filter: 'owner' }),
  ])
  expectTypeOf(changed).toEqualTypeOf<Task>()
  expectTypeOf(gone).toEqualTypeOf<void>()
  expect([changed.title, made.title, page.page.total, gone, counted]).toEqual([
    'Changed',
    'Second',
    2,
    undefined,
    { count: 1 },
  ])
  const refused = client.batch(({ Task }) => [Task.update(made.id, { title: 'x' }), Task.get('none')])
  await expect(refused).rejects.toMatchObject({ status: 404, code: 'not-found' })
  expect((await client.Task.get(made.id)).title).toBe('Second')
  // The tags of its rows serve as those of others.
  expect((await client.Task.update(made.id, { title: 'Third' }, { ifMatch: made })).title).toBe('Third')
  expect(await client.batch(() => [])).toEqual([])
  const key = client.batch(({ Task }) => [Task.create({ title: 'x' }, { idempotencyKey: 'a' })])
  await expect(key).rejects.toThrow('one `idempotencyKey`')
})

test('ifMatch takes a row as this client last got it', async () => {
  const { client } = await clientOf('Bob')
  const made = await client.Task.create({ title: 'Plan' })
  const read = await client.Task.get(made.id)
  const changed = await client.Task.update(made.id, { title: 'Planned' }, { ifMatch: read })
  await expect(client.Task.update(made.id, { title: 'x' }, { ifMatch: read })).rejects.toMatchObject({ status: 412 })
  await expect(client.Task.do(made.id, 'complete', {}, { ifMatch: made })).rejects.toMatchObject({ status: 412 })
  await expect(client.Task.replace(made.id, { title: 'x' }, { ifMatch: made })).rejects.toMatchObject({ status: 412 })
  await expect(client.Task.delete(made.id, { ifMatch: made })).rejects.toMatchObject({ status: 412 })
  await expect(client.Task.update(made.id, {}, { ifMatch: { ...changed } })).rejects.toThrow('`ifMatch` takes a row')
  await client.Task.delete(made.id, { ifMatch: changed })
})

test('a key makes two tries one row; a replacement empties what it does not name', async () => {
  const { client } = await clientOf('Cid')
  const twice = [1, 2].map(() => client.Task.create({ title: 'Once' }, { idempotencyKey: 'key-1' }))
  const [one, two] = await Promise.all(twice)
  expect(one?.id).toBe(two?.id)
  const id = one?.id ?? ''
  await client.Task.update(id, { dueDate: '2026-12-24' })
  expect(await client.Task.replace(id, { title: 'Whole' })).toMatchObject({ title: 'Whole', dueDate: null })
  const never = (): unknown => [
    // @ts-expect-error `title` is required
    client.Task.replace(id, {}),
  ]
  expect(never).toBeTypeOf('function')
})

test('counts and sums, typed by what was asked for', async () => {
  const { client } = await clientOf('Dan')
  await client.batch(({ Task }) => ['a', 'b', 'c'].map((title) => Task.create({ title })))
  const [first] = (await client.Task.list({ filter: 'owner', limit: 1 })).data
  await client.Task.do(first?.id ?? '', 'complete')
  const groups = await client.Task.aggregate({ filter: 'owner', group: ['status'], max: ['title'] })
  expect(groups).toEqual([
    { group: { status: 'done' }, count: 1, max: { title: 'a' } },
    { group: { status: 'todo' }, count: 2, max: { title: 'c' } },
  ])
  type Status = 'todo' | 'doing' | 'done' | 'archived' | null
  expectTypeOf(groups[0]?.group.status).toEqualTypeOf<Status | undefined>()
  expectTypeOf(groups[0]?.max.title).toEqualTypeOf<string | null | undefined>()
  const never = (): unknown => [
    // @ts-expect-error there is no such field
    client.Task.aggregate({ group: ['colour'] }),
    // @ts-expect-error Unknown name `titel`
    client.Task.aggregate({ filter: "titel == 'x'" }),
    // @ts-expect-error nothing was grouped
    groups[0]?.avg,
  ]
  expect(never).toBeTypeOf('function')
})

test('rows of some fields, and what may be done with them', async () => {
  const { client, id: user } = await clientOf('Kim')
  const { id } = await client.Task.create({ title: 'Look' })
  const some = await client.Task.get(id, { fields: ['title'], expand: ['createdBy'], can: true })
  expect(some).toEqual({
    id,
    title: 'Look',
    createdBy: expect.objectContaining({ id: user, name: 'Kim' }),
    _can: { update: true, delete: true, complete: true },
  })
  expectTypeOf(some._can.complete).toEqualTypeOf<boolean>()
  expectTypeOf(some.createdBy?.name).toEqualTypeOf<string | undefined>()
  const { data } = await client.Task.list({ filter: 'owner', fields: ['title', 'status'] })
  expect(data).toEqual([{ id, title: 'Look', status: 'todo' }])
  expectTypeOf(data[0]).toEqualTypeOf<Pick<Task, 'id' | 'title' | 'status'> | undefined>()
  const never = (): unknown => [
    // @ts-expect-error it was not asked for
    some.status,
    // @ts-expect-error it was not asked for
    data[0]?._can,
    // @ts-expect-error there is no such field
    client.Task.list({ fields: ['titel'] }),
  ]
  expect(never).toBeTypeOf('function')
})

test('an export is every row, and can be left', async () => {
  const { client } = await clientOf('Eve')
  for (let part = 0; part < 6; part += 1)
    await client.batch(({ Task }) =>
      Array.from({ length: 100 }, (_, index) => Task.create({ title: `Täsk ${part}-${index} 🌱` })),
    )
  const titles: string[] = []
  for await (const task of client.Task.export({ filter: 'owner', sort: 'createdAt' })) titles.push(task.title)
  expect([titles.length, new Set(titles).size, titles[0]]).toEqual([600, 600, 'Täsk 0-0 🌱'])
  for await (const task of client.Task.export({ filter: 'owner', expand: ['createdBy'] })) {
    expectTypeOf(task.createdBy?.name).toEqualTypeOf<string | undefined>()
    expect(task.createdBy?.name).toBe('Eve')
    break
  }
  await expect(client.Task.export({ sort: 'nothing' }).next()).rejects.toMatchObject({ status: 400 })
})

test('changes are told, from where one was, until one leaves', async () => {
  const { client } = await clientOf('Flo')
  const heard: Change<Task>[] = []
  let id = ''
  for await (const change of client.Task.changes({ filter: 'owner' })) {
    heard.push(change)
    if (change.event === 'ready') id = (await client.Task.create({ title: 'New' })).id
    if (change.event === 'created') await client.Task.update(change.data.id, { title: 'Newer' })
    if (change.event === 'updated') await client.Task.delete(change.data.id)
    if (change.event === 'deleted') break
  }
  expect(heard.map(({ event }) => event)).toEqual(['ready', 'created', 'updated', 'deleted'])
  expect(heard.at(-1)?.data).toEqual({ id })
  const since = heard[1]?.id ?? ''
  const again = await client.Task.changes({ filter: 'owner', since }).next()
  expect(again.value).toMatchObject({ event: 'ready' })
  const stop = new AbortController()
  const stopped = client.Task.changes({}, { signal: stop.signal })
  await stopped.next()
  stop.abort()
  await expect(stopped.next()).rejects.toMatchObject({ name: 'AbortError' })
})
