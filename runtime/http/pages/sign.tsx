// The pages to sign in, sign up and sign out.

import type { Field } from '../../truth/app.ts'
import { SignPage } from '../../ui/form.tsx'
import type { Faults, Typed, Way } from '../../ui/model.ts'
import { signIn, signUp } from '../accounts/enter.ts'
import { cookieFor } from '../accounts/handle.ts'
import { leaveProvider } from '../accounts/provider.ts'
import { type Call, isGet, type Outcome } from '../call.ts'
import { isRefusal, otherMethod } from '../refusal.ts'
import type { Service } from '../service.ts'
import { conflictsAsFaults } from './conflict.ts'
import { formValues, readForm, refuseUnread, typedJson } from './form-body.ts'
import { frameOf } from './frame.ts'
import { choicesFor, formFields } from './lookup.ts'
import { localPath, type Pages, redirect } from './pages.ts'
import { faultsOf, page } from './render.tsx'

type Kind = 'in' | 'up'

function fieldsFor(service: Service, kind: Kind): Field[] {
  const entity = service.accounts?.entity
  if (!entity) return []
  if (kind === 'up') {
    // Whoever signs up is nobody yet: fields that a rule guards are for others to set.
    return formFields(entity, 'create')
      .filter((field) => !field.update && (field.required || field.name === 'email') && field.default?.kind !== 'value')
      .map((field) => (field.name === 'email' ? { ...field, required: true } : field))
  }
  const email = entity.fields.get('email')
  return email ? [{ ...email, required: true }] : []
}

/** The ways in of the provider, each coming back to the same page. */
function waysOf({ app, provider }: Service, then: string): Way[] {
  const at = `${app.settings.api.prefix}/auth/provider`
  return (provider?.ways ?? []).map(({ label, path }) => ({
    label,
    href: `${at}/${path.replace(/^\/+/, '')}${path.includes('?') ? '&' : '?'}to=${encodeURIComponent(then)}`,
  }))
}

export async function showSign(
  pages: Pages,
  kind: Kind,
  values: { readonly [field: string]: unknown },
  faults: Faults,
  then: string,
  status: number,
  typed?: Typed,
): Promise<Outcome> {
  const { service, call } = pages
  const fields = fieldsFor(service, kind)
  return page(
    <SignPage
      frame={frameOf(service, call, kind === 'in' ? 'Sign in' : 'Sign up', pages.problems)}
      kind={kind}
      fields={fields}
      values={values}
      faults={faults}
      typed={typed}
      choices={await choicesFor(service, call.caller, fields, values)}
      then={then}
      ways={waysOf(service, then)}
    />,
    status,
  )
}

async function submit(pages: Pages, kind: Kind): Promise<Outcome> {
  const { service, call } = pages
  const form = await readForm(call.request)
  if (isRefusal(form)) return form
  const fields = fieldsFor(service, kind)
  const values = new Map([...formValues(fields, form)].filter(([, value]) => value !== null))
  const body = new Map([...values, ['password', form.get('password') ?? '']])
  const enter = kind === 'in' ? signIn : signUp
  const typed = typedJson(fields, form)
  const result = refuseUnread(typed, () => []) ?? (await conflictsAsFaults(pages, () => enter(service, call, body)))
  const then = localPath(form.get('_then'))
  if (isRefusal(result)) {
    const faults = faultsOf(result, [...fields.map(({ name }) => name), 'password'])
    return showSign(pages, kind, Object.fromEntries(values), faults, then, result.status, typed)
  }
  const cookie = cookieFor(call, result.token, service.app.settings.auth.sessionTimeout)
  return redirect(then, { 'Set-Cookie': cookie })
}

async function signOut({ service, call }: Pages): Promise<Outcome> {
  if (call.token !== undefined) await service.accounts?.end(call.token)
  const cookies = await leaveProvider(service, call)
  return { ...redirect('/', { 'Set-Cookie': cookieFor(call, '', 0) }), cookies }
}

const isKind = (call: Call): Kind | undefined =>
  call.path === '/sign-in' ? 'in' : call.path === '/sign-up' ? 'up' : undefined

/** The pages of accounts; undefined for any other address, and where nobody can sign in. */
export async function handleSign(pages: Pages): Promise<Outcome | undefined> {
  const { service, call } = pages
  if (!service.accounts) return undefined
  const kind = isKind(call)
  if (!kind && call.path !== '/sign-out') return undefined
  if (kind === 'up' && !service.app.settings.auth.signUp) return undefined
  if (call.method === 'POST') return kind ? submit(pages, kind) : signOut(pages)
  if (!isGet(call) || !kind) return otherMethod(kind ? { GET: true, POST: true } : { POST: true })
  if (call.caller.user) return redirect(localPath(call.query.get('then')))
  const failed = service.provider !== undefined && call.query.has('error')
  const faults: Faults = new Map(failed ? [['', 'You were not signed in. Try again, or another way.']] : [])
  return showSign(pages, kind, {}, faults, localPath(call.query.get('then')), 200)
}
