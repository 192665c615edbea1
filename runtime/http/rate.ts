// How many requests a minute one caller may send: each user, and each address where nobody is signed in.

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Call } from './call.ts'
import { type Refusal, refusal } from './refusal.ts'

/** Seconds. */
const window = 60

export type Rate = {
  /** Counts requests. What the answer tells of the limit, and a refusal when there were too many. */
  readonly count: (
    call: Pick<Call, 'caller' | 'remote'>,
    requests?: number,
  ) => Promise<{
    readonly headers: Readonly<Record<string, string>>
    readonly refused?: Refusal
  }>
}

/** Seconds until a limiter lets a caller in again. */
export const secondsLeft = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000))

/** Undefined when the app sets no limit. */
export function rateOf(perMinute: number | undefined): Rate | undefined {
  if (perMinute === undefined) return undefined
  const limiter = new RateLimiterMemory({ points: perMinute, duration: window })
  // As draft-ietf-httpapi-ratelimit-headers has it.
  const headersOf = (state: RateLimiterRes) => ({
    'RateLimit-Policy': `"requests";q=${perMinute};w=${window}`,
    RateLimit: `"requests";r=${Math.max(0, state.remainingPoints)};t=${secondsLeft(state)}`,
  })
  return {
    count: async ({ caller, remote }, requests = 1) => {
      const key = caller.user ? `user ${caller.user.id}` : `address ${remote}`
      try {
        return { headers: headersOf(await limiter.consume(key, requests)) }
      } catch (state) {
        if (!(state instanceof RateLimiterRes)) throw state
        const wait = secondsLeft(state)
        const headers = { ...headersOf(state), 'Retry-After': String(wait) }
        const detail = `More than ${perMinute} requests in a minute. Try again in ${wait} seconds.`
        return { headers, refused: refusal(429, 'rate-limit', detail, { headers }) }
      }
    },
  }
}
