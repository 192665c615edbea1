// What a Prometheus server asks for: how many requests of which kind were answered, how, and how fast; how the process is.

import { timingSafeEqual } from 'node:crypto'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Service } from './service.ts'

export type Metrics = {
  readonly contentType: string
  /** Counts an answered request; `seconds` is how long it took. */
  readonly count: (service: Service, method: string, path: string, status: number, seconds: number) => void
  readonly text: () => Promise<string>
  /** Whether an `Authorization` header may read them; without a token, any may. */
  readonly mayRead: (authorization: string | undefined) => boolean
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The address with what callers choose left out, so that there are few: `/api/tasks/:id/complete`. */
export function routeLabel({ app, byPath, byName }: Service, path: string): string {
  const { prefix } = app.settings.api
  if (!path.startsWith(`${prefix}/`)) return 'page'
  const [name = '', id, action, more] = path.slice(prefix.length + 1).split('/')
  if (name === 'auth')
    return /^(?:sign-(?:in|up|out)|session|password|enter|provider)$/.test(id ?? '')
      ? `${prefix}/auth/${id}`
      : `${prefix}/auth`
  if (name === 'batch' && id === undefined) return `${prefix}/batch`
  const entity = (byPath.get(name) ?? byName.get(name))?.entity
  if (!entity || more !== undefined) return 'other'
  const at = `${prefix}/${entity.path}`
  if (id === undefined) return at
  if (action === undefined) return id === 'aggregate' || id === 'changes' ? `${at}/${id}` : `${at}/:id`
  return entity.behaviors.has(action) || action === 'restore' ? `${at}/:id/${action}` : 'other'
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** `listeners` tells how many hear of changes at the moment. */
export function createMetrics(token: string | undefined, listeners: () => number): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const requests = new Histogram({
    name: 'truth_http_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [register],
  })
  new Gauge({
    name: 'truth_listeners',
    help: 'Streams of changes that are open.',
    registers: [register],
    collect() {
      this.set(listeners())
    },
  })
  return {
    contentType: register.contentType,
    count: (service, method, path, status, seconds) =>
      requests.observe(
        { method: methods.has(method) ? method : 'other', route: routeLabel(service, path), status },
        seconds,
      ),
    text: () => register.metrics(),
    mayRead: (authorization) => token === undefined || isSame(authorization ?? '', `Bearer ${token}`),
  }
}
