// Password hashes: scrypt in libuv's thread pool, so that the event loop goes on. The parameters stand in the hash, so
// that they can be raised later.

import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** As OWASP's password storage cheat sheet has it for 32 MB: N = 2^15, r = 8, p = 3. */
const cost = { N: 2 ** 15, r: 8, p: 3 }

const keyLength = 32

function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  return new Promise((resolve, reject) => {
    // Composed and decomposed accents are the same password.
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

let decoy: Promise<string> | undefined

/** A hash of no password: checking against it takes as long as against a real one. */
function decoyHash(): Promise<string> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  return decoy
}

/** Whether the password is the right one. Without a hash the answer is no, after the same time. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = (hash ?? (await decoyHash())).split('$')
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false
  const expected = Buffer.from(key, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
  return timingSafeEqual(expected, actual) && hash !== undefined
}

/** What is wrong with a new password, as `must …`. */
export function passwordFault(password: unknown): string | undefined {
  if (typeof password !== 'string') return 'must be a text'
  if ([...password].length < 8) return 'must have at least 8 characters'
  return password.length > 200 ? 'must have at most 200 characters' : undefined
}
