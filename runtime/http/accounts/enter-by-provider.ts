// Lets people in whom the provider has signed in: finds their user, or makes one, and starts a session of the app's own.
// From then on the provider has no say.

import type { Transaction } from '../../database/database.ts'
import { setVerified } from '../../database/records/verified.ts'
import { valueFault } from '../../truth/kinds.ts'
import type { Call } from '../call.ts'
import { isRefusal, type Refusal, refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { readValues } from '../values.ts'
import type { Accounts } from './accounts.ts'
import type { ProvidedPerson } from './auth-provider.ts'
import { closed, type Entered, endPlanted, storeUser } from './enter.ts'
import type { Holder } from './identities.ts'
import { leaveProvider, personOf } from './provider.ts'
import { askToVerify } from './recover.ts'

export const nobodyEntered = 'nobody'

const nobody = (): Refusal =>
  refusal(401, nobodyEntered, 'The provider has signed nobody in with this request.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  })

const gone = (): Refusal => refusal(403, 'account-closed', 'This account is closed.')

const taken = (): Refusal =>
  refusal(
    409,
    'address-taken',
    'There is an account with this address already, and nothing shows yet that the address is yours. Sign in with the password.',
  )

/** What a new user can be given of what the provider tells: the address, and the name where it fits. */
function bodyOf({ entity }: Accounts, { email, name }: ProvidedPerson): ReadonlyMap<string, unknown> {
  const body = new Map<string, unknown>([['email', email]])
  const field = entity.fields.get('name')
  // Fields that a rule guards are for others to set.
  const takes = field && (field.type === 'string' || field.type === 'text') && !field.many && !field.update
  if (name && takes && !field.readonly && (field.required || valueFault(name, field) === undefined))
    body.set('name', name)
  return body
}

/** Makes the user of somebody who was never here. */
async function make(
  service: Service,
  tx: Transaction,
  accounts: Accounts,
  person: ProvidedPerson,
  now: string,
): Promise<string | Refusal> {
  if (!service.app.settings.auth.signUp) return closed()
  const { values, faults } = readValues(accounts.entity, bodyOf(accounts, person), 'create')
  const made = faults.length > 0 ? lacking(faults) : await storeUser(service, tx, accounts, values, now)
  if (isRefusal(made)) return made.status === 422 ? lacking(made.errors ?? []) : made
  return made.id
}

function lacking(errors: NonNullable<Refusal['errors']>): Refusal {
  const told = errors.map(({ path, message }) => `${path} ${message}`).join('; ')
  const detail = `You have no account yet, and the provider does not tell all that one needs: ${told}. Sign up with a password instead.`
  return refusal(422, 'validation', detail, { errors })
}

/**
 * Gives somebody the user that has their address.
 *
 * SECURITY: only where the provider vouches for the address, else whoever registers somebody's address there has the
 * account. And where nobody had shown before that the address is theirs, the user may have been made by somebody else
 * who waited for this: what opened it until now opens it no more.
 */
async function take(
  service: Service,
  tx: Transaction,
  accounts: Accounts,
  person: ProvidedPerson,
  { id, proven }: Holder,
  correlationId: string,
): Promise<string | Refusal> {
  if (!person.emailVerified) return taken()
  if (proven) return id
  const hadPassword = (await accounts.hashOf(id, tx)) !== undefined
  await accounts.removePassword(tx, id)
  await accounts.identities.unlink(tx, id)
  if (hadPassword) service.log.warn({ correlationId, user: id }, 'password of an unproven address removed')
  return id
}

/** The user of a person, linked to them. */
async function userOf(
  service: Service,
  tx: Transaction,
  accounts: Accounts,
  person: ProvidedPerson,
  { caller: { now }, correlationId }: Call,
): Promise<{ readonly id: string; readonly holder: Holder | undefined } | Refusal> {
  const { identities } = accounts
  const known = await identities.holder(tx, person.id)
  if (known) return known.alive ? { id: known.id, holder: known } : gone()
  const [holder, other] = person.email === '' ? [] : await identities.withEmail(tx, person.email)
  // Without `unique` on the address, nobody can say whose it is.
  if (other) return taken()
  const id = holder
    ? await take(service, tx, accounts, person, holder, correlationId)
    : await make(service, tx, accounts, person, now)
  if (isRefusal(id)) return id
  await identities.link(tx, person.id, id, now)
  return { id, holder }
}

/** Signs in whom the provider names. The same person at the same time, twice, is one user all the same. */
export async function enterByProvider(service: Service, call: Call): Promise<Entered | Refusal> {
  const { accounts, provider, database } = service
  const collection = service.byName.get(accounts?.entity.name ?? '')
  if (!accounts || !provider || !collection) return closed()
  const late = await service.throttle.attempt(call.remote)
  if (late) return late
  const person = await personOf(provider, call.request)
  if (!person) return nobody()
  const { now } = call.caller
  const entered = await database.transaction<(Entered & { readonly isNew: boolean }) | Refusal>(async (tx) => {
    const found = await userOf(service, tx, accounts, person, call)
    if (isRefusal(found)) return found
    const { id, holder } = found
    if (person.emailVerified && (!holder || holder.email === person.email)) {
      // SECURITY: who had come before anybody showed that the address is theirs may be somebody else.
      if (holder && !holder.proven) await accounts.endAll(tx, id)
      await accounts.identities.vouch(tx, person.id, person.email)
      if (accounts.keepsVerified && holder?.verified !== true) await setVerified(tx, collection, now, id)
    }
    const { token } = await accounts.start(tx, id, now)
    return { user: id, token, isNew: !holder }
  })
  if (isRefusal(entered)) return entered
  await endPlanted(service, call)
  if (entered.isNew && !person.emailVerified) askToVerify(service, call, entered.user, person.email)
  return { user: entered.user, token: entered.token, cookies: await leaveProvider(service, call) }
}
