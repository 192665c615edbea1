// The pages that links in mail lead to, and the one that asks for such a mail. Opening a link changes nothing, since
// mail programs open links by themselves; its form does.

import type { VNode } from 'preact'
import type { Faults, Frame } from '../../ui/model.ts'
import { ForgotPage, ResetPage, VerifyPage } from '../../ui/recover.tsx'
import { canVerify, forgot, reset, verify } from '../accounts/recover.ts'
import { type Call, isGet, type Outcome } from '../call.ts'
import { isRefusal, otherMethod } from '../refusal.ts'
import type { Service } from '../service.ts'
import { readForm } from './form-body.ts'
import { frameOf } from './frame.ts'
import type { Pages } from './pages.ts'
import { faultsOf, messagePage, page } from './render.tsx'

type Values = ReadonlyMap<string, string>

type Form = {
  readonly title: string
  /** The names that its form sends. */
  readonly names: readonly string[]
  readonly act: (service: Service, call: Call, body: Values) => Promise<Outcome>
  readonly show: (frame: Frame, values: Values, faults: Faults) => VNode
  readonly done: string
}

const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  [
    '/forgot',
    {
      title: 'Forgot your password?',
      names: ['email'],
      act: forgot,
      show: (frame, values, faults) => <ForgotPage frame={frame} faults={faults} email={values.get('email') ?? ''} />,
      done: 'If there is an account with this address, a mail with a link is on its way.',
    },
  ],
  [
    '/reset',
    {
      title: 'Set another password',
      names: ['token', 'password'],
      act: reset,
      show: (frame, values, faults) => <ResetPage frame={frame} faults={faults} token={values.get('token') ?? ''} />,
      done: 'Your password is set. Sign in with it.',
    },
  ],
  [
    '/verify',
    {
      title: 'Is this your address?',
      names: ['token'],
      act: verify,
      show: (frame, values, faults) => <VerifyPage frame={frame} faults={faults} token={values.get('token') ?? ''} />,
      done: 'Thank you: this address is known as yours.',
    },
  ],
])

/** Undefined for any other address, and where no mail can leave. */
export async function handleRecover(pages: Pages): Promise<Outcome | undefined> {
  const { service, call } = pages
  const form = service.accounts && service.mailer ? forms.get(call.path) : undefined
  if (!form || (form.act === verify && !canVerify(service))) return undefined
  const frame = frameOf(service, call, form.title, pages.problems)
  // SECURITY: the address has a token in it, which no link on the page may pass on.
  const quiet = { 'Referrer-Policy': 'no-referrer' }
  const answer = (content: VNode, status: number): Outcome => {
    const made = page(content, status)
    return { ...made, headers: { ...made.headers, ...quiet } }
  }
  if (isGet(call)) {
    const token = call.query.get('token')
    return answer(form.show(frame, new Map(token === null ? [] : [['token', token]]), new Map()), 200)
  }
  if (call.method !== 'POST') return otherMethod({ GET: true, POST: true })
  const sent = await readForm(call.request)
  if (isRefusal(sent)) return sent
  const values: Values = new Map(form.names.map((name) => [name, sent.get(name) ?? '']))
  const outcome = await form.act(service, call, values)
  if (!isRefusal(outcome)) return messagePage(frame, form.title, form.done)
  if (!outcome.errors && outcome.status !== 429) return outcome
  return answer(form.show(frame, values, faultsOf(outcome, form.names)), outcome.status)
}
