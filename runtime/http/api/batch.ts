// POST /api/batch: several requests in one transaction, all or nothing.

import type { Call, Outcome } from '../call.ts'
import { json } from '../call.ts'
import { faultRefusal } from '../fault.ts'
import { readJson } from '../json-body.ts'
import { badRequest, isRefusal, longestAddress, type Refusal, Refused } from '../refusal.ts'
import type { Service } from '../service.ts'
import { together } from './together.ts'

const most = 100

const methods: ReadonlySet<unknown> = new Set(['GET', 'POST', 'PATCH', 'PUT', 'DELETE'])

type Item = { readonly method: string; readonly path: string; readonly body?: unknown; readonly ifMatch?: string }

function itemFault(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object'
  const { method, path, ifMatch, body, ...unknown } = value as { readonly [key: string]: unknown }
  const [extra] = Object.keys(unknown)
  if (extra !== undefined) return `has an unknown key \`${extra}\``
  if (!methods.has(method)) return 'needs a `method`: GET, POST, PATCH, PUT or DELETE'
  if (typeof path !== 'string' || !path.startsWith('/')) return 'needs a `path`, such as `/api/tasks`'
  if (path.length > longestAddress) return 'has a `path` that is too long'
  if (ifMatch !== undefined && !(typeof ifMatch === 'string' && /^[\x20-\x7e]*$/.test(ifMatch)))
    return 'has an `ifMatch` that is no tag'
  return method === 'GET' && body !== undefined ? 'has a `body`, which GET does not take' : undefined
}

/** Each request as a call of its own, by the same caller. Only what a batch may hold: not accounts, another batch, nor a stream. */
function callOf(service: Service, call: Call, item: Item): Call | undefined {
  const { prefix } = service.app.settings.api
  const at = item.path.indexOf('?')
  const whole = at < 0 ? item.path : item.path.slice(0, at)
  if (!whole.startsWith(`${prefix}/`)) return undefined
  const path = whole.slice(prefix.length)
  if (path === '/batch' || path.startsWith('/auth/') || /^\/[^/]+\/changes$/.test(path)) return undefined
  const headers = new Headers({ 'content-type': 'application/json' })
  if (item.ifMatch !== undefined) headers.set('if-match', item.ifMatch)
  const body = item.body === undefined ? undefined : JSON.stringify(item.body)
  const request = new Request('http://batch/', { method: item.method, headers, ...(body !== undefined && { body }) })
  return {
    ...call,
    request,
    method: item.method,
    path,
    query: new URLSearchParams(at < 0 ? '' : item.path.slice(at + 1)),
  }
}

const numbered = (refused: Refusal, index: number): Refusal => ({
  ...refused,
  detail: `Request ${index} of the batch: ${refused.detail} Nothing was changed.`,
  ...(refused.errors && { errors: refused.errors.map((error) => ({ ...error, path: `${index}.${error.path}` })) }),
})

function answerText(outcome: Exclude<Outcome, Refusal>): string {
  const { ETag, Location } = outcome.headers ?? {}
  const headers = JSON.stringify({ ...(ETag && { ETag }), ...(Location && { Location }) })
  const body = outcome.body === undefined || outcome.body === '' ? 'null' : outcome.body
  return `{"status":${outcome.status},"headers":${headers},"body":${body}}`
}

/** Characters of all answers together. */
const largestAnswer = 16 * 1024 * 1024

export async function batch(
  service: Service,
  call: Call,
  act: (service: Service, call: Call) => Promise<Outcome>,
): Promise<Outcome> {
  const parsed = await readJson(call.request)
  if (isRefusal(parsed)) return parsed
  const items = parsed.value
  if (!Array.isArray(items)) return badRequest('batch', 'The body of a batch is a list of requests.')
  if (items.length > most) return badRequest('batch', `A batch has at most ${most} requests.`)
  const calls: Call[] = []
  for (const [index, item] of items.entries()) {
    const fault = itemFault(item)
    if (fault !== undefined) return badRequest('batch', `Request ${index} of the batch ${fault}.`)
    const one = callOf(service, call, item as Item)
    if (!one) return badRequest('batch', `Request ${index} of the batch has a \`path\` that a batch does not take.`)
    calls.push(one)
  }
  // The batch itself was counted as one.
  const counted = calls.length > 1 ? await service.rate?.count(call, calls.length - 1) : undefined
  if (counted?.refused) return counted.refused
  const actOrRefuse = async (inside: Service, one: Call): Promise<Outcome> => {
    try {
      return await act(inside, one)
    } catch (error) {
      const refused = faultRefusal(error, inside, call.correlationId, one.path)
      // What is nobody's fault has no number.
      if (refused.status >= 500) throw new Refused(refused)
      return refused
    }
  }
  const work = async (inside: Service): Promise<Outcome> => {
    const answers: string[] = []
    let size = 0
    for (const [index, one] of calls.entries()) {
      const outcome = await actOrRefuse(inside, one)
      if (isRefusal(outcome)) return numbered(outcome, index)
      const text = answerText(outcome)
      size += text.length
      if (size > largestAnswer) return badRequest('batch', `The answers up to request ${index} are larger than 16 MiB.`)
      answers.push(text)
    }
    return json(200, `[${answers.join(',')}]`)
  }
  return together(service, work, calls.every(({ method }) => method === 'GET') ? 'snapshot' : 'transaction')
}
