// The typed client held against the OpenAPI document: every operation has a method that asks for it, or a reason why
// not, and every method asks for an operation.

import { defineApp } from 'truthfile'
import { type Auth, type Client, type Collection, createClient } from 'truthfile/client'
import { expect, test } from 'vitest'
import { openApi } from '../../runtime/generate/openapi.ts'
import { appFrom } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'

export default defineApp({
  name: 'All',
  settings: { auth: { provider: './auth.ts' } },
  entities: {
    User: {
      fields: {
        email: { type: 'string', format: 'email', unique: true, required: true },
        emailVerified: { type: 'boolean', readonly: true, default: false },
      },
      permissions: { read: 'authenticated' },
    },
    Note: {
      softDelete: true,
      fields: { text: { type: 'string' } },
      permissions: { create: true, read: true, update: true, delete: true },
      behaviors: { close: { set: { text: 'closed' }, requires: 'authenticated' } },
    },
  },
})
`

/** The same, as far as types go. */
const all = defineApp({
  name: 'All',
  entities: {
    User: { fields: { email: 'string' } },
    Note: { fields: { text: 'string' }, behaviors: { close: { set: { text: 'closed' }, requires: 'authenticated' } } },
  },
})
type All = typeof all

/** Operations without a method, and why. */
const without: Readonly<Record<string, string>> = {
  'GET /api/auth/enter': 'the provider sends browsers there; it answers with a page',
  'GET /healthz': 'for what watches the server',
  'GET /readyz': 'for what watches the server',
  'GET /openapi.json': 'for tools; the client has its types from the app itself',
}

const note = 'ID'
const values = { text: 'x' }

const onCollection: { readonly [M in keyof Collection<All, 'Note'>]: (client: Client<All>) => unknown } = {
  list: ({ Note }) => Note.list(),
  get: ({ Note }) => Note.get(note),
  aggregate: ({ Note }) => Note.aggregate(),
  export: ({ Note }) => Note.export().next(),
  changes: ({ Note }) => Note.changes().next(),
  create: ({ Note }) => Note.create(values),
  update: ({ Note }) => Note.update(note, values),
  replace: ({ Note }) => Note.replace(note, values),
  delete: ({ Note }) => Note.delete(note),
  restore: ({ Note }) => Note.restore(note),
  do: ({ Note }) => Note.do(note, 'close'),
}

const onAuth: { readonly [M in keyof Auth]: (auth: Auth) => unknown } = {
  signUp: (auth) => auth.signUp({ email: 'a@example.com', password: 'correct horse' }),
  signIn: (auth) => auth.signIn({ email: 'a@example.com', password: 'correct horse' }),
  enter: (auth) => auth.enter(),
  signOut: (auth) => auth.signOut(),
  session: (auth) => auth.session(),
  sessions: (auth) => auth.sessions(),
  endSession: (auth) => auth.endSession(note),
  endOtherSessions: (auth) => auth.endOtherSessions(),
  changePassword: (auth) => auth.changePassword({ password: 'correct horse', newPassword: 'battery staple' }),
  forgot: (auth) => auth.forgot({ email: 'a@example.com' }),
  reset: (auth) => auth.reset({ token: 't', password: 'battery staple' }),
  verifyEmail: (auth) => auth.verifyEmail(),
  verify: (auth) => auth.verify({ token: 't' }),
}

const calls: Readonly<Record<string, (client: Client<All>) => unknown>> = {
  ...onCollection,
  ...Object.fromEntries(Object.entries(onAuth).map(([name, act]) => [`auth.${name}`, ({ auth }) => act(auth)])),
  'User.list': ({ User }) => User.list(),
  'User.get': ({ User }) => User.get(note),
  'User.aggregate': ({ User }) => User.aggregate(),
  'User.changes': ({ User }) => User.changes().next(),
  batch: (client) => client.batch(() => []),
}

/** What a call asks for: `GET /api/notes/{id}`, as the document has it. */
async function askedBy(act: (client: Client<All>) => unknown): Promise<readonly string[]> {
  const asked: string[] = []
  const client = createClient<All>('http://app.example', {
    fetch: async (input, init) => {
      const path = new URL(String(input)).pathname
        .replace('/api/Note', '/api/notes')
        .replace('/api/User', '/api/users')
        .replace(/\/ID\b/, '/{id}')
      asked.push(`${init?.method ?? 'GET'} ${path}`)
      return Response.json(path.endsWith('/batch') ? [] : {})
    },
  })
  await act(client)
  return asked
}

test('every operation has a method, and every method an operation', async () => {
  const document = openApi(await appFrom(source), { mail: true }) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const covered = new Set<string>()
  for (const [name, act] of Object.entries(calls)) {
    const asked = await askedBy(act)
    expect(asked.length, name).toBe(1)
    expect(operations, name).toContain(asked[0])
    covered.add(asked[0] ?? '')
  }
  for (const path of Object.keys(without)) expect(operations).toContain(path)
  expect(operations.filter((one) => !covered.has(one)).toSorted()).toEqual(Object.keys(without).toSorted())
})

test('the methods are all there, and no others', async () => {
  const client = createClient<All>('http://app.example')
  expect(Object.keys(client.auth).toSorted()).toEqual(Object.keys(onAuth).toSorted())
  expect(Object.keys(client.Note).toSorted()).toEqual(Object.keys(onCollection).toSorted())
})
