// The tasks example over HTTP: who may do what, and what everybody else is told.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
const people: Record<string, { id: string; token: string }> = {}
let task: string

beforeAll(async () => {
  app = await startApp(example('tasks'))
  for (const name of ['Ann', 'Bob', 'Cleo', 'Max']) people[name] = await app.signUp(name)
  await app.set('User', people.Cleo!.id, { role: 'admin' })
  await app.set('User', people.Max!.id, { role: 'manager' })
  const made = await app.send(
    'POST',
    '/api/tasks',
    { title: 'Plan', assignee: people.Bob!.id },
    { token: people.Ann!.token },
  )
  task = made.body.id
})
afterAll(() => app.close())

const as = (name: string | undefined) => (name === undefined ? {} : { token: people[name]!.token })

describe('create', () => {
  test('gives the row, its address, defaults and an owner', async () => {
    const { status, headers, body } = await app.send(
      'POST',
      '/api/tasks',
      { title: 'Shop', dueDate: '2026-12-24' },
      as('Ann'),
    )
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/api/tasks/${body.id}`)
    expect(headers.get('etag')).toMatch(/^"/)
    expect(body).toMatchObject({
      title: 'Shop',
      status: 'todo',
      dueDate: '2026-12-24',
      assignee: null,
      createdBy: people.Ann!.id,
    })
    expect(body.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  test.each([
    ['nobody signed in', undefined, { title: 'x' }, 401, 'not-signed-in', []],
    ['a title missing', 'Ann', {}, 422, 'validation', ['title']],
    [
      'several faults at once',
      'Ann',
      { title: 5, status: 'gone', dueDate: '2025-02-29', x: 1 },
      422,
      'validation',
      ['title', 'status', 'dueDate', 'x'],
    ],
    ['what the runtime sets', 'Ann', { title: 'x', id: 'a', createdAt: 'b' }, 422, 'validation', ['id', 'createdAt']],
    ['a prototype key', 'Ann', '{"title":"x","__proto__":{"a":1}}', 422, 'validation', ['__proto__']],
    ['a relation to nobody', 'Ann', { title: 'x', assignee: 'nobody' }, 422, 'validation', ['assignee']],
    ['somebody else as the owner', 'Ann', { title: 'x', createdBy: 'u' }, 403, 'forbidden', []],
    ['a NUL character', 'Ann', { title: 'a\u0000b' }, 422, 'validation', ['title']],
    ['a lone surrogate', 'Ann', '{"title":"\\ud800"}', 422, 'validation', ['title']],
    ['not JSON', 'Ann', '{"title": "x",}', 400, 'json', []],
    ['a list', 'Ann', '[]', 400, 'json-object', []],
    ['too deep', 'Ann', `{"title":${'['.repeat(40)}${']'.repeat(40)}}`, 400, 'json-depth', []],
  ] as const)('refuses %s', async (_, who, sent, status, code, paths) => {
    const reply = await app.send('POST', '/api/tasks', sent, as(who))
    expect(reply.status).toBe(status)
    expect(reply.headers.get('content-type')).toContain('application/problem+json')
    expect(reply.body).toMatchObject({ status, code, instance: '/api/tasks' })
    expect(reply.body.correlationId).toBe(reply.headers.get('x-request-id'))
    expect((reply.body.errors ?? []).map((error: { path: string }) => error.path).sort()).toEqual([...paths].sort())
  })

  test('malformed JSON names line and column', async () => {
    const { body } = await app.send('POST', '/api/tasks', '{\n  "title": nope\n}', as('Ann'))
    expect(body.detail).toContain('line 2')
  })

  test('other media types are refused', async () => {
    const { status } = await app.send('POST', '/api/tasks', 'title=x', {
      ...as('Ann'),
      headers: { 'content-type': 'text/plain' },
    })
    expect(status).toBe(415)
  })

  test('a body over a megabyte is refused', async () => {
    const { status } = await app.send('POST', '/api/tasks', { title: 'x'.repeat(1_100_000) }, as('Ann'))
    expect(status).toBe(413)
  })
})

describe('read', () => {
  test('the row, and 304 for those who have it', async () => {
    const { status, headers, body } = await app.send('GET', `/api/tasks/${task}`, undefined, as('Bob'))
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: task, title: 'Plan' })
    const again = await app.send('GET', `/api/tasks/${task}`, undefined, {
      ...as('Bob'),
      headers: { 'if-none-match': headers.get('etag')! },
    })
    expect(again.status).toBe(304)
  })

  test.each([
    ['/api/tasks', undefined, 401],
    ['/api/tasks/x', undefined, 401],
    ['/api/tasks/x', 'Ann', 404],
    ['/api/nothing', 'Ann', 404],
    ['/api/tasks/x/y', 'Ann', 404],
    ['/api/tasks/%E0%A4%A', 'Ann', 404],
    ['/api/__proto__', 'Ann', 404],
  ] as const)('GET %s as %s is %i', async (path, who, status) => {
    expect((await app.send('GET', path, undefined, as(who))).status).toBe(status)
  })

  test('a method that is not there names those that are', async () => {
    const { status, headers } = await app.send('PUT', '/api/tasks', {}, as('Ann'))
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('HEAD, GET, POST')
  })
})

describe('change', () => {
  test.each([
    ['the owner', 'Ann', 200],
    ['the assignee', 'Bob', 200],
    ['a manager', 'Max', 200],
    ['an admin, whom the rule does not name', 'Cleo', 403],
    ['nobody', undefined, 401],
  ] as const)('%s gets %3$i', async (_, who, status) => {
    const reply = await app.send('PATCH', `/api/tasks/${task}`, { status: 'doing' }, as(who))
    expect(reply.status).toBe(status)
    if (status === 200) expect(reply.body.status).toBe('doing')
  })

  test('a row that is not there is 404, whatever is sent', async () => {
    expect((await app.send('PATCH', '/api/tasks/x', { title: 'y' }, as('Ann'))).status).toBe(404)
    expect((await app.send('PATCH', '/api/tasks/x', { title: 5 }, as('Ann'))).status).toBe(404)
    expect((await app.send('DELETE', '/api/tasks/x', undefined, as('Ann'))).status).toBe(404)
  })

  test('somebody who may not change it learns that before what is wrong with the body', async () => {
    expect((await app.send('PATCH', `/api/tasks/${task}`, { title: 5 }, as('Cleo'))).status).toBe(403)
  })

  test('PUT returns what is not given to its default', async () => {
    await app.send('PATCH', `/api/tasks/${task}`, { dueDate: '2026-01-01' }, as('Ann'))
    const { status, body } = await app.send('PUT', `/api/tasks/${task}`, { title: 'Replaced' }, as('Ann'))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      title: 'Replaced',
      status: 'todo',
      dueDate: null,
      assignee: null,
      createdBy: people.Ann!.id,
    })
    await app.send('PATCH', `/api/tasks/${task}`, { assignee: people.Bob!.id }, as('Ann'))
  })

  test('the owner cannot be changed', async () => {
    const reply = await app.send('PATCH', `/api/tasks/${task}`, { createdBy: people.Bob!.id }, as('Ann'))
    expect(reply.status).toBe(403)
    expect(reply.body.detail).toContain('createdBy')
  })
})

describe('a field’s own rule', () => {
  test('nobody makes themselves an admin', async () => {
    const reply = await app.send('PATCH', `/api/users/${people.Ann!.id}`, { role: 'admin' }, as('Ann'))
    expect(reply.status).toBe(403)
    expect(reply.body.detail).toBe('You may not set `role`.')
    const signUp = { email: 'eve@example.com', name: 'Eve', password: 'correct horse', role: 'admin' }
    const signed = await app.send('POST', '/api/auth/sign-up', signUp)
    expect(signed.status).toBe(403)
    expect(signed.body.detail).toContain('role')
  })

  test('people change their own name, and admins others’ roles', async () => {
    expect((await app.send('PATCH', `/api/users/${people.Ann!.id}`, { name: 'Anna' }, as('Ann'))).body.name).toBe(
      'Anna',
    )
    expect((await app.send('PATCH', `/api/users/${people.Bob!.id}`, { name: 'x' }, as('Ann'))).status).toBe(403)
    const raised = await app.send('PATCH', `/api/users/${people.Bob!.id}`, { role: 'manager' }, as('Cleo'))
    expect(raised.body.role).toBe('manager')
    await app.send('PATCH', `/api/users/${people.Bob!.id}`, { role: 'user' }, as('Cleo'))
  })
})

describe('behaviors', () => {
  test('do what they say, and raise their event with the change', async () => {
    const done = await app.send('POST', `/api/tasks/${task}/complete`, undefined, as('Bob'))
    expect(done.status).toBe(200)
    expect(done.body.status).toBe('done')
  })

  test.each([
    ['somebody whom the guard does not name', 'Max', 403],
    ['nobody', undefined, 401],
  ] as const)('refuse %s', async (_, who, status) => {
    expect((await app.send('POST', `/api/tasks/${task}/complete`, {}, as(who))).status).toBe(status)
  })

  test('their guard sees the row', async () => {
    await app.send('PATCH', `/api/tasks/${task}`, { status: 'archived' }, as('Ann'))
    expect((await app.send('POST', `/api/tasks/${task}/complete`, {}, as('Ann'))).status).toBe(403)
  })

  test('input that is not declared is refused', async () => {
    const { status, body } = await app.send('POST', `/api/tasks/${task}/complete`, { status: 'todo' }, as('Ann'))
    expect(status).toBe(422)
    expect(body.errors[0].path).toBe('status')
  })
})

describe('delete', () => {
  test('by the owner or an admin, and then it is gone', async () => {
    const made = await app.send('POST', '/api/tasks', { title: 'Gone' }, as('Ann'))
    expect((await app.send('DELETE', `/api/tasks/${made.body.id}`, undefined, as('Bob'))).status).toBe(403)
    expect((await app.send('DELETE', `/api/tasks/${made.body.id}`, undefined, as('Cleo'))).status).toBe(204)
    expect((await app.send('GET', `/api/tasks/${made.body.id}`, undefined, as('Ann'))).status).toBe(404)
  })

  test('a row that others refer to stays', async () => {
    const { status, body } = await app.send('DELETE', `/api/users/${people.Ann!.id}`, undefined, as('Cleo'))
    expect(status).toBe(409)
    expect(body.code).toBe('in-use')
  })
})

test('a value that must be unique gets a 409 that names the field, and not the value', async () => {
  const again = await app.send('POST', '/api/auth/sign-up', {
    email: 'ANN@example.com',
    name: 'x',
    password: 'correct horse',
  })
  expect(again.status).toBe(409)
  expect(again.body.code).toBe('unique')
  expect(again.body.errors).toEqual([{ path: 'email', code: 'unique', message: 'is taken already' }])
  expect(again.text).not.toContain('ann@')
})
