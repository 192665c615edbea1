// The typed client against a served app; its types are what the app declares, and `tsc` reads its filters.

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { defineApp } from 'truthfile'
import {
  ApiError,
  type CreateInput,
  createClient,
  type Expanded,
  type InferApp,
  type ReplaceInput,
  type Row,
  type UpdateInput,
} from 'truthfile/client'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type blog from '../../examples/blog/app.truth.ts'
import type tasks from '../../examples/tasks/app.truth.ts'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'

type Tasks = typeof tasks
type Blog = typeof blog

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

test('creates, lists, changes, does and deletes', async () => {
  const client = createClient<Tasks>(server.address)
  const { user } = await client.auth.signUp({ email: 'ann@example.com', name: 'Ann', password: 'correct horse' })
  const made = await client.Task.create({ title: 'Plan', dueDate: '2026-12-24' })
  expect(made).toMatchObject({ title: 'Plan', status: 'todo', createdBy: user.id })
  const { data, page } = await client.Task.list({
    filter: "status == 'todo' && owner",
    sort: '-createdAt',
    limit: 5,
    count: true,
  })
  expect([data.map(({ id }) => id), page.total]).toEqual([[made.id], 1])
  expect((await client.Task.update(made.id, { title: 'Planned' })).title).toBe('Planned')
  expect((await client.Task.do(made.id, 'complete')).status).toBe('done')
  expect((await client.Task.get(made.id)).status).toBe('done')
  await client.Task.delete(made.id)
  const gone = await client.Task.get(made.id).catch((error: unknown) => error)
  expect(gone).toBeInstanceOf(ApiError)
  expect(gone).toMatchObject({ status: 404, code: 'not-found' })
  await client.auth.signOut()
  await expect(client.Task.list()).rejects.toMatchObject({ status: 401 })
})

test('relations are sent as rows where they are expanded', async () => {
  const client = createClient<Tasks>(server.address)
  const { user } = await client.auth.signUp({ email: 'eve@example.com', name: 'Eve', password: 'correct horse' })
  const { id } = await client.Task.create({ title: 'Plan' })
  const task = await client.Task.get(id, { expand: ['createdBy', 'assignee'] })
  expect([task.createdBy?.id, task.createdBy?.name, task.assignee]).toEqual([user.id, 'Eve', null])
  const { data } = await client.Task.list({ filter: 'owner', expand: ['createdBy'] })
  expect(data.map(({ createdBy }) => createdBy?.name)).toEqual(['Eve'])
})

test('another password', async () => {
  const client = createClient<Tasks>(server.address)
  await client.auth.signUp({ email: 'flo@example.com', name: 'Flo', password: 'correct horse' })
  await client.auth.changePassword({ password: 'correct horse', newPassword: 'battery staple' })
  await client.auth.signIn({ email: 'flo@example.com', password: 'battery staple' })
  await expect(client.Task.restore('x')).rejects.toMatchObject({ status: 404, code: 'no-route' })
})

test('a refusal names the fields', async () => {
  const client = createClient<Tasks>(server.address)
  await client.auth.signUp({ email: 'bob@example.com', name: 'Bob', password: 'correct horse' })
  // @ts-expect-error `status` has no such option
  const refused = await client.Task.create({ title: '', status: 'gone' }).catch((error: unknown) => error)
  expect(refused).toMatchObject({ status: 422, code: 'validation', errors: [{ path: 'status' }] })
})

test('is small', () => {
  const size = gzipSync(readFileSync(new URL('../../dist/client.js', import.meta.url))).length
  expect(size).toBeLessThan(4096)
})

describe('types', () => {
  test('of rows', () => {
    type Task = Row<Tasks, 'Task'>
    expectTypeOf<Task['id']>().toEqualTypeOf<string>()
    expectTypeOf<Task['title']>().toEqualTypeOf<string>()
    expectTypeOf<Task['status']>().toEqualTypeOf<'todo' | 'doing' | 'done' | 'archived' | null>()
    expectTypeOf<Task['assignee']>().toEqualTypeOf<string | null>()
    expectTypeOf<Task['createdBy']>().toEqualTypeOf<string>()
    expectTypeOf<InferApp<Tasks>['Task']>().toEqualTypeOf<Task>()
    type Post = Row<Blog, 'Post'>
    expectTypeOf<Post['tags']>().toEqualTypeOf<readonly string[] | null>()
    expectTypeOf<Row<Blog, 'Tag'>['posts']>().toEqualTypeOf<readonly string[] | null>()
    // @ts-expect-error the other side of a to-one relation is not sent with a row
    type _Comments = Post['comments']
    // Who may not see a field does not get it.
    expectTypeOf<Row<Blog, 'User'>>().toExtend<{ readonly email?: string }>()
  })

  test('of what rows take', () => {
    expectTypeOf<{ title: string }>().toExtend<CreateInput<Tasks, 'Task'>>()
    expectTypeOf<CreateInput<Tasks, 'Task'>['title']>().toEqualTypeOf<string>()
    expectTypeOf<Record<never, never>>().not.toExtend<CreateInput<Tasks, 'Task'>>()
    expectTypeOf<UpdateInput<Tasks, 'Task'>['title']>().toEqualTypeOf<string | undefined>()
    type Replaced = ReplaceInput<Blog, 'User'>
    expectTypeOf<Replaced['name']>().toEqualTypeOf<string>()
    expectTypeOf<{ name: string }>().toExtend<Replaced>()
    // @ts-expect-error read-only fields are not taken
    type _Status = CreateInput<Blog, 'Post'>['status']
    // @ts-expect-error fields that are set once cannot be changed
    type _Post = UpdateInput<Blog, 'Comment'>['post']
  })

  test('of filters over users of whom the compiler knows nothing', () => {
    const settings: { readonly auth: { readonly entity: string } } = { auth: { entity: 'Member' } }
    const members = defineApp({
      name: 'Members',
      settings,
      entities: {
        User: { fields: { email: 'string' } },
        Member: { fields: { email: 'string', level: 'integer' } },
        Task: { fields: { title: 'string' }, permissions: { read: 'user.level > 3' } },
      },
    })
    const client = createClient<typeof members>('http://127.0.0.1:1')
    const never = (): unknown[] => [
      client.Task.list({ filter: 'user.level > 3' }),
      // @ts-expect-error Unknown name `titel`
      client.Task.list({ filter: "titel == 'x'" }),
    ]
    expect(never).toBeTypeOf('function')
  })

  test('of rows with others in place of ids', () => {
    type Post = Expanded<Blog, 'Post', 'comments.author' | 'author'>
    expectTypeOf<Post['title']>().toEqualTypeOf<string>()
    expectTypeOf<Post['author']>().toEqualTypeOf<Row<Blog, 'User'> | null>()
    expectTypeOf<Post['comments'][number]['author']>().toEqualTypeOf<Row<Blog, 'User'> | null>()
    expectTypeOf<Post['comments'][number]['post']>().toEqualTypeOf<string>()
    expectTypeOf<Expanded<Blog, 'Post', never>>().toEqualTypeOf<Row<Blog, 'Post'>>()
  })

  test('of filters and behaviors', () => {
    const client = createClient<Tasks>('http://127.0.0.1:1')
    const never = (): unknown[] => [
      // @ts-expect-error Unknown name `staus`
      client.Task.list({ filter: "staus == 'todo'" }),
      // @ts-expect-error 'gone' is not an option of this enum
      client.Task.list({ filter: "status == 'gone'" }),
      // @ts-expect-error a field that is no relation
      client.Task.list({ expand: ['title'] }),
      // @ts-expect-error there is no such behavior
      client.Task.do('x', 'finish'),
      // @ts-expect-error there is no such entity
      client.Tsk.list(),
    ]
    expect(never).toBeTypeOf('function')
  })
})
