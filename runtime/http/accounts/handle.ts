// /auth: sign-up, sign-in, sign-out, who am I; which action stands at which address.

import { readOne } from '../../database/records/read.ts'
import { type Call, isGet, json, type Outcome } from '../call.ts'
import { sessionCookie } from '../caller.ts'
import { readObject } from '../json-body.ts'
import { isRefusal, noSuchAddress, otherMethod, type Refusal, refusal, signInFirst } from '../refusal.ts'
import type { Service } from '../service.ts'
import { type Entered, signIn, signUp } from './enter.ts'
import { enterByProvider } from './enter-by-provider.ts'
import { changePassword, endOtherSessions, endSession, listSessions } from './own-sessions.ts'
import { leaveProvider } from './provider.ts'
import { forgot, reset, verify, verifyEmail } from './recover.ts'

/** `Secure` would keep the cookie from ever coming back over plain HTTP, so it is for TLS only. */
export const cookieFor = (call: Pick<Call, 'secure'>, token: string, seconds: number): string =>
  `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${call.secure ? '; Secure' : ''}`

/** The user as their own reader sees them. */
async function userJson(service: Service, call: Call, id: string): Promise<string> {
  const user = await service.accounts?.userById(id)
  const collection = service.byName.get(service.accounts?.entity.name ?? '')
  const caller = { user: user ?? null, now: call.caller.now }
  const row = collection && (await readOne(service.database.query, collection, caller, id))
  return row ?? JSON.stringify({ id })
}

async function entered(service: Service, call: Call, result: Entered | Refusal, status: number): Promise<Outcome> {
  if (isRefusal(result)) return result
  const user = await userJson(service, call, result.user)
  const seconds = service.app.settings.auth.sessionTimeout
  const headers = { 'Set-Cookie': cookieFor(call, result.token, seconds) }
  const answer = json(status, `{"user":${user},"token":${JSON.stringify(result.token)}}`, headers)
  return result.cookies ? { ...answer, cookies: result.cookies } : answer
}

type Action = (service: Service, call: Call) => Promise<Outcome>

const post =
  (enter: typeof signIn, status: number): Action =>
  async (service, call) => {
    const body = await readObject(call.request)
    return isRefusal(body) ? body : entered(service, call, await enter(service, call, body), status)
  }

const withBody =
  (act: (service: Service, call: Call, body: ReadonlyMap<string, unknown>) => Promise<Outcome>): Action =>
  async (service, call) => {
    const body = await readObject(call.request)
    return isRefusal(body) ? body : act(service, call, body)
  }

const signOut: Action = async (service, call) => {
  if (call.token !== undefined) await service.accounts?.end(call.token)
  const cookies = await leaveProvider(service, call)
  return { status: 204, headers: { 'Set-Cookie': cookieFor(call, '', 0) }, cookies }
}

const session: Action = async (service, call) => {
  const found = call.token === undefined ? undefined : await service.accounts?.session(call.token, call.caller.now)
  if (!found) return signInFirst()
  const user = await userJson(service, call, found.user.id)
  return json(200, `{"user":${user},"expiresAt":${JSON.stringify(found.expiresAt)}}`)
}

const enter: Action = async (service, call) => entered(service, call, await enterByProvider(service, call), 200)

type Actions = { readonly [method: string]: Action }

const actions: ReadonlyMap<string, Actions> = new Map([
  ['/auth/sign-up', { POST: post(signUp, 201) }],
  ['/auth/sign-in', { POST: post(signIn, 200) }],
  ['/auth/sign-out', { POST: signOut }],
  ['/auth/session', { GET: session }],
  ['/auth/sessions', { GET: listSessions, DELETE: endOtherSessions }],
  ['/auth/password', { POST: changePassword }],
  ['/auth/forgot', { POST: withBody(forgot) }],
  ['/auth/reset', { POST: withBody(reset) }],
  ['/auth/verify-email', { POST: verifyEmail }],
  ['/auth/verify', { POST: withBody(verify) }],
])

/** GET is a page, to which the provider sends browsers; asking what it would answer must not sign anybody in. */
const otherEntry = (): Refusal => refusal(405, 'method', 'Use GET, POST here.', { headers: { Allow: 'GET, POST' } })

function actionsAt({ provider }: Service, path: string): Actions | undefined {
  if (path === '/auth/enter') return provider && { POST: enter }
  const id = /^\/auth\/sessions\/([\w-]+)$/.exec(path)?.[1]
  return id === undefined ? actions.get(path) : { DELETE: (service, call) => endSession(service, call, id) }
}

export function handleAccounts(service: Service, call: Call): Promise<Outcome> {
  const here = service.accounts && actionsAt(service, call.path)
  if (!here) return Promise.resolve(noSuchAddress())
  const method = isGet(call) ? 'GET' : call.method
  const action = Object.hasOwn(here, method) ? here[method] : undefined
  if (action) return action(service, call)
  return Promise.resolve(call.path === '/auth/enter' ? otherEntry() : otherMethod(here))
}
