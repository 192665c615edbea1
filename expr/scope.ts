// What names mean: the fields of entities, the owner, and the names that each place of a truth file knows.

import type { FieldSchema, Schema } from './schema.ts'

/** Where an expression stands; it decides which names it may use. */
export type Place = 'create' | 'read' | 'update' | 'delete' | 'behavior' | 'computed' | 'workflow' | 'view' | 'filter'

/** What an expression may talk about. */
export type Scope = {
  readonly schema: Schema
  readonly place: Place
  /** The entity whose row `entity` is; without it there is no row in scope. */
  readonly entity?: string
  /** There is a row, but nobody can tell of which entity: nothing is said about its fields. */
  readonly openRow?: boolean
  /** There may be further input than `input`, which cannot be told. */
  readonly openInput?: boolean
  /** The declared input of a behavior. */
  readonly input?: ReadonlyMap<string, FieldSchema>
  /** What the value must be: by default a boolean; any one value; anything; a field, when it is to be stored there. */
  readonly expects?: 'boolean' | 'value' | 'any' | FieldSchema
}

export const builtins = [
  'user',
  'authenticated',
  'owner',
  'entity',
  'next',
  'input',
  'event',
  'previous',
  'now',
] as const
export type Builtin = (typeof builtins)[number]

const signedIn = ['user', 'authenticated', 'owner', 'entity', 'now'] as const

/** The names that each place knows, besides the functions and the entity's own fields. */
export const namesOf = {
  create: new Set(signedIn),
  read: new Set(signedIn),
  delete: new Set(signedIn),
  update: new Set([...signedIn, 'next']),
  behavior: new Set([...signedIn, 'input']),
  computed: new Set(['entity', 'now']),
  workflow: new Set(['event', 'user', 'entity', 'previous', 'now']),
  view: new Set(signedIn),
  filter: new Set(signedIn),
} as const satisfies Record<Place, ReadonlySet<Builtin>>

/** The fields that every entity has without declaring them. */
export const systemFields: ReadonlyMap<string, FieldSchema> = new Map<string, FieldSchema>([
  ['id', { type: 'uuid', required: true }],
  ['createdAt', { type: 'datetime', required: true }],
  ['updatedAt', { type: 'datetime', required: true }],
])

/** The fields of the event that started a workflow. */
export const eventFields: ReadonlyMap<string, FieldSchema> = new Map<string, FieldSchema>([
  ['name', { type: 'string', required: true }],
  ['at', { type: 'datetime', required: true }],
  ['id', { type: 'string', required: true }],
])

/** The entity whose rows are the users. */
export const authOf = (schema: Schema): string => schema.auth ?? 'User'

const untold: FieldSchema = { type: 'unknown' }

/** A readable field of an entity, declared, implicit or such that it cannot be told; undefined for secret ones. */
export function findField(schema: Schema, entity: string, name: string): FieldSchema | undefined {
  const declared = schema.entities.get(entity)
  if (!declared) return schema.open ? untold : undefined
  const field = declared.fields.get(name) ?? systemFields.get(name)
  if (field) return field.secret ? undefined : field
  return declared.open ? untold : undefined
}

/** The names of an entity's readable fields. */
export function fieldNames(schema: Schema, entity: string): readonly string[] {
  const fields = schema.entities.get(entity)?.fields
  const names = new Set([...(fields?.keys() ?? []), ...systemFields.keys()])
  return [...names].filter((name) => !fields?.get(name)?.secret)
}

const ownerNames = ['owner', 'ownerId', 'createdBy', 'createdById', 'author', 'authorId', 'userId', 'user'] as const

const ownersOf = (schema: Schema, entity: string): readonly string[] => {
  const owner = schema.entities.get(entity)?.owner
  return owner === undefined ? ownerNames : [owner]
}

/** The field of an entity that is its owner relation, if there is one. */
export const ownerOf = (schema: Schema, entity: string): string | undefined =>
  ownersOf(schema, entity).find((name) => {
    const field = findField(schema, entity, name)
    return field?.type === 'relation' && !field.many && field.to === authOf(schema)
  })

/** Whether there may be an owner relation that `ownerOf` cannot tell. */
export const ownerUntold = (schema: Schema, entity: string): boolean =>
  ownersOf(schema, entity).some((name) => findField(schema, entity, name)?.type === 'unknown')
