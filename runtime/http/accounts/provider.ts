// Speaks with the app's provider of sign-ins: hands it the requests that are its own, and asks it who somebody is.

import { readBytes } from '../body.ts'
import type { Call, Outcome } from '../call.ts'
import { largestBody, Refused, refusal, tooLarge } from '../refusal.ts'
import type { Service } from '../service.ts'
import type { AuthProvider, ProvidedPerson } from './auth-provider.ts'

/** Milliseconds that a provider may take. */
const slowest = 30_000

const below = '/auth/provider'

/** Whether people can come in by a provider. */
export const hasProvider = ({ accounts, provider }: Service): boolean =>
  provider !== undefined && accounts !== undefined

/** Whether a path below the API's prefix is the provider's own. */
export const isProviders = (service: Service, path: string): boolean =>
  hasProvider(service) && (path === below || path.startsWith(`${below}/`))

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, fail) => {
    const headers = { 'Retry-After': '10' }
    late = setTimeout(
      () => fail(new Refused(refusal(503, 'provider', 'The provider does not answer right now.', { headers }))),
      slowest,
    )
  })
  try {
    return await Promise.race([answer, limit])
  } finally {
    clearTimeout(late)
  }
}

/** The request with a body that is not too large; one of undeclared length is read to see. */
async function bounded(request: Request): Promise<Request | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return request
  const length = request.headers.get('content-length')
  if (length !== null) return Number(length) > largestBody ? undefined : request
  if (!request.body) return request
  const { url, method, headers } = request
  const body = await readBytes(request)
  return body && new Request(url, { method, headers, body })
}

/** What belongs to the connection, not to the answer. */
const ofConnection = new Set(['connection', 'content-length', 'keep-alive', 'set-cookie', 'transfer-encoding'])

/** The provider's own answer. */
export async function passOn({ provider }: Service, call: Call): Promise<Outcome> {
  const request = await bounded(call.request)
  if (!request || !provider) return tooLarge()
  const response = await inTime(provider.handle(request))
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ofConnection.has(name)))
  return {
    status: response.status,
    ...(response.body && { stream: response.body }),
    headers: { ...headers, 'cache-control': 'no-store' },
    cookies: response.headers.getSetCookie(),
  }
}

/** Whom the provider has signed in, their address as accounts have it. Throws where it says what makes no sense. */
export async function personOf(provider: AuthProvider, request: Request): Promise<ProvidedPerson | undefined> {
  const person = (await inTime(provider.person(request))) as Partial<ProvidedPerson> | null | undefined
  if (person === undefined || person === null) return undefined
  const { id, email, emailVerified, name } = person
  if (typeof id !== 'string' || !/^[^\0]{1,255}$/u.test(id) || !id.isWellFormed())
    throw new TypeError('The provider told of a person without an `id` that is a text of 1 to 255 characters.')
  const isText = typeof email === 'string' && email.isWellFormed() && !email.includes('\0')
  return {
    id,
    email: isText ? email.trim().toLowerCase() : '',
    // SECURITY: whatever is not plainly true is no.
    emailVerified: emailVerified === true,
    name: typeof name === 'string' ? name.trim() : null,
  }
}

/** Ends the session at the provider, if that can be done; the cookies that say so. A fault is in the log. */
export async function leaveProvider({ provider, log }: Service, call: Call): Promise<readonly string[]> {
  if (!provider?.leave) return []
  try {
    return await inTime(provider.leave(call.request))
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    log.error({ correlationId: call.correlationId, error: told }, 'provider not left')
    return []
  }
}
