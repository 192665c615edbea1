// `truthfile/better-auth`: better-auth as the provider of an app's sign-ins. Knows the shape of it alone, and imports
// nothing, so that an app without it needs none of it.

import type { AuthProvider, ProvidedPerson } from './http/accounts/auth-provider.ts'

/** As much of what `betterAuth({ … })` gives as is used here. */
export type BetterAuth = {
  readonly handler: (request: Request) => Promise<Response>
  readonly options?: { readonly basePath?: string | undefined; readonly baseURL?: unknown }
  readonly api: {
    readonly getSession: (input: never) => Promise<unknown>
    readonly signInSocial: (input: never) => Promise<unknown>
    readonly signOut: (input: never) => Promise<unknown>
  }
}

type Api = {
  readonly getSession: (input: object) => Promise<{ readonly user: ProvidedPerson } | null>
  readonly signInSocial: (input: object) => Promise<Response>
  readonly signOut: (input: object) => Promise<Response>
}

const anywhere = /\/auth\/provider(?:\/.*)?$/

/** Where better-auth must answer for this request to be its own: `/api/auth/provider`. */
const placeOf = (path: string): string => `${path.replace(anywhere, '')}/auth/provider`

function hasPath(url: unknown): boolean {
  try {
    return new URL(String(url)).pathname !== '/'
  } catch {
    return false
  }
}

/** Sends the browser to one of the ways in, and from there to `/auth/enter`. */
async function go(auth: BetterAuth, request: Request, place: string, way: string): Promise<Response> {
  const to = new URL(request.url).searchParams.get('to') ?? '/'
  const { signInSocial } = auth.api as unknown as Api
  const answer = await signInSocial({
    body: {
      provider: way,
      callbackURL: `${place.slice(0, -'/provider'.length)}/enter?to=${encodeURIComponent(to)}`,
      errorCallbackURL: `/sign-in?then=${encodeURIComponent(to)}`,
    },
    headers: request.headers,
    asResponse: true,
  })
  const { url } = (await answer.json()) as { readonly url?: string }
  if (!answer.ok || url === undefined) throw new Error(`better-auth knows no way in called \`${way}\`.`)
  const headers = new Headers({ Location: url })
  for (const cookie of answer.headers.getSetCookie()) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/**
 * A provider from an instance of better-auth, whose `basePath` must be `/api/auth/provider`, with the API's own prefix
 * for `/api`. `ways` are what the sign-in page offers, by better-auth's name for them: `{ google: 'Google' }`.
 */
export function fromBetterAuth(auth: BetterAuth, ways: { readonly [name: string]: string } = {}): AuthProvider {
  const { getSession, signOut } = auth.api as unknown as Api
  const known = new Map(Object.entries(ways))
  return {
    ways: [...known].map(([name, label]) => ({ label, path: `/go/${encodeURIComponent(name)}` })),
    handle: async (request) => {
      const path = new URL(request.url).pathname
      const place = placeOf(path)
      const basePath = auth.options?.basePath ?? '/api/auth'
      if (basePath !== place && !hasPath(auth.options?.baseURL))
        throw new Error(`better-auth answers at \`${basePath}\`. Set its \`basePath\` to \`${place}\`.`)
      const way = /^\/go\/([^/]+)$/.exec(path.slice(place.length))?.[1]
      if (way === undefined) return auth.handler(request)
      const name = [...known.keys()].find((one) => encodeURIComponent(one) === way)
      if (name === undefined) return new Response(null, { status: 404 })
      if (request.method !== 'GET') return new Response(null, { status: 405, headers: { Allow: 'GET' } })
      return go(auth, request, place, name)
    },
    person: async ({ headers }) => {
      // SECURITY: a session that has ended must not live on in a cookie.
      const session = await getSession({ headers, query: { disableCookieCache: true } })
      return session?.user
    },
    leave: async ({ headers }) => (await signOut({ headers, asResponse: true })).headers.getSetCookie(),
  }
}
