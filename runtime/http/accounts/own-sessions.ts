// /auth/sessions and /auth/password: what somebody who is signed in does with their own account.

import { type Call, json, type Outcome } from '../call.ts'
import { readObject } from '../json-body.ts'
import { type FieldFault, invalid, isRefusal, notFound, refusal, signInFirst } from '../refusal.ts'
import type { Service } from '../service.ts'
import { passwordFault } from './password.ts'
import { textFaults } from './texts.ts'
import { hashToken } from './token.ts'

/** Every session of the caller; the one that this request came with is marked. */
export async function listSessions({ accounts }: Service, { caller, token }: Call): Promise<Outcome> {
  if (!accounts || !caller.user || token === undefined) return signInFirst()
  const current = hashToken(token)
  const sessions = await accounts.sessions(caller.user.id, caller.now)
  return json(200, JSON.stringify({ data: sessions.map((one) => ({ ...one, current: one.id === current })) }))
}

export async function endOtherSessions({ accounts, database }: Service, { caller, token }: Call): Promise<Outcome> {
  const { user } = caller
  if (!accounts || !user || token === undefined) return signInFirst()
  await database.transaction((tx) => accounts.endOthers(tx, user.id, token))
  return { status: 204 }
}

export async function endSession({ accounts }: Service, { caller }: Call, id: string): Promise<Outcome> {
  if (!accounts || !caller.user) return signInFirst()
  return (await accounts.endById(caller.user.id, id)) ? { status: 204 } : notFound()
}

function faultsOf(body: ReadonlyMap<string, unknown>): readonly FieldFault[] {
  const given = body.get('newPassword')
  const weak = typeof given === 'string' ? passwordFault(given) : undefined
  const faults = textFaults(body, ['password', 'newPassword'])
  return weak === undefined ? faults : [...faults, { path: 'newPassword', code: 'password', message: weak }]
}

/** Sets another password for whoever knows the one of now, and ends every session but this one. */
export async function changePassword(service: Service, call: Call): Promise<Outcome> {
  const { accounts, database, passwords, throttle } = service
  const { user, now } = call.caller
  const { token } = call
  if (!accounts || !user || token === undefined) return signInFirst()
  const body = await readObject(call.request)
  if (isRefusal(body)) return body
  const faults = faultsOf(body)
  if (faults.length > 0) return invalid(faults)
  const account = `password ${user.id}`
  const late = await throttle.attempt(call.remote, account)
  if (late) return late
  const before = await accounts.hashOf(user.id)
  if (!(await passwords.verify(String(body.get('password')).slice(0, 1_000), before)))
    return refusal(403, 'credentials', 'This is not your password.')
  await throttle.clear(call.remote, account)
  const hash = await passwords.hash(String(body.get('newPassword')))
  const changed = await database.transaction(async (tx) => {
    // Somebody else may have changed it meanwhile, and it would be theirs that counts.
    if ((await accounts.hashOf(user.id, tx)) !== before) return false
    await accounts.setPassword(tx, user.id, hash, now)
    await accounts.endOthers(tx, user.id, token)
    await accounts.oneTime.revoke(tx, user.id, 'reset')
    return true
  })
  return changed ? { status: 204 } : refusal(403, 'credentials', 'This is not your password.')
}
