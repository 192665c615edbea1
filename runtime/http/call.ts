// A request on its way through the stages, and what a stage answers.

import type { Caller } from '../database/records/caller.ts'
import type { Refusal } from './refusal.ts'

export type Call = {
  readonly request: Request
  readonly method: string
  /** The path below the API's prefix, or the whole path for pages. */
  readonly path: string
  readonly query: URLSearchParams
  readonly correlationId: string
  /** The address of the caller, or the network of one caller: what requests and attempts are counted for. */
  readonly remote: string
  /** The host that the caller asked for. */
  readonly host: () => string
  readonly caller: Caller
  /** The token that named the caller, if any. */
  readonly token: string | undefined
  /** Whether that was a cookie, which a browser sends by itself. */
  readonly byCookie: boolean
  /** Whether the caller speaks TLS. */
  readonly secure: boolean
}

/** GET, or HEAD, which asks for the headers that GET would have. */
export const isGet = ({ method }: Pick<Call, 'method'>): boolean => method === 'GET' || method === 'HEAD'

export type Answer = {
  readonly status: number
  readonly body?: string
  /** Instead of a body, for what has no end. */
  readonly stream?: ReadableStream<Uint8Array>
  readonly headers?: Readonly<Record<string, string>>
  /** `Set-Cookie` headers beside that of `headers`. */
  readonly cookies?: readonly string[]
}

export type Outcome = Answer | Refusal

export const json = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body,
  headers: Object.assign({ 'Content-Type': 'application/json; charset=utf-8' }, headers),
})
