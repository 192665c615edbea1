// An OAuth server, as far as signing in needs it: the authorization code flow with PKCE, and who somebody is. Whoever
// comes is the person of the moment, without being asked.

import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type OAuthPerson = {
  readonly id: string
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
}

export type OAuth = {
  readonly url: string
  /** Who comes next; undefined for somebody who changes their mind. */
  person: OAuthPerson | undefined
  readonly stop: () => Promise<void>
}

export const client = { id: 'the-app', secret: 'the secret of the app' }

type Grant = { readonly person: OAuthPerson; readonly challenge: string; readonly redirect: string }

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}

export async function startOAuth(): Promise<OAuth> {
  const grants = new Map<string, Grant>()
  const tokens = new Map<string, OAuthPerson>()

  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    const redirect = query.get('redirect_uri') ?? ''
    const back = new URL(redirect)
    back.searchParams.set('state', query.get('state') ?? '')
    const isRight = query.get('client_id') === client.id && query.get('code_challenge_method') === 'S256'
    if (!isRight) back.searchParams.set('error', 'invalid_request')
    else if (!oauth.person) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      grants.set(code, { person: oauth.person, challenge: query.get('code_challenge') ?? '', redirect })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { location: back.href }).end()
  }

  const token = (form: URLSearchParams, response: ServerResponse): void => {
    const grant = grants.get(form.get('code') ?? '')
    grants.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight =
      form.get('client_id') === client.id &&
      form.get('client_secret') === client.secret &&
      form.get('redirect_uri') === grant?.redirect &&
      challenge === grant.challenge
    const access = randomUUID()
    if (isRight && grant) tokens.set(access, grant.person)
    response.writeHead(isRight ? 200 : 400, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(
        isRight ? { access_token: access, token_type: 'Bearer', expires_in: 60 } : { error: 'invalid_grant' },
      ),
    )
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/authorize') return authorize(searchParams, response)
    if (pathname === '/token') return token(await bodyOf(request), response)
    const person = tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    response.writeHead(person ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(person ?? {}))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const oauth: OAuth = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: undefined,
    stop: () => new Promise((done) => server.close(() => done())),
  }
  return oauth
}
