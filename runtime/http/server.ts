// The web server's front: a Hono app that turns a request into a call, hands it to the API or the pages, and turns the
// outcome into a response. The service behind it can be swapped while it runs.

import { type Context, Hono } from 'hono'
import { handleAccounts } from './accounts/handle.ts'
import { handleApi } from './api/handle.ts'
import type { Answer, Call, Outcome } from './call.ts'
import { callerOf, correlationOf, refuseForged } from './caller.ts'
import { explorerOf } from './explorer.tsx'
import { faultRefusal } from './fault.ts'
import { handlePages } from './pages/handle.ts'
import { isRefusal, noSuchAddress, problemOf, type Refusal, refusal } from './refusal.ts'
import type { Service } from './service.ts'

export type ServerOptions = {
  /** The service of the moment; hot reload puts another one in its place. */
  readonly service: () => Service
  /** The address of the other side of a connection. */
  readonly remoteOf: (context: Context) => string
  /** Problems of the truth file to show over the pages, in development. */
  readonly problems?: () => string | undefined
}

/** Characters of an address, after which it is refused unread. */
const longestAddress = 8_192

const secured: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

/** PERF: most requests have no query, and parsing a whole URL costs as much as finding the row. */
function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

type Handler = (service: Service, call: Call) => Promise<Outcome>

/** Who answers a path, the part of it that they go by, and whether what they answer is a page. */
type Route = { readonly handle: Handler; readonly path: string; readonly page: boolean }

function routeOf(service: Service, path: string, problems: ServerOptions['problems']): Route {
  const { prefix } = service.app.settings.api
  const explorer = explorerOf(service, path)
  if (explorer) return { handle: explorer, path, page: true }
  if (path !== prefix && !path.startsWith(`${prefix}/`))
    return { handle: (current, call) => handlePages(current, call, problems?.()), path, page: true }
  const rest = path.slice(prefix.length)
  return { handle: rest.startsWith('/auth/') ? handleAccounts : handleApi, path: rest, page: false }
}

function respond(
  outcome: Outcome,
  call: Pick<Call, 'path' | 'correlationId'>,
  instance: string,
  page: boolean,
): Response {
  const answer: Answer = isRefusal(outcome)
    ? {
        status: outcome.status,
        body: JSON.stringify(problemOf(outcome, instance, call.correlationId)),
        headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...outcome.headers },
      }
    : outcome
  const headers: Record<string, string> = {
    ...(page ? secured : { 'X-Content-Type-Options': 'nosniff' }),
    'Cache-Control': 'private, no-cache',
    'X-Request-Id': call.correlationId,
    ...answer.headers,
  }
  return new Response(answer.body ?? null, { status: answer.status, headers })
}

async function answer(options: ServerOptions, context: Context): Promise<Response> {
  const service = options.service()
  const { raw } = context.req
  const correlationId = correlationOf(raw)
  const path = context.req.path
  const route = routeOf(service, path, options.problems)
  const known = { path: route.path, correlationId }
  try {
    if (raw.url.length > longestAddress)
      return respond(refusal(414, 'address', 'The address is too long.'), known, path, route.page)
    const who = await callerOf(service, raw)
    const call: Call = {
      ...known,
      ...who,
      request: raw,
      method: raw.method,
      query: queryOf(raw.url),
      remote: options.remoteOf(context),
    }
    const forged = refuseForged(call)
    const outcome = forged ?? (await route.handle(service, call))
    return respond(outcome, call, path, route.page)
  } catch (error) {
    const fault: Refusal = faultRefusal(error, service, correlationId, path)
    return respond(fault, known, path, route.page)
  }
}

export function createServer(options: ServerOptions): Hono {
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok'))
  app.get('/readyz', async (context) => {
    try {
      await options.service().database.query(options.service().alive, [])
      return context.text('ok')
    } catch {
      return context.text('the database is out of reach', 503)
    }
  })
  app.all('*', (context) => answer(options, context))
  app.notFound(() => respond(noSuchAddress(), { path: '', correlationId: '' }, '', true))
  return app
}
