// A served app for tests: the real server on a real database, spoken to without a socket.

import { applySchema } from '../../runtime/database/apply.ts'
import type { Database } from '../../runtime/database/database.ts'
import { openDatabase } from '../../runtime/database/database.ts'
import type { AuthProvider } from '../../runtime/http/accounts/auth-provider.ts'
import { createPasswords } from '../../runtime/http/accounts/password.ts'
import { createThrottle } from '../../runtime/http/accounts/throttle.ts'
import type { Mailer } from '../../runtime/http/mail.ts'
import { createServer } from '../../runtime/http/server.ts'
import { createService, type Service } from '../../runtime/http/service.ts'
import { load } from '../../runtime/load.ts'
import { analyse } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { startHrana } from './hrana.ts'

export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: the body of an answer is whatever the test says it is.
  readonly body: any
}

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  options?: { readonly token?: string | undefined; readonly headers?: Readonly<Record<string, string>> },
) => Promise<Reply>

export type TestApp = {
  readonly app: App
  readonly service: Service
  readonly database: Database
  readonly send: Send
  /** As `send`, with an answer that need not have ended. */
  readonly stream: (path: string, options?: Parameters<Send>[3]) => Promise<Response>
  /** Signs somebody up; gives their id and token. */
  readonly signUp: (name: string, fields?: object) => Promise<{ readonly id: string; readonly token: string }>
  /** Sets fields of somebody's row behind the API's back. */
  readonly set: (entity: string, id: string, fields: Readonly<Record<string, string | number | null>>) => Promise<void>
  /** Attempts to sign in and the like are counted from nought again. */
  readonly forgetAttempts: () => void
  readonly logged: readonly { readonly level: string; readonly details: object; readonly message: string }[]
  readonly close: () => Promise<void>
}

const say = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.map(({ code, message, path }) => `${code} ${path}: ${message}`).join('\n')

/** The app of a folder, or of a text; throws with the diagnostics when it is faulty. */
export async function appFrom(source: string): Promise<App> {
  const { app, diagnostics } = source.includes('\n') ? analyse(source) : await load(source)
  if (!app) throw new Error(say(diagnostics))
  return app
}

export const example = (name: string): string => new URL(`../../examples/${name}`, import.meta.url).pathname

/** In memory; the project `remote` runs the same tests on a database behind HTTP. */
async function openTestDatabase(): Promise<Database> {
  if (process.env.TRUTH_TEST_DATABASE !== 'remote') return openDatabase({ url: ':memory:', durability: 'normal' })
  const server = await startHrana()
  const database = await openDatabase({ url: server.url, durability: 'normal' })
  return { ...database, close: () => database.close().finally(server.stop) }
}

const password = 'correct horse'
/** What makes passwords hard to guess takes longer than most tests. */
const passwords = createPasswords({ N: 2 ** 10, r: 8, p: 1 })

export async function startApp(
  source: string,
  open = openTestDatabase,
  mailer?: Mailer,
  provider?: AuthProvider,
): Promise<TestApp> {
  const app = await appFrom(source)
  const database = await open()
  const applied = await applySchema(database, app)
  if ('refused' in applied) throw new Error(JSON.stringify(applied.refused))
  const logged: { level: string; details: object; message: string }[] = []
  const note = (level: string) => (details: object, message: string) => void logged.push({ level, details, message })
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
  let counting = createThrottle()
  const throttle: Service['throttle'] = {
    attempt: (...of) => counting.attempt(...of),
    clear: (...of) => counting.clear(...of),
  }
  const forgetAttempts = (): void => {
    counting = createThrottle()
  }
  const service = createService(app, database, 'development', log, { passwords, throttle, mailer, provider })
  const server = createServer({ service: () => service, remoteOf: () => '127.0.0.1' })

  const send: Send = async (method, path, body, options = {}) => {
    const headers = new Headers(options.headers)
    if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`)
    if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
    const raw = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await server.request(`http://localhost${path}`, { method, headers, body: raw })
    const text = await response.text()
    const isJson = text !== '' && /[/+]json\b/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as unknown) : undefined,
    }
  }

  const stream: TestApp['stream'] = async (path, options = {}) => {
    const headers = new Headers(options.headers)
    if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`)
    return server.request(`http://localhost${path}`, { headers })
  }

  const signUp: TestApp['signUp'] = async (name, fields = {}) => {
    const body = { email: `${name.toLowerCase()}@example.com`, name, password, ...fields }
    const reply = await send('POST', '/api/auth/sign-up', body)
    if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`)
    return { id: reply.body.user.id, token: reply.body.token }
  }

  const set: TestApp['set'] = async (entity, id, fields) => {
    const names = Object.keys(fields)
    const { statement } = await import('../../runtime/database/database.ts')
    const sets = names.map((name, index) => `"${name}" = ?${index + 2}`).join(', ')
    const update = statement(`UPDATE "${app.entities.get(entity)?.table}" SET ${sets} WHERE "id" = ?1`)
    await database.transaction(async (tx) => tx.run(update, [id, ...Object.values(fields)]))
  }

  const close = () => database.close()
  return { app, service, database, send, stream, signUp, set, forgetAttempts, logged, close }
}
