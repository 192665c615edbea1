// Who is asking: from the bearer token or the session cookie to the user's row.

import { randomUUID } from 'node:crypto'
import type { Call } from './call.ts'
import { isWelcome } from './cors.ts'
import { type Refusal, refusal } from './refusal.ts'
import type { Service } from './service.ts'

export const sessionCookie = 'truth_session'

type Who = Pick<Call, 'caller' | 'token' | 'byCookie'>

/** The caller's own id for the request, when it is well formed, else a new one. */
export function correlationOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && /^[A-Za-z0-9._-]{1,100}$/.test(given) ? given : randomUUID()
}

function cookieOf(request: Request, name: string): string | undefined {
  const header = request.headers.get('cookie')
  if (header === null) return undefined
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** The user behind a request. A token that names no session is as good as none. */
export async function callerOf(service: Service, request: Request): Promise<Who> {
  const now = new Date().toISOString()
  const bearer = /^Bearer +([^ ]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const token = bearer ?? cookieOf(request, sessionCookie)
  const byCookie = bearer === undefined && token !== undefined
  if (token === undefined || !service.accounts) return { caller: { user: null, now }, token: undefined, byCookie }
  const session = await service.accounts.session(token, now)
  return { caller: { user: session?.user ?? null, now }, token: session && token, byCookie }
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a method only reads. */
export const isSafe = (method: string): boolean => safe.has(method)

/**
 * Refuses a write that another site made the browser send along with its cookies. Browsers say where a request comes
 * from; callers that are no browser send neither header, and no cookie that they did not mean to. Origins that the
 * truth file names are no strangers.
 */
export function refuseForged(call: Call, origins: readonly string[]): Refusal | undefined {
  if (isSafe(call.method)) return undefined
  const site = call.request.headers.get('sec-fetch-site')
  const origin = call.request.headers.get('origin')
  const foreign =
    site !== null ? site !== 'same-origin' && site !== 'none' : origin !== null && hostOf(origin) !== call.host()
  // A token in `Authorization` is sent on purpose, and cookies do not count beside it.
  if (!foreign || (call.token !== undefined && !call.byCookie)) return undefined
  if (isWelcome(origins, origin, call.byCookie)) return undefined
  return refusal(403, 'cross-site', 'This request comes from another site.')
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}
