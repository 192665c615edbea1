// Why a rule refused: told beside the answer in development, and by the rule's name alone in the log.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { explainHeader } from '../../runtime/http/explained.ts'
import { createServer } from '../../runtime/http/server.ts'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Why',
  entities: {
    User: {
      fields: { email: { type: 'string', unique: true }, name: 'string', role: { type: 'enum', options: ['user', 'boss'], default: 'user', update: "user.role == 'boss'" } },
      permissions: { read: true, update: 'entity == user' },
    },
    Note: {
      owner: 'createdBy',
      fields: {
        title: 'string',
        pages: { type: 'integer', update: "user.role == 'boss' && title == 'Füße 😀'" },
        createdBy: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: {
        create: "user.role == 'boss' || title != 'no'",
        read: 'authenticated',
        update: "owner && next.title != 'locked'",
        delete: "createdBy.role == 'boss'",
      },
      behaviors: { sign: { requires: 'input.words == title', input: { words: 'string' }, set: { title: 'signed' } } },
    },
  },
})
`

let app: TestApp
let token = ''
let id = ''
beforeAll(async () => {
  app = await startApp(source)
  token = (await app.signUp('ann')).token
  id = (await app.send('POST', '/api/notes', { title: 'Füße 😀' }, { token })).body.id
})
afterAll(() => app.close())

const why = async (method: string, path: string, body?: object, who: string | undefined = token) => {
  const { status, headers, text } = await app.send(method, path, body, { token: who })
  const header = headers.get('x-truth-explain')
  expect(text).not.toContain('permissions')
  return [status, header === null ? null : JSON.parse(header)]
}

test('each kind of rule, with what its parts came to', async () => {
  expect(await why('POST', '/api/notes', { title: 'no' })).toEqual([
    403,
    {
      rule: 'entities.Note.permissions.create',
      source: "user.role == 'boss' || title != 'no'",
      tree: {
        text: "user.role == 'boss' || title != 'no'",
        value: false,
        parts: [
          { text: "user.role == 'boss'", value: false, parts: [{ text: 'user.role', value: 'user' }] },
          { text: "title != 'no'", value: false, parts: [{ text: 'title', value: 'no' }] },
        ],
      },
    },
  ])
  expect(await why('PATCH', `/api/notes/${id}`, { title: 'locked' })).toMatchObject([
    403,
    { rule: 'entities.Note.permissions.update', tree: { parts: [{ value: true }, { value: false }] } },
  ])
  expect(await why('PATCH', `/api/notes/${id}`, { pages: 3 })).toMatchObject([
    403,
    { rule: 'entities.Note.fields.pages.update', tree: { parts: [{ value: false }, { value: true }] } },
  ])
  expect(await why('POST', `/api/notes/${id}/sign`, { words: 'other' })).toMatchObject([
    403,
    { rule: 'entities.Note.behaviors.sign.requires', tree: { parts: [{ value: 'other' }, { value: 'Füße 😀' }] } },
  ])
})

test('a rule that follows relations is only named, and nobody signed in is told too', async () => {
  expect(await why('DELETE', `/api/notes/${id}`)).toEqual([
    403,
    { rule: 'entities.Note.permissions.delete', source: "createdBy.role == 'boss'" },
  ])
  expect(await why('GET', '/api/notes', undefined, '')).toMatchObject([
    401,
    { rule: 'entities.Note.permissions.read', tree: { value: false } },
  ])
})

test('what no rule refused has no explanation', async () => {
  expect(await why('GET', '/api/notes/none')).toEqual([404, null])
  expect(await why('PATCH', `/api/notes/${id}`, { titel: 'x' })).toEqual([422, null])
  expect(await why('GET', `/api/notes/${id}`)).toEqual([200, null])
})

test('in production the rule is in the log, and nothing beside the answer', async () => {
  const logged: object[] = []
  const log = { ...app.service.log, info: (details: object, message: string) => logged.push({ ...details, message }) }
  const service = { ...app.service, mode: 'production' as const, log }
  const server = createServer({ service: () => service, remoteOf: () => '127.0.0.1' })
  const answer = await server.request(`/api/notes/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"title":"locked"}',
  })
  expect([answer.status, answer.headers.has('x-truth-explain')]).toEqual([403, false])
  expect(logged).toMatchObject([
    {
      correlationId: answer.headers.get('x-request-id'),
      rule: 'entities.Note.permissions.update',
      status: 403,
      message: 'request',
    },
  ])
})

test('a tree that is too long for a header is left out', () => {
  const part = { text: 'ü'.repeat(3_000), start: 0, end: 1, value: true, condition: true, children: [] }
  const rule = 'entities.A.permissions.read'
  expect(JSON.parse(explainHeader({ rule, source: 'true', explain: () => part }))).toEqual({ rule, source: 'true' })
  expect(JSON.parse(explainHeader({ rule, source: 'ü'.repeat(3_000) }))).toEqual({ rule })
})
