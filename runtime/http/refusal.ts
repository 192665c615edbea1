// Refusals are values: a stage returns one instead of going on, and `respond` turns it into problem+json (RFC 9457).

import type { Explanation } from '../../expr/index.ts'

export type FieldFault = { readonly path: string; readonly code: string; readonly message: string }

export type Refusal = {
  readonly refused: true
  readonly status: number
  /** Stable, for programs: `not-found`, `validation`. */
  readonly code: string
  /** For people. */
  readonly detail: string
  readonly errors?: readonly FieldFault[]
  readonly headers?: Readonly<Record<string, string>>
  /** The rule that refused: for the log, never for the answer. */
  readonly because?: Because | undefined
}

export type Because = {
  /** Where the rule stands: `entities.Task.permissions.update`. */
  readonly rule: string
  readonly source: string
  /** How it came out, where that can be told without other rows. */
  readonly explain?: (() => Explanation) | undefined
}

const titles: { readonly [status: number]: string } = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
}

export const refusal = (
  status: number,
  code: string,
  detail: string,
  more: Pick<Refusal, 'errors' | 'headers' | 'because'> = {},
): Refusal => Object.assign({ refused: true as const, status, code, detail }, more)

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true

export const notFound = (): Refusal => refusal(404, 'not-found', 'There is no such row.')

export const noSuchAddress = (): Refusal => refusal(404, 'no-route', 'There is nothing at this address.')

/** `actions` are those that there are, by method; HEAD goes with GET. */
export const otherMethod = (actions: object): Refusal => {
  const methods = Object.keys(actions)
  const allow = methods.includes('GET') ? ['HEAD', ...methods] : methods
  return refusal(405, 'method', `Use ${methods.join(', ')} here.`, { headers: { Allow: allow.join(', ') } })
}

export const signInFirst = (because?: Because): Refusal =>
  refusal(401, 'not-signed-in', 'Sign in to do this.', { headers: { 'WWW-Authenticate': 'Bearer' }, because })

export const forbidden = (detail: string, because?: Because): Refusal => refusal(403, 'forbidden', detail, { because })

export const badRequest = (code: string, detail: string): Refusal => refusal(400, code, detail)

/** Characters of an address, after which it is refused unread. */
export const longestAddress = 8_192

/** Bytes of a body. */
export const largestBody = 1024 * 1024

export const tooLarge = (): Refusal => refusal(413, 'too-large', `A body has at most ${largestBody} bytes.`)

/** Every fault of a body at once. */
export const invalid = (errors: readonly FieldFault[]): Refusal =>
  refusal(422, 'validation', errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; '), {
    errors,
  })

/** Thrown inside a transaction: undoes it, and carries the refusal out of it. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.detail)
    this.refusal = refusal
  }
}

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly instance: string
  readonly correlationId: string
  readonly errors?: readonly FieldFault[]
}

/** The body of a refusal. */
export const problemOf = (refused: Refusal, instance: string, correlationId: string): Problem => ({
  type: `urn:truth:problem:${refused.code}`,
  title: titles[refused.status] ?? 'Problem',
  status: refused.status,
  code: refused.code,
  detail: refused.detail,
  instance,
  correlationId,
  ...(refused.errors && { errors: refused.errors }),
})
