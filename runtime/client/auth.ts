// What the typed client can do with accounts.

import type { SendOptions, Transport } from './transport.ts'

export type Signed = { readonly user: { readonly id: string }; readonly token: string }

export type Session = { readonly user: { readonly id: string }; readonly expiresAt: string }

export type SessionInfo = {
  readonly id: string
  readonly createdAt: string
  readonly expiresAt: string
  /** Whether it is the one of this client. */
  readonly current: boolean
}

/** Every call throws ApiError where the API refuses. */
export type Auth = {
  /** Makes an account and signs it in. */
  signUp(values: {
    readonly email: string
    readonly password: string
    readonly [field: string]: unknown
  }): Promise<Signed>
  signIn(values: { readonly email: string; readonly password: string }): Promise<Signed>
  /**
   * Signs in whom the app's own provider has signed in. In a browser its cookie goes along by itself; elsewhere `headers`
   * are those by which the provider knows its callers.
   */
  enter(headers?: Readonly<Record<string, string>>): Promise<Signed>
  signOut(): Promise<void>
  /** Who am I? 401 where nobody is signed in. */
  session(): Promise<Session>
  /** Every session of the user, the oldest first. */
  sessions(): Promise<readonly SessionInfo[]>
  endSession(id: string): Promise<void>
  endOtherSessions(): Promise<void>
  /** Ends every other session of the user. */
  changePassword(values: { readonly password: string; readonly newPassword: string }): Promise<void>
  /** Mails a link to set another password, if there is such an account. */
  forgot(values: { readonly email: string }): Promise<void>
  /** `token` is from the link in the mail. */
  reset(values: { readonly token: string; readonly password: string }): Promise<void>
  /** Mails a link that shows the user's address to be theirs. */
  verifyEmail(): Promise<void>
  verify(values: { readonly token: string }): Promise<void>
}

/** `keep` takes the token of whoever has signed in, undefined for nobody any more. */
export function authOf({ send }: Transport, keep: (token: string | undefined) => void): Auth {
  const enter = async (path: string, body?: unknown, options?: SendOptions): Promise<Signed> => {
    const signed = (await send('POST', path, body, options)) as Signed
    keep(signed.token)
    return signed
  }
  const post = (path: string, body?: unknown) => send('POST', path, body) as Promise<void>
  const end = (path: string) => send('DELETE', path) as Promise<void>
  return {
    signUp: (values) => enter('/auth/sign-up', values),
    signIn: (values) => enter('/auth/sign-in', values),
    enter: (headers) => enter('/auth/enter', undefined, headers && { headers }),
    signOut: async () => {
      await post('/auth/sign-out')
      keep(undefined)
    },
    session: () => send('GET', '/auth/session') as Promise<Session>,
    sessions: async () => ((await send('GET', '/auth/sessions')) as { readonly data: readonly SessionInfo[] }).data,
    endSession: (id) => end(`/auth/sessions/${encodeURIComponent(id)}`),
    endOtherSessions: () => end('/auth/sessions'),
    changePassword: (values) => post('/auth/password', values),
    forgot: (values) => post('/auth/forgot', values),
    reset: (values) => post('/auth/reset', values),
    verifyEmail: () => post('/auth/verify-email'),
    verify: (values) => post('/auth/verify', values),
  }
}
