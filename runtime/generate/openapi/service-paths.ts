// The operations that belong to no entity and no account: batches, health, this document.

import type { App } from '../../truth/app.ts'
import { answering, refusing, withHeaders } from './answers.ts'
import { idempotencyKey, jsonBody, type Paths, security } from './operation.ts'
import type { Json } from './value.ts'

/** Names of tags; entities keep their own. */
export type Tags = { readonly accounts: string; readonly batch: string; readonly service: string }

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
