// Where the provider sends browsers once it has signed somebody in: a session, and on to the page that they came for.

import { enterByProvider, nobodyEntered } from '../accounts/enter-by-provider.ts'
import { cookieFor } from '../accounts/handle.ts'
import { hasProvider } from '../accounts/provider.ts'
import type { Outcome } from '../call.ts'
import { isRefusal } from '../refusal.ts'
import { conflictsAsFaults } from './conflict.ts'
import { localPath, type Pages, redirect } from './pages.ts'
import { showSign } from './sign.tsx'

/** Whether this is the address; it stands below the API's prefix. */
export const isEntry = ({ service, call }: Pages): boolean =>
  hasProvider(service) && call.path === `${service.app.settings.api.prefix}/auth/enter`

export async function enterPage(pages: Pages): Promise<Outcome> {
  const { service, call } = pages
  const to = localPath(call.query.get('to'))
  const entered = await conflictsAsFaults(pages, () => enterByProvider(service, call))
  if (isRefusal(entered)) {
    if (entered.code === nobodyEntered) return redirect(`/sign-in?then=${encodeURIComponent(to)}`)
    const shown = await showSign(pages, 'in', {}, new Map([['', entered.detail]]), to, entered.status)
    return { ...shown, headers: { ...shown.headers, ...entered.headers } }
  }
  // A GET that writes.
  service.changes.stir()
  const cookie = cookieFor(call, entered.token, service.app.settings.auth.sessionTimeout)
  return { ...redirect(to, { 'Set-Cookie': cookie }), ...(entered.cookies && { cookies: entered.cookies }) }
}
