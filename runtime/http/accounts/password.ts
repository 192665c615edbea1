// Password hashes: scrypt in libuv's thread pool, so that the event loop goes on. The parameters stand in the hash, so
// that they can be raised later.

import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** What a hash costs: N (a power of two) and r say how much memory it takes, 128·N·r bytes; p how often that is gone through. */
export type Cost = { readonly N: number; readonly r: number; readonly p: number }

/** As OWASP's password storage cheat sheet has it for 32 MB. */
const owasp: Cost = { N: 2 ** 15, r: 8, p: 3 }

export type Passwords = {
  readonly hash: (password: string) => Promise<string>
  /** Whether the password is the right one. Without a hash the answer is no, after the same time. */
  readonly verify: (password: string, hash: string | undefined) => Promise<boolean>
}

const keyLength = 32

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  return new Promise((resolve, reject) => {
    // Composed and decomposed accents are the same password.
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

export function createPasswords(cost: Cost = owasp): Passwords {
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(16)
    const key = await derive(password, salt, cost)
    return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
  }
  /** A hash of no password: checking against it takes as long as against a real one. */
  let decoy: Promise<string> | undefined
  const decoyHash = (): Promise<string> => {
    decoy ??= hash(randomBytes(16).toString('hex'))
    return decoy
  }
  return {
    hash,
    verify: async (password, stored) => {
      const [scheme, N, r, p, salt, key] = (stored ?? (await decoyHash())).split('$')
      if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false
      const expected = Buffer.from(key, 'base64url')
      const actual = await derive(password, Buffer.from(salt, 'base64url'), {
        N: Number(N),
        r: Number(r),
        p: Number(p),
      })
      return timingSafeEqual(expected, actual) && stored !== undefined
    },
  }
}

/** What is wrong with a new password, as `must …`. */
export function passwordFault(password: unknown): string | undefined {
  if (typeof password !== 'string') return 'must be a text'
  if ([...password].length < 8) return 'must have at least 8 characters'
  return password.length > 200 ? 'must have at most 200 characters' : undefined
}
