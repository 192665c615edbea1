// What goes by mail: setting another password when the one of now is forgotten, and showing that an address is one's own.

import { setVerified } from '../../database/records/verified.ts'
import { verifiedField } from '../../truth/verified-field.ts'
import type { Call, Outcome } from '../call.ts'
import type { Mail, Mailer } from '../mail.ts'
import { invalid, noSuchAddress, type Refusal, signInFirst } from '../refusal.ts'
import type { Service } from '../service.ts'
import type { Accounts } from './accounts.ts'
import type { Purpose } from './one-time.ts'
import { passwordFault } from './password.ts'
import { textFaults } from './texts.ts'

type Body = ReadonlyMap<string, unknown>

const accepted: Outcome = { status: 202 }

const spent = (): Refusal =>
  invalid([
    { path: 'token', code: 'token', message: 'opens nothing any more: it was used, is too old, or is not whole' },
  ])

type Wording = { readonly path: string; readonly subject: string; readonly text: (app: string, link: string) => string }

const wordings: Readonly<Record<Purpose, Wording>> = {
  reset: {
    path: '/reset',
    subject: 'Set another password',
    text: (app, link) =>
      `Somebody, probably you, asked for another password for ${app}.\n\nSet it here within an hour:\n${link}\n\nIf it was not you, nothing has changed.\n`,
  },
  verify: {
    path: '/verify',
    subject: 'Is this your address?',
    text: (app, link) => `This address was given for an account of ${app}.\n\nIf that was you, say so here:\n${link}\n`,
  },
}

/** Makes a token and mails it. Nobody waits for this, so that its time tells nothing; faults go to the log. */
async function mailToken(
  service: Service,
  { host, secure, caller, correlationId }: Call,
  accounts: Accounts,
  mailer: Mailer,
  user: string,
  address: string,
  purpose: Purpose,
): Promise<void> {
  try {
    const { path, subject, text } = wordings[purpose]
    const token = await service.database.transaction((tx) =>
      accounts.oneTime.issue(tx, user, address, purpose, caller.now),
    )
    const link = `${mailer.base ?? `${secure ? 'https' : 'http'}://${host()}`}${path}?token=${token}`
    const mail: Mail = { to: address, subject: `${service.app.name}: ${subject}`, text: text(service.app.name, link) }
    await mailer.send(mail)
  } catch (error) {
    service.log.error({ correlationId, purpose, error: error instanceof Error ? error.message : String(error) }, 'mail')
  }
}

/** Mails the way to another password, if there is such an account; the answer is the same either way. */
export async function forgot(service: Service, call: Call, body: Body): Promise<Outcome> {
  const { accounts, mailer, throttle } = service
  if (!accounts || !mailer) return noSuchAddress()
  const faults = textFaults(body, ['email'])
  if (faults.length > 0) return invalid(faults)
  const email = String(body.get('email')).trim().toLowerCase()
  if (email.includes('\0') || !email.isWellFormed()) return accepted
  const late = await throttle.attempt(call.remote, `forgot ${email}`)
  if (late) return late
  const user = await accounts.member(email)
  if (user !== undefined) void mailToken(service, call, accounts, mailer, user, email, 'reset')
  return accepted
}

/** Sets another password with a token from a mail, and ends every session of the user. */
export async function reset(service: Service, call: Call, body: Body): Promise<Outcome> {
  const { accounts, database, mailer, passwords, throttle } = service
  if (!accounts || !mailer) return noSuchAddress()
  const faults = textFaults(body, ['token', 'password'])
  const weak = typeof body.get('password') === 'string' ? passwordFault(body.get('password')) : undefined
  if (weak) faults.push({ path: 'password', code: 'password', message: weak })
  if (faults.length > 0) return invalid(faults)
  const late = await throttle.attempt(call.remote, 'reset')
  if (late) return late
  const { now } = call.caller
  const hash = await passwords.hash(String(body.get('password')))
  const done = await database.transaction(async (tx) => {
    const user = await accounts.oneTime.take(tx, String(body.get('token')), 'reset', now)
    if (user === undefined) return false
    await accounts.setPassword(tx, user, hash, now)
    // SECURITY: whoever came in with this address at a provider that did not look whether it was theirs.
    await accounts.identities.unlinkUnproven(tx, user)
    await accounts.endAll(tx, user)
    return true
  })
  return done ? { status: 204 } : spent()
}

/** Whether addresses of this app can be shown to be somebody's own. */
export const canVerify = ({ accounts, mailer }: Service): boolean =>
  accounts !== undefined && mailer !== undefined && verifiedField(accounts.entity) !== undefined

/** Mails the caller, or the user who has just signed up, a token that shows the address to be theirs. */
export function askToVerify(service: Service, call: Call, user: string, address: string): void {
  const { accounts, mailer } = service
  if (accounts && mailer && canVerify(service)) void mailToken(service, call, accounts, mailer, user, address, 'verify')
}

export async function verifyEmail(service: Service, call: Call): Promise<Outcome> {
  if (!canVerify(service)) return noSuchAddress()
  const { user } = call.caller
  if (!user) return signInFirst()
  const late = await service.throttle.attempt(call.remote, `verify ${user.id}`)
  if (late) return late
  if (typeof user.email === 'string') askToVerify(service, call, user.id, user.email)
  return accepted
}

/** Takes a token from a mail as a sign that the address is its user's own. */
export async function verify(service: Service, call: Call, body: Body): Promise<Outcome> {
  const { accounts, database, throttle } = service
  const collection = service.byName.get(accounts?.entity.name ?? '')
  if (!accounts || !collection || !canVerify(service)) return noSuchAddress()
  const faults = textFaults(body, ['token'])
  if (faults.length > 0) return invalid(faults)
  const late = await throttle.attempt(call.remote, 'verify')
  if (late) return late
  const done = await database.transaction(async (tx) => {
    const user = await accounts.oneTime.take(tx, String(body.get('token')), 'verify', call.caller.now)
    if (user !== undefined) await setVerified(tx, collection, call.caller.now, user)
    return user !== undefined
  })
  return done ? { status: 204 } : spent()
}
