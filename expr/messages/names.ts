// The words for faults of names and places (T41xx).

import type { Fault } from '../problems.ts'
import type { Builtin, Place } from '../scope.ts'

const fault = (code: Fault['code'], message: string): Fault => ({ code, message })
const meant = (suggestion: string | undefined): string => (suggestion ? ` Did you mean \`${suggestion}\`?` : '')

const placeNames = {
  create: 'a create permission',
  read: 'a read permission',
  update: 'an update permission',
  delete: 'a delete permission',
  behavior: 'a behavior',
  computed: 'a computed field',
  workflow: 'a workflow',
  view: 'a view',
  filter: 'a filter',
} as const satisfies Record<Place, string>

const knownIn = {
  user: 'permissions, behaviors, views and workflows',
  authenticated: 'permissions, behaviors and views',
  owner: 'permissions, behaviors and views',
  entity: 'places that have an entity',
  next: 'update permissions',
  input: 'behaviors',
  event: 'workflows',
  previous: 'workflows',
  now: 'every place',
} as const satisfies Record<Builtin, string>

export const unknownName = (name: string, suggestion?: string): Fault =>
  fault('T4101', `Unknown name \`${name}\`.${meant(suggestion)}`)
export const undefinedName = (): Fault => fault('T4101', 'Unknown name `undefined`. A missing value is `null`.')
export const callWithout = (name: string): Fault => fault('T4101', `\`${name}\` is a function: write \`${name}()\`.`)
export const unquotedOption = (word: string, path: string): Fault =>
  fault('T4108', `\`${word}\` is a value of \`${path}\`: put it in quotes, as in \`${path} == '${word}'\`.`)

export const unknownField = (name: string, owner: string, suggestion?: string): Fault =>
  fault('T4102', `Unknown field \`${name}\` on ${owner}.${meant(suggestion)}`)
export const unknownFunction = (name: string, suggestion?: string): Fault =>
  fault('T4103', `Unknown function \`${name}\`.${meant(suggestion)}`)
export const unknownMethod = (name: string, on: string, suggestion?: string): Fault =>
  fault('T4103', `There is no \`${name}\` of ${on}.${meant(suggestion)}`)
export const methodWithoutCall = (name: string): Fault =>
  fault('T4103', `\`${name}\` is a method: write \`${name}(…)\`.`)
export const propertyCalled = (name: string): Fault =>
  fault('T4103', `\`${name}\` is not a method: write it without parentheses.`)

export const notHere = (name: Builtin, place: Place): Fault =>
  fault('T4104', `\`${name}\` is not known in ${placeNames[place]}, only in ${knownIn[name]}.`)
export const noEntityHere = (name: string): Fault =>
  fault('T4104', `\`${name}\` is not known here: this expression is not about rows of one entity.`)
export const noOwner = (entity: string, auth: string): Fault =>
  fault(
    'T4105',
    `${entity} has no owner. Declare \`owner: '<field>'\` on ${entity}, naming a relation to ${auth}, or add a relation field \`owner\` to ${auth}.`,
  )
export const parameterTaken = (name: string): Fault =>
  fault('T4107', `\`${name}\` is already a name in scope. Choose another name for the parameter.`)
export const unknownEntity = (name: string, suggestion?: string): Fault =>
  fault('T4301', `Unknown entity \`${name}\`.${meant(suggestion)}`)
