// The forms behind a mail: asking for one, setting another password, saying that an address is one's own.

import { Fault } from './field-input.tsx'
import { Layout } from './layout.tsx'
import type { Faults, Frame } from './model.ts'
import { PasswordInput } from './password-input.tsx'

type Props = { readonly frame: Frame; readonly faults: Faults }

/** The token is in a link; nobody has seen it as such. */
const spent = (faults: Faults): string | undefined =>
  faults.has('token') ? 'This link opens nothing any more: it was used, or is too old.' : undefined

export function ForgotPage({ frame, faults, email }: Props & { readonly email: string }) {
  return (
    <Layout frame={frame}>
      <h1>Forgot your password?</h1>
      <form class="form" method="post" action="/forgot">
        <Fault text={faults.get('')} />
        <p>We mail you a link to set another one.</p>
        <div class="field">
          <label for="field-email">
            E-mail<span class="needed"> (required)</span>
          </label>
          <input id="field-email" name="email" type="email" required autoComplete="email" value={email} />
          <Fault text={faults.get('email')} id="field-email-fault" />
        </div>
        <div class="buttons">
          <button type="submit">Send the link</button>
          <a href="/sign-in">Sign in</a>
        </div>
      </form>
    </Layout>
  )
}

export function ResetPage({ frame, faults, token }: Props & { readonly token: string }) {
  return (
    <Layout frame={frame}>
      <h1>Set another password</h1>
      <form class="form" method="post" action="/reset">
        <Fault text={faults.get('') ?? spent(faults)} />
        <input type="hidden" name="token" value={token} />
        <PasswordInput label="New password" isNew fault={faults.get('password')} />
        <div class="buttons">
          <button type="submit">Set password</button>
        </div>
      </form>
    </Layout>
  )
}

export function VerifyPage({ frame, faults, token }: Props & { readonly token: string }) {
  return (
    <Layout frame={frame}>
      <h1>Is this your address?</h1>
      <form class="form" method="post" action="/verify">
        <Fault text={faults.get('') ?? spent(faults)} />
        <input type="hidden" name="token" value={token} />
        <div class="buttons">
          <button type="submit">Yes, it is mine</button>
        </div>
      </form>
    </Layout>
  )
}
