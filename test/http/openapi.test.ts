// What the OpenAPI document says is what the server does: every route, every parameter, the shape of every answer.

import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { sessionCookie } from '../../runtime/http/caller.ts'
import type { Entity } from '../../runtime/truth/app.ts'
import { example, type Reply, startApp, type TestApp } from '../helpers/app.ts'

type Person = { readonly id: string; readonly token: string }

/** The document of a running app, and whether answers fit it. */
async function documented(app: TestApp) {
  const { status, headers, body } = await app.send('GET', '/openapi.json')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  const inside = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('#/components/schemas/', '#/$defs/'))
  const fits = (path: string, method: string, reply: Reply): void => {
    const found = body.paths[path][method.toLowerCase()].responses[reply.status]
    expect(found, `${method} ${path} ${reply.status} ${reply.text}`).toBeDefined()
    const response = found.$ref ? body.components.responses[found.$ref.split('/').at(-1)] : found
    for (const name of Object.keys(response.headers)) {
      if (name !== 'Idempotency-Replayed') expect(reply.headers.get(name), name).not.toBeNull()
    }
    const [type, content] = Object.entries(response.content ?? {})[0] ?? []
    if (type === undefined) return expect(reply.text).toBe('')
    expect(reply.headers.get('content-type')).toContain(type)
    const { schema } = content as { schema: object }
    const whole = inside({ ...schema, $defs: body.components.schemas })
    const checked = z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0]).safeParse(reply.body)
    expect(checked.error?.message, `${method} ${path} ${reply.status}`).toBeUndefined()
  }
  return { body, fits }
}

/** The largest has so many that over HTTP they take longer than all else; they are not about the database. */
const areTooMany = (name: string): boolean => name === 'crm' && process.env.TRUTH_TEST_DATABASE === 'remote'

describe.each(['tasks', 'blog', 'crm'])('the routes of the %s example', (name) => {
  let app: TestApp
  let everybody: readonly ({ readonly token?: string } | Person)[]
  beforeAll(async () => {
    app = await startApp(example(name))
    const roles = app.app.entities.get('User')?.fields.get('role')?.options ?? []
    const people = await Promise.all(
      roles.map(async (role) => {
        const person = await app.signUp(role)
        await app.set('User', person.id, { role })
        return person
      }),
    )
    everybody = [{}, ...people]
  }, 60_000)
  afterAll(() => app.close())

  const isRouted = ({ status, body }: Reply): boolean => status !== 405 && body?.code !== 'no-route'

  test('are there for every operation of the document', async () => {
    const { body } = await documented(app)
    for (const [path, methods] of Object.entries(body.paths)) {
      for (const method of Object.keys(methods as object)) {
        if (path.endsWith('/changes')) {
          const response = await app.stream(path)
          expect([200, 401], path).toContain(response.status)
          await response.body?.cancel()
          continue
        }
        const reply = await app.send(method.toUpperCase(), path.replace('{id}', 'x'))
        expect(isRouted(reply), `${method} ${path}`).toBe(true)
      }
    }
  })

  test('are in the document, unless nobody may take them', async () => {
    const { body } = await documented(app)
    const targets = ({ path, behaviors, softDelete }: Entity): readonly (readonly [method: string, path: string])[] => [
      ['GET', `/api/${path}`],
      ['POST', `/api/${path}`],
      ['GET', `/api/${path}/aggregate`],
      ...(softDelete ? [['POST', `/api/${path}/{id}/restore`] as const] : []),
      ...['GET', 'PATCH', 'PUT', 'DELETE'].map((method) => [method, `/api/${path}/{id}`] as const),
      ...[...behaviors.keys()].map((behavior) => ['POST', `/api/${path}/{id}/${behavior}`] as const),
    ]
    for (const [method, path] of [...app.app.entities.values()].flatMap(targets)) {
      if (body.paths[path]?.[method.toLowerCase()]) continue
      for (const person of everybody) {
        const reply = await app.send(method, path.replace('{id}', 'x'), undefined, person)
        expect(isRouted(reply), `${method} ${path}`).toBe(true)
        expect([401, 403, 404], `${method} ${path}`).toContain(reply.status)
      }
    }
  })

  test.skipIf(areTooMany(name))(
    'take the parameters that the document offers',
    async () => {
      const { body } = await documented(app)
      for (const entity of app.app.entities.values()) {
        const path = `/api/${entity.path}`
        for (const at of [path, `${path}/aggregate`]) {
          for (const parameter of body.paths[at]?.get?.parameters ?? []) {
            for (const value of valuesOf(parameter)) {
              const query = new URLSearchParams({ [parameter.name]: value })
              const replies = await Promise.all(
                everybody.map((person) => app.send('GET', `${at}?${query}`, undefined, person)),
              )
              expect(
                replies.some(({ status }) => status === 200),
                `${at}?${query} ${replies.at(-1)?.text}`,
              ).toBe(true)
            }
          }
        }
        if (!body.paths[path]?.get) continue
        const limit = body.paths[path].get.parameters.find((one: { name: string }) => one.name === 'limit').schema
          .maximum
        for (const wrong of [`limit=${limit + 1}`, 'limit=0', 'offset=10001', 'count=1', 'nothing=1']) {
          const replies = await Promise.all(
            everybody.map((person) => app.send('GET', `${path}?${wrong}`, undefined, person)),
          )
          expect(replies.map(({ status }) => status).filter((status) => status !== 401 && status !== 400)).toEqual([])
        }
      }
    },
    60_000,
  )
})

type Parameter = { readonly name: string; readonly explode?: boolean; readonly schema: Schema }
type Schema = {
  readonly type: string
  readonly items?: Schema
  readonly enum?: readonly string[]
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
}

const samples: Readonly<Record<string, string>> = {
  date: '2026-06-15',
  'date-time': '2026-06-15T12:00:00Z',
  uuid: '01a2114b-7aca-738b-b7e1-372986042ff2',
  email: 'ann@example.com',
  uri: 'https://example.com',
  number: '1.5',
  integer: '7',
  boolean: 'true',
}

/** Values that a parameter should take. */
function valuesOf({ name, explode, schema }: Parameter): readonly string[] {
  if (name === 'filter') return ['id != null']
  if (name === 'after' || name === 'expand') return []
  if (schema.minimum !== undefined) return [String(schema.minimum), String(schema.maximum)]
  if (schema.type === 'array' && schema.items) {
    const one = schema.items.enum ?? [samples[schema.items.format ?? ''] ?? samples[schema.items.type] ?? 'word']
    return explode ? one : [...one, one.slice(0, 3).join()]
  }
  return [samples[schema.type] ?? 'word']
}

describe('answers fit the document', () => {
  let app: TestApp
  let ann: Person
  let bob: Person
  beforeAll(async () => {
    app = await startApp(example('tasks'))
    ann = await app.signUp('Ann')
    bob = await app.signUp('Bob')
  }, 60_000)
  afterAll(() => app.close())

  test('of rows and refusals', async () => {
    const { fits } = await documented(app)
    const send = async (method: string, path: string, at: string, body?: unknown, who?: Person): Promise<Reply> => {
      const reply = await app.send(method, at, body, who)
      fits(path, method, reply)
      return reply
    }
    const made = await send('POST', '/api/tasks', '/api/tasks', { title: 'Plan', assignee: bob.id }, ann)
    const row = ['/api/tasks/{id}', `/api/tasks/${made.body.id}`] as const
    const seen: number[] = [made.status]
    for (const [method, path, at, body, who] of [
      ['GET', '/api/tasks', '/api/tasks?count=true', undefined, ann],
      ['GET', '/api/tasks', '/api/tasks?can=true', undefined, ann],
      ['GET', '/api/tasks', '/api/tasks?nothing=1', undefined, ann],
      ['GET', '/api/tasks', '/api/tasks', undefined, undefined],
      ['POST', '/api/tasks', '/api/tasks', { title: 5 }, ann],
      ['POST', '/api/tasks', '/api/tasks', '{', ann],
      ['GET', '/api/tasks/aggregate', '/api/tasks/aggregate?group=status&max=dueDate', undefined, ann],
      ['GET', row[0], row[1], undefined, bob],
      ['GET', row[0], '/api/tasks/x', undefined, bob],
      ['PATCH', row[0], row[1], { status: 'doing' }, bob],
      ['PUT', row[0], row[1], { title: 'Plan again', assignee: bob.id }, ann],
      ['POST', '/api/tasks/{id}/complete', `${row[1]}/complete`, undefined, bob],
      ['DELETE', row[0], row[1], undefined, bob],
      ['DELETE', row[0], row[1], undefined, ann],
      ['POST', '/api/batch', '/api/batch', [{ method: 'GET', path: '/api/tasks' }], ann],
      ['GET', '/api/auth/session', '/api/auth/session', undefined, ann],
      ['GET', '/api/auth/session', '/api/auth/session', undefined, undefined],
      ['GET', '/api/auth/sessions', '/api/auth/sessions', undefined, ann],
      ['DELETE', '/api/auth/sessions/{id}', '/api/auth/sessions/x', undefined, ann],
      ['POST', '/api/auth/password', '/api/auth/password', { password: 'wrong', newPassword: 'correct horse' }, ann],
      ['POST', '/api/auth/sign-in', '/api/auth/sign-in', { email: 'ann@example.com', password: 'wrong' }, undefined],
      [
        'POST',
        '/api/auth/sign-in',
        '/api/auth/sign-in',
        { email: 'ann@example.com', password: 'correct horse' },
        undefined,
      ],
      ['POST', '/api/auth/sign-up', '/api/auth/sign-up', { email: 'x', password: 'short' }, undefined],
      [
        'POST',
        '/api/auth/sign-up',
        '/api/auth/sign-up',
        { email: 'ann@example.com', name: 'Ann', password: 'correct horse' },
        undefined,
      ],
      ['POST', '/api/auth/sign-out', '/api/auth/sign-out', undefined, bob],
    ] as const) {
      seen.push((await send(method, path, at, body, who)).status)
    }
    expect(seen).toEqual([
      201, 200, 200, 400, 401, 422, 400, 200, 200, 404, 200, 200, 200, 403, 204, 200, 200, 401, 200, 404, 403, 401, 200,
      422, 409, 204,
    ])
  })

  test('of a row that stays as it was seen, and one that does not', async () => {
    const { fits } = await documented(app)
    const made = await app.send('POST', '/api/tasks', { title: 'Tag' }, ann)
    const at = `/api/tasks/${made.body.id}`
    const etag = made.headers.get('etag')!
    fits('/api/tasks/{id}', 'GET', await app.send('GET', at, undefined, { ...ann, headers: { 'if-none-match': etag } }))
    await app.send('PATCH', at, { title: 'Other' }, ann)
    const late = await app.send('PATCH', at, { title: 'Late' }, { ...ann, headers: { 'if-match': etag } })
    expect(late.status).toBe(412)
    fits('/api/tasks/{id}', 'PATCH', late)
  })

  test('to a browser: the cookie has its name', async () => {
    const { body } = await documented(app)
    expect(body.components.securitySchemes.cookie.name).toBe(sessionCookie)
  })
})

test('rows with lists, computed values and hidden fields fit it too', async () => {
  const app = await startApp(example('blog'))
  try {
    const { fits } = await documented(app)
    const author = await app.signUp('Author', { bio: 'Writes.' })
    await app.set('User', author.id, { role: 'author' })
    const tag = await app.send('POST', '/api/tags', { name: 'news' }, author)
    fits('/api/tags', 'POST', tag)
    const draft = { title: 'One', slug: 'one', body: 'text', tags: [tag.body.id] }
    const post = await app.send('POST', '/api/posts', draft, author)
    fits('/api/posts', 'POST', post)
    const publish = await app.send('POST', `/api/posts/${post.body.id}/publish`, {}, author)
    expect(publish.body.isFresh).toBe(true)
    fits('/api/posts/{id}/publish', 'POST', publish)
    fits('/api/posts', 'GET', await app.send('GET', '/api/posts?search=text'))
    const users = await app.send('GET', '/api/users')
    expect(users.body.data[0]).not.toHaveProperty('email')
    fits('/api/users', 'GET', users)
  } finally {
    await app.close()
  }
})
