// The schemas of an entity: its rows as they are sent, and what is taken to create, replace and change one.

import type { App, Behavior, Entity, Field } from '../../truth/app.ts'
import { isKept } from '../../truth/kept-field.ts'
import type { Names } from './names.ts'
import { isChangeable, isDoable, isGranted, isReadable, strangersMay } from './rule.ts'
import { changeSchema, computedSchema, type Json, valueSchema } from './value.ts'

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** The names of an entity's schemas; absent where nobody may do what they are for. */
export type EntitySchemas = {
  readonly row?: string
  readonly create?: string
  readonly replace?: string
  readonly update?: string
  /** By behavior, for those that take input. */
  readonly inputs: ReadonlyMap<string, string>
}

const properties = (fields: readonly Field[], direction: 'input' | 'output'): Json =>
  Object.fromEntries(fields.map((field) => [field.name, valueSchema(field, direction)]))

/** Fields that are not given to a change stay as they are, whatever their default. */
const withoutDefault = ({ default: _, ...field }: Field): Field => field

/** An object that holds these keys and no others. */
const inputSchema = (fields: readonly Field[], required: (field: Field) => boolean): Json => {
  const names = fields.filter(required).map(({ name }) => name)
  return {
    type: 'object',
    properties: properties(fields, 'input'),
    ...(names.length > 0 && { required: names }),
    additionalProperties: false,
  }
}

const updateSchema = (fields: readonly Field[]): Json => ({
  type: 'object',
  properties: Object.fromEntries(fields.map((field) => [field.name, changeSchema(field)])),
  additionalProperties: false,
})

/** Whether rows are sent with a value of this field: the other side of a to-one relation has none of its own. */
function isSent(app: App, { secret, many, relation }: Field): boolean {
  if (secret) return false
  if (!relation || !many || relation.inverse === undefined) return true
  return app.entities.get(relation.to)?.fields.get(relation.inverse)?.many === true
}

const isSettable = (field: Field): boolean => !field.system && !field.readonly && field.relation?.inverse === undefined

const settable = (entity: Entity): readonly Field[] => [...entity.fields.values()].filter(isSettable)

const mustBeGiven = (field: Field): boolean => field.required && field.default === undefined

/** The same for a replacement. */
const mustBeReplaced = (field: Field): boolean => mustBeGiven(field) && !isKept(field)

function canSchema({ behaviors }: Entity): Json {
  const names = ['update', 'delete', ...behaviors.keys()]
  return {
    type: 'object',
    description: 'With `can=true`: what the caller may do with the row, as far as it can be told beforehand.',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
    required: [...new Set(names)],
  }
}

function rowSchema(app: App, entity: Entity): Json {
  const sent = [...entity.fields.values()].filter((field) => isSent(app, field))
  const computed = [...entity.computed].map(([name, { source, expression }]) => {
    const schema = computedSchema(expression.type)
    return [name, { ...schema, readOnly: true, description: `Computed: \`${source}\`.` }] as const
  })
  return {
    type: 'object',
    title: entity.label,
    ...(entity.description !== undefined && { description: entity.description }),
    properties: { ...properties(sent, 'output'), ...Object.fromEntries(computed), _can: canSchema(entity) },
    required: [
      ...sent.filter(({ read }) => read === undefined).map(({ name }) => name),
      ...computed.map(([name]) => name),
    ],
  }
}

/** What nobody who is not signed in may set is of no use to somebody who signs up. */
const isForStrangers = ({ update, default: filled }: Field): boolean =>
  filled?.kind !== 'user' && (update === undefined || strangersMay(update) !== 'never')

/** What signing up takes. */
export function signUpSchema(entity: Entity): Json {
  const fields = settable(entity).filter((field) => isForStrangers(field) && field.name !== 'password')
  const { properties: own, required = [], ...rest } = inputSchema(fields, mustBeGiven)
  return {
    ...rest,
    properties: {
      ...(own as Json),
      password: { type: 'string', format: 'password', minLength: 8, maxLength: 200, writeOnly: true },
    },
    required: [...new Set([...(required as string[]), 'email', 'password'])],
  }
}

const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

/** Of a behavior's input, only plain values are filled in. */
const mustBeInput = ({ required, default: filled }: Field): boolean => required && filled?.kind !== 'value'

export const needsInput = ({ input }: Behavior): boolean => [...input.values()].some(mustBeInput)

const behaviorInput = ({ input }: Behavior): Json => inputSchema([...input.values()], mustBeInput)

/** Writes an entity's schemas into `into`. */
export function addSchemas(app: App, entity: Entity, names: Names, into: Map<string, Json>): EntitySchemas {
  const add = (name: string, schema: Json): string => {
    into.set(name, schema)
    return name
  }
  const row = isReadable(app, entity) ? add(entity.name, rowSchema(app, entity)) : undefined
  const fields = settable(entity)
  const changeable = fields.filter(({ immutable }) => !immutable)
  const create = isGranted(app, entity.permissions.get('create'))
    ? add(names(`${entity.name}Create`), inputSchema(fields, mustBeGiven))
    : undefined
  const updates = isChangeable(app, entity, 'update')
  const inputs = [...entity.behaviors.values()].filter(
    (behavior) => behavior.input.size > 0 && isDoable(app, entity, behavior),
  )
  return {
    ...(row !== undefined && { row }),
    ...(create !== undefined && { create }),
    ...(updates && {
      replace:
        create !== undefined &&
        fields.every((field) => !field.immutable && mustBeGiven(field) === mustBeReplaced(field))
          ? create
          : add(names(`${entity.name}Replace`), inputSchema(changeable, mustBeReplaced)),
      update: add(names(`${entity.name}Update`), updateSchema(changeable.map(withoutDefault))),
    }),
    inputs: new Map(
      inputs.map((behavior) => [
        behavior.name,
        add(names(`${entity.name}${capital(behavior.name)}Input`), behaviorInput(behavior)),
      ]),
    ),
  }
}
