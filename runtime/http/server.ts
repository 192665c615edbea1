// The web server's front: a Hono app that turns a request into a call, hands it to the API or the pages, and turns the
// outcome into a response. The service behind it can be swapped while it runs.

import { type Context, Hono } from 'hono'
import { handleAccounts } from './accounts/handle.ts'
import { hasProvider, isProviders, passOn } from './accounts/provider.ts'
import { handleApi } from './api/handle.ts'
import type { Answer, Call, Outcome } from './call.ts'
import { callerOf, correlationOf, isSafe, refuseForged } from './caller.ts'
import { explainHeader } from './explained.ts'
import { explorerOf } from './explorer.tsx'
import { faultRefusal } from './fault.ts'
import { frontOf, type Trust } from './front.ts'
import type { Metrics } from './metrics.ts'
import { handlePages } from './pages/handle.ts'
import { isRefusal, longestAddress, noSuchAddress, problemOf, type Refusal, refusal } from './refusal.ts'
import { represent } from './represent.ts'
import type { Service } from './service.ts'
import { startTiming } from './timing.ts'

export type ServerOptions = {
  /** The service of the moment; hot reload puts another one in its place. */
  readonly service: () => Service
  /** The address of the other side of a connection. */
  readonly remoteOf: (context: Context) => string
  /** The proxies whose word on the caller is taken; none by default. */
  readonly trust?: Trust | undefined
  /** Where answered requests are counted; without it there is nothing at `/metrics`. */
  readonly metrics?: Metrics
  /** Problems of the truth file to show over the pages, in development. */
  readonly problems?: () => string | undefined
}

const noSniffing = { 'X-Content-Type-Options': 'nosniff' }

const overTls = { 'Strict-Transport-Security': 'max-age=31536000' }

const secured: Readonly<Record<string, string>> = {
  ...noSniffing,
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

const noQuery = new URLSearchParams()

/** PERF: most requests have no query, and parsing a whole URL costs as much as finding the row. */
function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?')
  return at < 0 ? noQuery : new URLSearchParams(url.slice(at + 1))
}

/** `refused` is what was found before the call came to anybody. */
type Handler = (service: Service, call: Call, refused: Refusal | undefined) => Promise<Outcome>

/** Who answers a path, the part of it that they go by, and whether what they answer is a page. */
type Route = {
  readonly handle: Handler
  readonly path: string
  readonly page: boolean
  /** Whether they look out for forged requests themselves. */
  readonly guarded?: boolean
}

const unlessRefused =
  (handle: (service: Service, call: Call) => Promise<Outcome>): Handler =>
  async (service, call, refused) =>
    refused ?? handle(service, call)

const accounts = unlessRefused(handleAccounts)
const api = unlessRefused(handleApi)
const provider = unlessRefused(passOn)

const isApi = ({ app }: Service, path: string): boolean =>
  path === app.settings.api.prefix || path.startsWith(`${app.settings.api.prefix}/`)

function routeOf(service: Service, method: string, path: string, problems: ServerOptions['problems']): Route {
  const rest = isApi(service, path) ? path.slice(service.app.settings.api.prefix.length) : undefined
  // PERF: only what can be the explorer's is looked at by it.
  const explorer = rest === undefined || rest.startsWith('/docs') ? explorerOf(service, path) : undefined
  if (explorer) return { handle: unlessRefused(explorer), path, page: true }
  if (rest === undefined || (rest === '/auth/enter' && method === 'GET' && hasProvider(service))) {
    // Refused or not, a page is answered with a page.
    return { handle: (current, call, refused) => handlePages(current, call, refused, problems?.()), path, page: true }
  }
  // SECURITY: other sites may send a browser here with a form, as some do at the end of a sign-in.
  if (isProviders(service, rest)) return { handle: provider, path: rest, page: true, guarded: true }
  return { handle: rest.startsWith('/auth/') ? accounts : api, path: rest, page: false }
}

function respond(
  outcome: Outcome,
  call: Pick<Call, 'path' | 'correlationId' | 'secure'> & { readonly packs: boolean },
  instance: string,
  page: boolean,
  more: Readonly<Record<string, string>> = {},
): Response {
  const answer: Answer = isRefusal(outcome)
    ? {
        status: outcome.status,
        body: JSON.stringify(problemOf(outcome, instance, call.correlationId)),
        headers: Object.assign({ 'Content-Type': 'application/problem+json; charset=utf-8' }, outcome.headers),
      }
    : outcome
  // PERF: V8 takes 3 µs to spread several objects into one, and 50 ns to assign them.
  const headers: Record<string, string> = Object.assign(
    { 'Cache-Control': 'private, no-cache', 'X-Request-Id': call.correlationId },
    page ? secured : noSniffing,
    call.secure ? overTls : undefined,
    // Whether it is worth compressing is told by its length.
    call.packs && answer.body !== undefined ? { 'Content-Length': String(Buffer.byteLength(answer.body)) } : undefined,
    more,
    answer.cookies ? undefined : answer.headers,
  )
  const body = answer.body ?? answer.stream ?? null
  // What is compressed for one caller is not for another.
  headers.Vary = headers.Vary === undefined ? 'Accept-Encoding' : `${headers.Vary}, Accept-Encoding`
  if (!answer.cookies) return new Response(body, { status: answer.status, headers })
  const all = new Headers(headers)
  for (const [name, value] of Object.entries(answer.headers ?? {})) all.set(name, value)
  for (const cookie of answer.cookies) all.append('Set-Cookie', cookie)
  return new Response(body, { status: answer.status, headers: all })
}

async function answer(options: ServerOptions, context: Context): Promise<Response> {
  const now = options.service()
  const timing = now.mode === 'development' ? startTiming(now) : undefined
  const service = timing?.service ?? now
  const { raw } = context.req
  const correlationId = correlationOf(raw)
  const path = context.req.path
  const route = routeOf(service, raw.method, path, options.problems)
  const front = frontOf(raw, options.remoteOf(context), options.trust)
  const packs = raw.headers.has('accept-encoding')
  const known = { path: route.path, correlationId, secure: front.secure, packs }
  const started = performance.now()
  const finish = (outcome: Outcome, more: Readonly<Record<string, string>> = {}): Response => {
    const because = isRefusal(outcome) ? outcome.because : undefined
    const explained = because && timing && { 'X-Truth-Explain': explainHeader(because) }
    const told = timing ? { ...more, ...explained, 'Server-Timing': timing.header() } : more
    const response = represent(raw, respond(outcome, known, path, route.page, told))
    const ms = Math.round((performance.now() - started) * 10) / 10
    options.metrics?.count(service, raw.method, path, response.status, ms / 1000)
    // The rule alone: what it was asked of is not for a log.
    const line = { correlationId, method: raw.method, path, status: response.status, ms, rule: because?.rule }
    const level = timing || (because && response.status === 403) ? 'info' : 'debug'
    service.log[level](line, 'request')
    return response
  }
  try {
    if (raw.url.length > longestAddress) return finish(refusal(414, 'address', 'The address is too long.'))
    const who = await callerOf(service, raw)
    timing?.stage('caller')
    const call: Call = {
      path: route.path,
      correlationId,
      caller: who.caller,
      token: who.token,
      byCookie: who.byCookie,
      request: raw,
      method: raw.method,
      query: queryOf(raw.url),
      remote: front.remote,
      host: front.host,
      secure: front.secure,
    }
    const counted = await service.rate?.count(call)
    // Other origins are welcome at the API alone, not at the forms of pages.
    const forged = route.guarded ? undefined : refuseForged(call, route.page ? [] : service.app.settings.api.cors)
    const refused = counted?.refused ?? forged
    const outcome = await route.handle(service, call, refused)
    timing?.stage('handle')
    if (!isSafe(raw.method)) service.changes.stir()
    return finish(outcome, counted?.headers)
  } catch (error) {
    return finish(faultRefusal(error, service, correlationId, path))
  }
}

export function createServer(options: ServerOptions): Hono {
  const app = new Hono()
  const numbered = async (context: Context, next: () => Promise<void>): Promise<void> => {
    await next()
    context.res.headers.set('X-Request-Id', correlationOf(context.req.raw))
  }
  app.get('/healthz', numbered, (context) => context.text('ok'))
  app.get('/readyz', numbered, async (context) => {
    try {
      await options.service().database.query(options.service().alive, [])
      return context.text('ok')
    } catch {
      return context.text('the database is out of reach', 503)
    }
  })
  const { metrics } = options
  if (metrics) {
    app.get('/metrics', numbered, async (context) =>
      metrics.mayRead(context.req.header('authorization'))
        ? context.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType })
        : context.text('Say who you are.', 401, { 'WWW-Authenticate': 'Bearer' }),
    )
  }
  app.all('*', async (context) => {
    const service = options.service()
    if (!service.cors || !isApi(service, context.req.path)) return answer(options, context)
    const preflight = await service.cors(context, async () => {
      context.res = await answer(options, context)
    })
    return preflight ?? context.res
  })
  app.notFound(() => respond(noSuchAddress(), { path: '', correlationId: '', secure: false, packs: false }, '', true))
  return app
}
