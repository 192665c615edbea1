// The operations that belong to no entity: accounts, batches, health, this document.

import type { App } from '../../truth/app.ts'
import { answering, refusing, withHeaders } from './answers.ts'
import { idempotencyKey, jsonBody, type Paths, security } from './operation.ts'
import { hasAccounts } from './rule.ts'
import { ref } from './schemas.ts'
import type { Json } from './value.ts'

/** Names of tags; entities keep their own. */
export type Tags = { readonly accounts: string; readonly batch: string; readonly service: string }

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

/** `user` is the schema of the signed-in user's row, `signUp` the name of what signing up takes. */
export function accountPaths(app: App, tags: Tags, user: Json, signUp: string | undefined): Paths {
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
  return {
    [`${at}/sessions`]: { get: sessions, delete: endOthers },
    [`${at}/sessions/{id}`]: { delete: endOne },
    [`${at}/password`]: { post: password },
    ...(signUp !== undefined && { [`${at}/sign-up`]: { post: up } }),
    [`${at}/sign-in`]: { post: into },
    [`${at}/sign-out`]: { post: out },
    [`${at}/session`]: { get: session },
  }
}

const batchItem = (prefix: string): Json => ({
  type: 'object',
  properties: {
    method: { type: 'string', enum: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] },
    path: { type: 'string', description: `The whole path: \`${prefix}/…\`, with its parameters.` },
    body: { description: 'As it would be sent alone; not for GET.' },
    ifMatch: { type: 'string', description: 'As `If-Match`.' },
  },
  required: ['method', 'path'],
  additionalProperties: false,
})

const batchAnswer: Json = {
  type: 'object',
  properties: {
    status: { type: 'integer' },
    headers: { type: 'object', properties: { ETag: { type: 'string' }, Location: { type: 'string' } } },
    body: { description: 'As it would be answered alone; null where there is none.' },
  },
  required: ['status', 'headers', 'body'],
}

export function batchPaths(app: App, tags: Tags): Paths {
  const { prefix } = app.settings.api
  const post = {
    operationId: `${tags.batch}.do`,
    tags: [tags.batch],
    summary: 'Several requests, all or nothing',
    description:
      'Does the requests one after the other in one transaction, each with its own permission. When one is refused, nothing is done, and the answer is that refusal with the number of the request, counted from 0.',
    ...security(app, 'optional'),
    parameters: [idempotencyKey],
    ...jsonBody({ type: 'array', maxItems: 100, items: batchItem(prefix) }),
    responses: {
      200: answering('An answer for each.', { type: 'array', items: batchAnswer }, 'Idempotency-Replayed'),
      ...refusing(400, 401, 403, 404, 405, 409, 412, 413, 415, 422),
    },
  }
  return { [`${prefix}/batch`]: { post } }
}

const text = (description: string): Json => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
})

export function servicePaths(tags: Tags): Paths {
  const base = (id: string, summary: string): Json => ({
    operationId: `${tags.service}.${id}`,
    tags: [tags.service],
    summary,
    security: [],
  })
  return {
    '/healthz': { get: { ...base('alive', 'Is it alive?'), responses: { 200: text('It is.') } } },
    '/readyz': {
      get: {
        ...base('ready', 'Does the database answer?'),
        responses: { 200: text('It does.'), 503: text('It does not.') },
      },
    },
    '/openapi.json': {
      get: {
        ...base('openapi', 'This document'),
        responses: {
          200: answering('This document.', { type: 'object' }, 'ETag'),
          304: { description: 'Still the one that `If-None-Match` names.', ...withHeaders('ETag') },
        },
      },
    },
  }
}
