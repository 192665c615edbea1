// The pages without a browser: what they show to whom, and forms that work without JavaScript.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localPath } from '../../runtime/http/pages/pages.ts'
import { example, type Reply, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
let task: string

beforeAll(async () => {
  app = await startApp(example('tasks'))
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  const made = await app.send('POST', '/api/tasks', { title: '<script>alert(1)</script>', dueDate: '2026-12-24' }, ann)
  task = made.body.id
})
afterAll(() => app.close())

const get = (path: string, who?: { token: string }): Promise<Reply> => app.send('GET', path, undefined, who ?? {})
const post = (path: string, fields: Record<string, string | string[]>, who?: { token: string }): Promise<Reply> => {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
  return app.send('POST', path, body.toString(), {
    ...who,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
}

test('every page has a policy that allows no script of others', async () => {
  const { headers, text } = await get('/sign-in')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(text).not.toMatch(/<script|style=|https?:\/\//)
})

test('whoever is not signed in is shown the way in, and comes back', async () => {
  const { status, headers } = await get('/tasks?sort=title')
  expect(status).toBe(303)
  expect(headers.get('location')).toBe('/sign-in?then=%2Ftasks%3Fsort%3Dtitle')
  const signed = await post('/sign-in', {
    _shown: 'email',
    email: 'ann@example.com',
    password: 'correct horse',
    _then: '/tasks?sort=title',
  })
  expect(signed.status).toBe(303)
  expect(signed.headers.get('location')).toBe('/tasks?sort=title')
  expect(signed.headers.get('set-cookie')).toContain('HttpOnly')
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  null,
])('nobody is sent to %j afterwards', (then) => {
  expect(localPath(then)).toBe('/')
})

test('text is text', async () => {
  const { text } = await get('/tasks', ann)
  expect(text).toContain('&lt;script>alert(1)&lt;/script>')
  expect(text).not.toContain('<script>alert')
})

describe('only what the caller may do is offered', () => {
  test('to the owner', async () => {
    const { text } = await get(`/tasks/${task}`, ann)
    for (const part of [`/tasks/${task}/edit`, `/tasks/${task}/delete`, `/tasks/${task}/complete`])
      expect(text).toContain(part)
  })
  test('to somebody else', async () => {
    const { text } = await get(`/tasks/${task}`, bob)
    for (const part of ['/edit', '/delete', '/complete']) expect(text).not.toContain(`/tasks/${task}${part}`)
    expect((await get(`/tasks/${task}/edit`, bob)).status).toBe(403)
    expect((await post(`/tasks/${task}/delete`, {}, bob)).status).toBe(403)
  })
  test('a role that one may not set is not in the form', async () => {
    const own = await get(`/users/${ann.id}/edit`, ann)
    expect(own.text).toContain('name="name"')
    expect(own.text).not.toContain('name="role"')
    const { text } = await get('/sign-up')
    expect(text).not.toContain('name="role"')
  })
})

describe('forms', () => {
  const shown = ['title', 'status', 'dueDate', 'assignee']

  test('create a row and show it', async () => {
    const { status, headers } = await post(
      '/tasks/new',
      { _shown: shown, title: 'From a form', status: 'doing', dueDate: '', assignee: bob.id },
      ann,
    )
    expect(status).toBe(303)
    const { text } = await get(headers.get('location')!, ann)
    expect(text).toContain('From a form')
    expect(text).toContain('Bob')
  })

  test('say what is wrong beside the field, and keep what was typed', async () => {
    const { status, text } = await post(
      '/tasks/new',
      { _shown: shown, title: '', status: 'gone', dueDate: 'soon', assignee: '' },
      ann,
    )
    expect(status).toBe(422)
    expect(text).toContain('id="field-title-fault"')
    expect(text).toContain('Is required.')
    expect(text).toContain('id="field-dueDate-fault"')
    expect(text).toContain('value="soon"')
  })

  test('change only what they show', async () => {
    const { status } = await post(
      `/tasks/${task}/edit`,
      { _shown: ['title'], title: 'Renamed', status: 'archived' },
      ann,
    )
    expect(status).toBe(303)
    const { body } = await app.send('GET', `/api/tasks/${task}`, undefined, ann)
    expect(body).toMatchObject({ title: 'Renamed', status: 'todo', dueDate: '2026-12-24' })
  })

  test('empty a field', async () => {
    await post(`/tasks/${task}/edit`, { _shown: ['title', 'dueDate'], title: 'Renamed', dueDate: '' }, ann)
    expect((await app.send('GET', `/api/tasks/${task}`, undefined, ann)).body.dueDate).toBeNull()
  })

  test('do a behavior', async () => {
    const { status } = await post(`/tasks/${task}/complete`, {}, ann)
    expect(status).toBe(303)
    expect((await app.send('GET', `/api/tasks/${task}`, undefined, ann)).body.status).toBe('done')
  })

  test('an address that is taken is said at its field', async () => {
    const { status, text } = await post('/sign-up', {
      _shown: ['email', 'name'],
      email: 'ann@example.com',
      name: 'x',
      password: 'correct horse',
    })
    expect(status).toBe(409)
    expect(text).toContain('id="field-email-fault"')
    expect(text).not.toContain('correct horse')
  })

  test('a wrong password is said on top', async () => {
    const { status, text } = await post('/sign-in', {
      _shown: 'email',
      email: 'ann@example.com',
      password: 'wrong one',
    })
    expect(status).toBe(401)
    expect(text).toContain('do not belong together')
  })
})

test('a declared view stands at its route', async () => {
  const { status, text } = await get('/board', ann)
  expect(status).toBe(200)
  for (const lane of ['Todo', 'Doing', 'Done', 'Archived']) expect(text).toContain(lane)
})

test.each([
  ['/nothing', 404],
  ['/tasks/x', 404],
  ['/tasks/x/y/z', 404],
  ['/tasks/%E0%A4%A', 404],
  ['/', 303],
] as const)('GET %s is %i', async (path, status) => {
  expect((await get(path, ann)).status).toBe(status)
})
