// One operation, and what operations have in common: their parameters in headers, their bodies, who has to sign in.

import type { App, Entity, Rule } from '../../truth/app.ts'
import type { Shared } from './answers.ts'
import { hasAccounts, strangersMay, whoMay } from './rule.ts'
import type { EntitySchemas } from './schemas.ts'
import { idSchema, type Json } from './value.ts'

/** What the operations of an entity are written from. */
export type Subject = {
  readonly app: App
  readonly entity: Entity
  readonly schemas: EntitySchemas
  readonly shared: Shared
  /** The path of its collection. */
  readonly at: string
}

/** Operations by path and method. */
export type Paths = { readonly [path: string]: { readonly [method: string]: Json } }

const inHeader = (name: string, description: string, schema: Json = { type: 'string' }): Json => ({
  name,
  in: 'header',
  description,
  schema,
})

/** Headers that say how the row was seen. */
export const asSeen: readonly Json[] = [
  inHeader('If-Match', 'The `ETag` of the row as it was seen: 412 when it is no longer that row.'),
  inHeader('If-None-Match', 'An `ETag`: 412 when the row is the one that it names. `*` names every row.'),
]

export const ifNoneMatch = inHeader(
  'If-None-Match',
  'The `ETag` of the row as it is known: 304 when it is still that row.',
)

export const idempotencyKey = inHeader(
  'Idempotency-Key',
  'Sent again within 24 hours by the same caller, the request gets its first answer.',
  { type: 'string', pattern: '^[!-~]{1,200}$' },
)

export const lastEventId = inHeader(
  'Last-Event-ID',
  'The `id` of the last event that was seen: those after it are told.',
)

export const idInPath: Json = { name: 'id', in: 'path', required: true, schema: idSchema }

export const jsonBody = (schema: Json, required = true): Json => ({
  requestBody: { required, content: { 'application/json': { schema } } },
})

/** The ways of saying who one is; `{}` is none. */
const ways = { required: [{ bearer: [] }, { cookie: [] }], optional: [{}, { bearer: [] }, { cookie: [] }] } as const

export const security = (app: App, kind: keyof typeof ways): Json => (hasAccounts(app) ? { security: ways[kind] } : {})

export type Told = {
  /** Names it within its entity. */
  readonly id: string
  readonly summary: string
  /** All of these must hold. */
  readonly rules: readonly Rule[]
  /** More sentences for its description. */
  readonly about?: readonly (string | undefined)[]
}

/** An operation on rows, with its permission in words. */
export function operation({ app, entity }: Subject, { id, summary, rules, about = [] }: Told, rest: Json): Json {
  return {
    operationId: `${entity.name}.${id}`,
    tags: [entity.name],
    summary,
    description: [whoMay(rules), ...about.filter((one) => one !== undefined)].join(' '),
    ...security(app, rules.some((rule) => strangersMay(rule) === 'never') ? 'required' : 'optional'),
    ...rest,
  }
}
