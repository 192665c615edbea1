// What operations answer: the refusals that they share, as components, and the headers that answers carry.

import type { Names } from './names.ts'
import type { Json } from './value.ts'

/** Every refusal, by status, and what it is for. */
const refusals = {
  400: ['BadRequest', 'A parameter or the body cannot be read, or names what does not exist.'],
  401: ['NotSignedIn', 'Refused, and nobody is signed in; or the credentials are wrong.'],
  403: ['NotAllowed', 'The caller may not do this, or the request comes from another site.'],
  404: ['NotFound', 'There is no such row, as far as the caller may know.'],
  405: ['NoSuchMethod', 'The address takes other methods.'],
  406: ['NotTaken', 'The `Accept` of the request takes nothing of what is sent here.'],
  409: ['Conflict', 'A value that must be unique is taken, other rows refer to this one, or somebody else changed it.'],
  412: ['PreconditionFailed', 'The row is no longer the one that `If-Match` names.'],
  413: ['TooLarge', 'The body has more than 1 MiB.'],
  414: ['AddressTooLong', 'The address has more than 8,192 characters.'],
  415: ['NotJson', 'The body is not sent as JSON.'],
  422: [
    'NotValid',
    'Values do not fit, all of them named in `errors`; or an `Idempotency-Key` was used for another request.',
  ],
  429: ['TooMany', 'Too many attempts on an account, or more requests a minute than the app takes. Try again later.'],
  500: ['Failed', 'Something went wrong; the log knows more under the `correlationId`.'],
  503: ['NotAvailable', 'The database is not available right now.'],
} as const satisfies Readonly<Record<number, readonly [name: string, about: string]>>

export type RefusedStatus = keyof typeof refusals

const header = (description: string, schema: Json = { type: 'string' }): Json => ({ description, schema })

/** Response headers, by name. */
export const headers = {
  'X-Request-Id': header('Names this request in the log. A well-formed one of the caller’s own is kept.'),
  ETag: header('Changes whenever the row does. For `If-Match` and `If-None-Match`.'),
  Location: header('The address of the new row.'),
  'Set-Cookie': header('The session cookie.'),
  'Idempotency-Replayed': header('There when this is the first answer to the same `Idempotency-Key`, sent again.', {
    type: 'string',
    const: 'true',
  }),
  'WWW-Authenticate': header('How to say who you are.', { type: 'string', const: 'Bearer' }),
  'Retry-After': header('Seconds to wait.', { type: 'integer', minimum: 1 }),
} satisfies Record<string, Json>

export type HeaderName = keyof typeof headers

/** Headers of an answer; every one carries the number of its request. */
export const withHeaders = (...names: readonly HeaderName[]): Json => ({
  headers: Object.fromEntries(
    ['X-Request-Id', ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  ),
})

const extra: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

/** RFC 9457, with a code for programs. */
const problemSchema: Json = {
  type: 'object',
  title: 'Problem',
  description: 'Why a request was refused (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri', description: 'An address that names the kind of problem.' },
    title: { type: 'string', description: 'The kind of problem, for people.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', description: 'The kind of problem, for programs: `not-found`, `validation`.' },
    detail: { type: 'string', description: 'What is wrong this time.' },
    instance: { type: 'string', description: 'The path that was asked for.' },
    correlationId: { type: 'string', description: 'Names the request in the log.' },
    errors: {
      type: 'array',
      description: 'What is wrong with the body, field by field.',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'code', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'instance', 'correlationId'],
}

/** The responses that refuse, as components. */
export function refusalComponents(problem: string): Json {
  const content = { 'application/problem+json': { schema: { $ref: `#/components/schemas/${problem}` } } }
  return Object.fromEntries(
    Object.entries(refusals).map(([status, [name, description]]) => [
      name,
      { description, ...withHeaders(...(extra[Number(status)] ?? [])), content },
    ]),
  )
}

/** References to them, by status; what anything can come to is among them. */
export const refusing = (...statuses: readonly RefusedStatus[]): Json =>
  Object.fromEntries(
    [...new Set<RefusedStatus>([...statuses, 414, 429, 500, 503])]
      .sort((a, b) => a - b)
      .map((status) => [String(status), { $ref: `#/components/responses/${refusals[status][0]}` }]),
  )

/** An answer in JSON. */
export const answering = (description: string, schema: Json, ...names: readonly HeaderName[]): Json => ({
  description,
  ...withHeaders(...names),
  content: { 'application/json': { schema } },
})

export type Shared = { readonly problem: string; readonly page: string; readonly id: string; readonly groups: string }

/** The names of the schemas that all entities share. */
export const sharedNames = (names: Names): Shared => ({
  problem: names('Problem'),
  page: names('Page'),
  id: names('RowId'),
  groups: names('Groups'),
})

const measure: Json = { type: 'object', additionalProperties: { type: ['number', 'null'] } }
const values: Json = { type: 'object', additionalProperties: true }

export const sharedSchemas = (shared: Shared): readonly (readonly [name: string, schema: Json])[] => [
  [shared.problem, problemSchema],
  [
    shared.page,
    {
      type: 'object',
      properties: {
        limit: { type: 'integer', minimum: 1 },
        next: { type: ['string', 'null'], description: 'For `after`; null on the last page.' },
        total: { type: 'integer', minimum: 0, description: 'With `count=true`: the rows of all pages.' },
      },
      required: ['limit', 'next'],
    },
  ],
  [
    shared.id,
    {
      type: 'object',
      description: 'All that is told of a row that the caller may not read.',
      properties: { id: { type: 'string' } },
      required: ['id'],
    },
  ],
  [
    shared.groups,
    {
      type: 'object',
      properties: {
        data: {
          type: 'array',
          maxItems: 1000,
          items: {
            type: 'object',
            properties: {
              group: values,
              count: { type: 'integer', minimum: 0 },
              sum: measure,
              avg: measure,
              min: values,
              max: values,
            },
            required: ['count'],
          },
        },
      },
      required: ['data'],
    },
  ],
]
