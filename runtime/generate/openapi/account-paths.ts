// The operations of accounts.

import type { App } from '../../truth/app.ts'
import { verifiedField } from '../../truth/verified-field.ts'
import { answering, refusing, withHeaders } from './answers.ts'
import { jsonBody, type Paths, security } from './operation.ts'
import { hasAccounts } from './rule.ts'
import { ref } from './schemas.ts'
import type { Tags } from './service-paths.ts'
import type { Json } from './value.ts'

const entry = (user: Json, more: Json): Json => ({
  type: 'object',
  properties: { user, ...more },
  required: ['user', ...Object.keys(more)],
})

const entered = (user: Json): Json => entry(user, { token: { type: 'string', description: 'For `bearer`.' } })

const credentials: Json = {
  type: 'object',
  properties: { email: { type: 'string' }, password: { type: 'string', format: 'password', writeOnly: true } },
  required: ['email', 'password'],
  additionalProperties: false,
}

const passwords: Json = {
  type: 'object',
  properties: { password: { type: 'string' }, newPassword: { type: 'string', minLength: 8, maxLength: 200 } },
  required: ['password', 'newPassword'],
  additionalProperties: false,
}

const sessionInPath: Json = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

const instant: Json = { type: 'string', format: 'date-time' }

const sessionList: Json = {
  type: 'object',
  properties: {
    data: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          createdAt: instant,
          expiresAt: instant,
          current: { type: 'boolean', description: 'Whether it is the one of this request.' },
        },
        required: ['id', 'createdAt', 'expiresAt', 'current'],
      },
    },
  },
  required: ['data'],
}

const emailOnly: Json = {
  type: 'object',
  properties: { email: { type: 'string' } },
  required: ['email'],
  additionalProperties: false,
}

const tokenAnd = (more: Json): Json => ({
  type: 'object',
  properties: { token: { type: 'string', description: 'From the link in the mail.' }, ...more },
  required: ['token', ...Object.keys(more)],
  additionalProperties: false,
})

/** What goes by mail; `verifies` says whether the app keeps whose addresses are known. */
function mailPaths(app: App, tags: Tags, at: string, verifies: boolean): Paths {
  const refused = refusing(400, 403, 413, 415, 422)
  const base = (id: string, summary: string, description: string, kind: 'required' | 'optional'): Json => ({
    operationId: `${tags.accounts}.${id}`,
    tags: [tags.accounts],
    summary,
    description,
    ...security(app, kind),
  })
  const done = (description: string): Json => ({ description, ...withHeaders() })
  const forgot = {
    ...base(
      'forgot',
      'Forgot the password',
      'The answer is the same whether there is such an account or not.',
      'optional',
    ),
    ...jsonBody(emailOnly),
    responses: { 202: done('If there is such an account, a mail with a link is on its way.'), ...refused },
  }
  const reset = {
    ...base('reset', 'Set another password by mail', 'Ends every session of the user.', 'optional'),
    ...jsonBody(tokenAnd({ password: { type: 'string', minLength: 8, maxLength: 200 } })),
    responses: { 204: done('It is set.'), ...refused },
  }
  const ask = {
    ...base('verifyEmail', 'Ask for a mail to show an address as mine', 'It goes to the caller’s address.', 'required'),
    responses: { 202: done('A mail with a link is on its way.'), ...refusing(401, 403) },
  }
  const verify = {
    ...base('verify', 'Show an address as mine', 'Sets `emailVerified` of its user.', 'optional'),
    ...jsonBody(tokenAnd({})),
    responses: { 204: done('The address is known as the user’s.'), ...refused },
  }
  return {
    [`${at}/forgot`]: { post: forgot },
    [`${at}/reset`]: { post: reset },
    ...(verifies && { [`${at}/verify-email`]: { post: ask }, [`${at}/verify`]: { post: verify } }),
  }
}

/** Entering by the provider; what stands below `/auth/provider` is its own. */
function providerPaths(tags: Tags, at: string, user: Json): Paths {
  const base = (id: string, summary: string, description: string): Json => ({
    operationId: `${tags.accounts}.${id}`,
    tags: [tags.accounts],
    summary,
    description,
    security: [],
  })
  const page = (description: string): Json => ({
    description,
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  const get = {
    ...base(
      'enterPage',
      'Come in from the provider',
      'Where the provider sends browsers: signs in whom it has signed in, and sends them on.',
    ),
    parameters: [
      {
        name: 'to',
        in: 'query',
        description: 'The page of this app to come to; `/` by default.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      303: {
        description: 'Signed in, or to the sign-in page.',
        headers: { Location: { description: 'The page to go on to.', schema: { type: 'string' } } },
      },
      '4XX': page('The sign-in page, with what stood in the way.'),
    },
  }
  const post = {
    ...base(
      'enter',
      'Sign in by the provider',
      'Goes by the cookies or headers with which the provider knows its callers. Makes an account for somebody new.',
    ),
    responses: {
      200: answering('The user, signed in.', entered(user), 'Set-Cookie'),
      ...refusing(401, 403, 409, 422, 429, 503),
    },
  }
  return { [`${at}/enter`]: { get, post } }
}

/**
 * `user` is the schema of the signed-in user's row, `signUp` the name of what signing up takes, `mail` whether mail can
 * leave.
 */
export function accountPaths(app: App, tags: Tags, user: Json, signUp: string | undefined, mail: boolean): Paths {
  if (!hasAccounts(app)) return {}
  const at = `${app.settings.api.prefix}/auth`
  const base = (id: string, summary: string, description: string): Json => ({
    operationId: `${tags.accounts}.${id}`,
    tags: [tags.accounts],
    summary,
    description,
  })
  const tried = [400, 403, 413, 415, 422, 429] as const
  const up = {
    ...base('signUp', 'Make an account', 'Everybody may do this. Signs the new user in.'),
    security: [],
    ...jsonBody(ref(signUp ?? '')),
    responses: {
      201: answering('The new user, signed in.', entered(user), 'Set-Cookie'),
      ...refusing(...tried, 409),
    },
  }
  const into = {
    ...base('signIn', 'Sign in', 'An unknown address and a wrong password get the same answer.'),
    security: [],
    ...jsonBody(credentials),
    responses: { 200: answering('The user, signed in.', entered(user), 'Set-Cookie'), ...refusing(...tried, 401) },
  }
  const out = {
    ...base('signOut', 'Sign out', 'Ends the session of the token or cookie, if there is one.'),
    ...security(app, 'optional'),
    responses: { 204: { description: 'Signed out.', ...withHeaders('Set-Cookie') }, ...refusing(403) },
  }
  const session = {
    ...base('session', 'Who am I?', 'The user of the token or cookie.'),
    ...security(app, 'required'),
    responses: { 200: answering('The session.', entry(user, { expiresAt: instant })), ...refusing(401) },
  }
  const sessions = {
    ...base('sessions', 'List my sessions', 'Every session of the caller that has not ended.'),
    ...security(app, 'required'),
    responses: { 200: answering('The sessions, the oldest first.', sessionList), ...refusing(401) },
  }
  const endOthers = {
    ...base('endOtherSessions', 'End my other sessions', 'Ends every session of the caller but this one.'),
    ...security(app, 'required'),
    responses: { 204: { description: 'They have ended.', ...withHeaders() }, ...refusing(401, 403) },
  }
  const endOne = {
    ...base('endSession', 'End one of my sessions', 'Ends the session of this id.'),
    ...security(app, 'required'),
    parameters: [sessionInPath],
    responses: { 204: { description: 'It has ended.', ...withHeaders() }, ...refusing(401, 403, 404) },
  }
  const password = {
    ...base('password', 'Set another password', 'Asks for the one of now, and ends every other session.'),
    ...security(app, 'required'),
    ...jsonBody(passwords),
    responses: { 204: { description: 'It is set.', ...withHeaders() }, ...refusing(...tried, 401) },
  }
  const accounts = app.entities.get(app.settings.auth.entity ?? '')
  return {
    ...(mail && accounts && mailPaths(app, tags, at, verifiedField(accounts) !== undefined)),
    [`${at}/sessions`]: { get: sessions, delete: endOthers },
    [`${at}/sessions/{id}`]: { delete: endOne },
    [`${at}/password`]: { post: password },
    ...(signUp !== undefined && { [`${at}/sign-up`]: { post: up } }),
    ...(app.settings.auth.provider !== undefined && providerPaths(tags, at, user)),
    [`${at}/sign-in`]: { post: into },
    [`${at}/sign-out`]: { post: out },
    [`${at}/session`]: { get: session },
  }
}
