// Slows down guessing: attempts are counted by address and by the pair of account and address.

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { secondsLeft } from '../rate.ts'
import { type Refusal, refusal } from '../refusal.ts'

const window = 15 * 60

export type Throttle = {
  /** Counts an attempt, on an account if there is one to guess; a refusal when there were too many. */
  readonly attempt: (remote: string, account?: string) => Promise<Refusal | undefined>
  /** After a right password: forgets the attempts on the account, and that this was one of the address. */
  readonly clear: (remote: string, account: string) => Promise<void>
}

export function createThrottle(): Throttle {
  const byAccount = new RateLimiterMemory({ points: 10, duration: window })
  const byAddress = new RateLimiterMemory({ points: 100, duration: window })
  // Nobody fills the memory with accounts of a megabyte each.
  const key = (remote: string, account: string): string => `${remote} ${account.slice(0, 300)}`
  return {
    attempt: async (remote, account) => {
      try {
        await byAddress.consume(remote)
        if (account !== undefined) await byAccount.consume(key(remote, account))
        return undefined
      } catch (limit) {
        if (!(limit instanceof RateLimiterRes)) throw limit
        const seconds = secondsLeft(limit)
        const headers = { 'Retry-After': String(seconds) }
        return refusal(429, 'too-many-attempts', `Too many attempts. Try again in ${seconds} seconds.`, { headers })
      }
    },
    clear: async (remote, account) => {
      await byAccount.delete(key(remote, account))
      await byAddress.reward(remote)
    },
  }
}
