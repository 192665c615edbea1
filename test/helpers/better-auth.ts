// A real better-auth in memory, with passwords of its own and one OAuth server to sign in with.

import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { fromBetterAuth } from 'truthfile/better-auth'
import type { AuthProvider } from '../../runtime/http/accounts/auth-provider.ts'
import { client } from './oauth.ts'

/** `baseURL` is where the app stands, `oauth` where the server does. */
export function betterAuthProvider(baseURL: string, oauth: string, prefix = '/api'): AuthProvider {
  const auth = betterAuth({
    baseURL,
    basePath: `${prefix}/auth/provider`,
    secret: 'only for tests: 6f1b0c52-8d1e-4c0b-9a47-2f3f5f0f8e11',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    session: { cookieCache: { enabled: true, maxAge: 300 } },
    emailAndPassword: { enabled: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: 'house',
            clientId: client.id,
            clientSecret: client.secret,
            authorizationUrl: `${oauth}/authorize`,
            tokenUrl: `${oauth}/token`,
            userInfoUrl: `${oauth}/me`,
            scopes: ['email'],
            pkce: true,
          },
        ],
      }),
    ],
  })
  return fromBetterAuth(auth, { house: 'the House' })
}
