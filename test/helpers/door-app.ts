// An app whose people also come in by a provider: one that believes what a header says, and is as slow and as faulty as
// a test wants it.

import { statement } from '../../runtime/database/database.ts'
import type { AuthProvider, ProvidedPerson } from '../../runtime/http/accounts/auth-provider.ts'
import type { Mail, Mailer } from '../../runtime/http/mail.ts'
import { startApp, type TestApp } from './app.ts'

export const sourceOf = (fields: string, auth = ''): string => `import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Door',
  settings: { auth: { provider: './auth.ts'${auth} } },
  entities: {
    User: {
      softDelete: true,
      fields: {
        email: { type: 'string', format: 'email', unique: true, required: true },
        role: { type: 'enum', options: ['user', 'admin'], default: 'user', update: "user.role == 'admin'" },
        ${fields}
      },
      permissions: { read: 'authenticated', update: 'entity == user' },
    },
    Note: { fields: { text: 'string' }, permissions: { create: "user.role == 'admin'", read: "user.role == 'admin'" } },
  },
})
`
export const verified = `name: { type: 'string', maxLength: 20 }, emailVerified: { type: 'boolean', readonly: true, default: false },`

/** A provider that believes what a header says; `slow` and `faulty` are what it is like. */
function provider() {
  const state = { slow: 0, faulty: false, left: 0 }
  const behave = async (): Promise<void> => {
    if (state.slow > 0) await new Promise((later) => setTimeout(later, state.slow))
    if (state.faulty) throw new Error('the secret of the provider')
  }
  const door: AuthProvider = {
    handle: async (request) => {
      await behave()
      const url = new URL(request.url)
      const headers = new Headers({ 'x-method': request.method, 'x-url': request.url, 'Cache-Control': 'public' })
      headers.append('Set-Cookie', 'one=1; Path=/')
      headers.append('Set-Cookie', 'two=2; Path=/')
      if (url.pathname.endsWith('/policy')) headers.set('Content-Security-Policy', "default-src 'self'")
      if (url.pathname.endsWith('/away')) headers.set('Location', 'https://id.example/authorize')
      return new Response(request.method === 'HEAD' ? null : await request.text(), {
        status: url.pathname.endsWith('/away') ? 302 : 201,
        headers,
      })
    },
    person: async (request) => {
      await behave()
      const given = request.headers.get('x-person')
      return given === null ? undefined : (JSON.parse(given) as ProvidedPerson)
    },
    ways: [{ label: 'House', path: '/go/house' }],
    leave: async () => {
      state.left += 1
      return ['door=; Max-Age=0', 'handle=; Max-Age=0']
    },
  }
  return { state, door }
}

export type Told = { readonly [key in keyof ProvidedPerson]?: unknown }
export type Subject = { readonly door: ReturnType<typeof provider>; readonly app: TestApp }

export async function startDoor(fields: string, auth = '', mailer?: (mail: Mail) => void): Promise<Subject> {
  const door = provider()
  const send: Mailer | undefined = mailer && { send: async (mail) => mailer(mail), base: undefined }
  return { door, app: await startApp(sourceOf(fields, auth), undefined, send, door.door) }
}

export const told = (person: Told | undefined, more: Readonly<Record<string, string>> = {}) => ({
  headers: { ...(person && { 'x-person': JSON.stringify(person) }), ...more },
})
export const enter = (app: TestApp, person: Told | undefined, more: Readonly<Record<string, string>> = {}) =>
  app.send('POST', '/api/auth/enter', undefined, told(person, more))
export const visit = (app: TestApp, person: Told | undefined, query = '') =>
  app.send('GET', `/api/auth/enter${query}`, undefined, told(person))
export const rowsOf = (app: TestApp, table: string) => app.database.query(statement(`SELECT * FROM "${table}"`), [])
export const usersCalled = async (app: TestApp, email: string): Promise<number> =>
  (await app.database.query(statement('SELECT 1 FROM "User" WHERE "email" = ?1'), [email])).length
export const me = async (app: TestApp, token: string) => app.send('GET', '/api/auth/session', undefined, { token })
export const signIn = (app: TestApp, email: string) =>
  app.send('POST', '/api/auth/sign-in', { email, password: 'correct horse' })
