// Other origins that the app lets browsers call its API from: none, unless the truth file names them.

import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

const exposed = [
  'ETag',
  'Location',
  'X-Request-Id',
  'X-Truth-Explain',
  'Idempotency-Replayed',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
]

/** Answers preflights and marks answers; undefined when no origin was named. Cookies travel to named origins only. */
export function corsOf(origins: readonly string[]): MiddlewareHandler | undefined {
  if (origins.length === 0) return undefined
  const anyone = origins.includes('*')
  return cors({
    origin: anyone ? '*' : [...origins],
    credentials: !anyone,
    exposeHeaders: exposed,
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    maxAge: 600,
  })
}

/** Whether a browser may send a write from this origin. Where everybody may call, cookies must not count. */
export const isWelcome = (origins: readonly string[], origin: string | null, byCookie: boolean): boolean =>
  (origin !== null && origins.includes(origin)) || (origins.includes('*') && !byCookie)
