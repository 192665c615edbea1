// Signing up and signing in, for the API and the pages alike.

import type { Transaction } from '../../database/database.ts'
import { storeNew } from '../api/create.ts'
import type { Call } from '../call.ts'
import { type FieldFault, invalid, isRefusal, type Refusal, refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { readValues } from '../values.ts'
import type { Accounts } from './accounts.ts'
import { passwordFault } from './password.ts'
import { askToVerify } from './recover.ts'
import { textFaults } from './texts.ts'

export type Entered = {
  readonly user: string
  readonly token: string
  /** Cookies of others that go with the answer. */
  readonly cookies?: readonly string[]
}

export const closed = (): Refusal => refusal(403, 'sign-up-closed', 'Nobody can sign up here by themselves.')

const wrong = (): Refusal =>
  refusal(401, 'credentials', 'This e-mail address and password do not belong together.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  })

/** Makes an account and signs it in: `email`, `password`, and fields that anybody may set. */
export async function signUp(
  service: Service,
  call: Call,
  body: ReadonlyMap<string, unknown>,
): Promise<Entered | Refusal> {
  const { accounts } = service
  if (!accounts || !service.app.settings.auth.signUp) return closed()
  const fields = new Map(body)
  const password = fields.get('password')
  fields.delete('password')
  const { values, faults } = readValues(accounts.entity, fields, 'create')
  const all: FieldFault[] = [...faults]
  const email = body.get('email') ?? null
  if (email === null && !all.some(({ path }) => path === 'email'))
    all.push({ path: 'email', code: 'required', message: 'is required' })
  const weak = password === undefined || password === null ? 'is required' : passwordFault(password)
  if (weak) all.push({ path: 'password', code: 'password', message: weak })
  if (all.length > 0) return invalid(all)
  const late = await service.throttle.attempt(call.remote, `sign-up ${email}`)
  if (late) return late
  const hash = await service.passwords.hash(String(password))
  const now = call.caller.now
  const entered = await service.database.transaction<Entered | Refusal>(async (tx) => {
    const made = await storeUser(service, tx, accounts, values, now)
    if (isRefusal(made)) return made
    await accounts.setPassword(tx, made.id, hash, now)
    const { token } = await accounts.start(tx, made.id, now)
    return { user: made.id, token }
  })
  if (isRefusal(entered)) return entered
  await endPlanted(service, call)
  askToVerify(service, call, entered.user, String(values.get('email')))
  return entered
}

/** The row of a new user. */
export async function storeUser(
  service: Service,
  tx: Transaction,
  { entity }: Accounts,
  values: ReadonlyMap<string, unknown>,
  now: string,
): Promise<{ readonly id: string } | Refusal> {
  const collection = service.byName.get(entity.name)
  if (!collection) return closed()
  // Nobody is signed in yet, whoever was before.
  const made = await storeNew(service, tx, collection, { user: null, now }, values, [])
  if (!isRefusal(made) || made.status !== 401) return made
  return refusal(403, 'forbidden', forbiddenFields(entity.fields, values))
}

/** A cookie that somebody else may have planted in this browser opens nothing once its user has signed in. */
export async function endPlanted({ accounts }: Service, { byCookie, token }: Call): Promise<void> {
  if (byCookie && token !== undefined) await accounts?.end(token)
}

function forbiddenFields(
  fields: ReadonlyMap<string, { readonly update?: unknown }>,
  values: ReadonlyMap<string, unknown>,
): string {
  const names = [...values.keys()].filter((name) => fields.get(name)?.update !== undefined)
  return `You may not set ${names.map((name) => `\`${name}\``).join(', ')}.`
}

/** Signs in. Unknown addresses and wrong passwords get the same answer after the same time. */
export async function signIn(
  service: Service,
  call: Call,
  body: ReadonlyMap<string, unknown>,
): Promise<Entered | Refusal> {
  const { accounts } = service
  if (!accounts) return closed()
  const faults = textFaults(body, ['email', 'password'])
  if (faults.length > 0) return invalid(faults)
  const email = String(body.get('email')).trim().toLowerCase()
  const late = await service.throttle.attempt(call.remote, email)
  if (late) return late
  const password = String(body.get('password'))
  const credential = email.includes('\0') || !email.isWellFormed() ? undefined : await accounts.credential(email)
  const right = await service.passwords.verify(password.slice(0, 1_000), credential?.hash)
  if (!right || !credential) return wrong()
  await service.throttle.clear(call.remote, email)
  const now = call.caller.now
  const token = await service.database.transaction(async (tx) => {
    // SECURITY: the password may have been changed while this one was checked, and every session ended.
    if ((await accounts.hashOf(credential.user, tx)) !== credential.hash) return undefined
    return (await accounts.start(tx, credential.user, now)).token
  })
  if (token === undefined) return wrong()
  await endPlanted(service, call)
  return { user: credential.user, token }
}
