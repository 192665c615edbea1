// What can be written at a place, as data: names, fields, methods, functions, options.

import { functionNames } from '../check/calls.ts'
import { fieldType } from '../check/fields.ts'
import { methodsOf } from '../check/members.ts'
import { type FunctionRow, functions } from '../functions.ts'
import type { FieldSchema } from '../schema.ts'
import {
  authOf,
  type Builtin,
  eventFields,
  fieldNames,
  findField,
  namesOf,
  ownerOf,
  type Scope,
  systemFields,
} from '../scope.ts'
import { booleanType, dateType, datetimeType, describe, integerType, type Type, typeOfField } from '../types.ts'
import type { Parameter } from './inspect.ts'
import type { Meaning } from './uses.ts'

export type ItemKind =
  | 'entity'
  | 'field'
  | 'function'
  | 'keyword'
  | 'lambda'
  | 'method'
  | 'name'
  | 'operator'
  | 'option'
  | 'parameter'

export type Item = {
  readonly label: string
  readonly kind: ItemKind
  /** Its type in words. */
  readonly detail: string
  /** What is written; `$0` is where the cursor ends. By default the label. */
  readonly insert?: string
  readonly type?: Type
  readonly meaning?: Meaning
}

const optionalNote = (required: boolean | undefined): string => (required ? '' : ', may be missing')

function fieldItem(name: string, field: FieldSchema, type: Type, meaning: Meaning): Item {
  const note = type.kind === 'collection' ? '' : optionalNote(field.required)
  return { label: name, kind: 'field', detail: `${describe(type)}${note}`, type, meaning }
}

/** The fields of an entity's rows. */
export function fieldItems(scope: Scope, entity: string): Item[] {
  const names = fieldNames(scope.schema, entity)
  const ordered = [
    ...names.filter((name) => !systemFields.has(name)),
    ...names.filter((name) => systemFields.has(name)),
  ]
  return ordered.flatMap((name) => {
    const field = findField(scope.schema, entity, name)
    if (!field || field.type === 'unknown') return []
    return [fieldItem(name, field, fieldType(entity, name, field), { is: 'field', entity, field: name })]
  })
}

/** The fields of `input` or `event`. */
export function slotItems(scope: Scope, source: 'input' | 'event'): Item[] {
  const fields = source === 'event' ? eventFields : (scope.input ?? new Map<string, FieldSchema>())
  return [...fields].flatMap(([name, field]) =>
    field.type === 'unknown' ? [] : fieldItem(name, field, typeOfField(field), { is: 'slot', source, field: name }),
  )
}

const lambdaMethods: ReadonlySet<string> = new Set(['some', 'every'])
const plainMethods: ReadonlySet<string> = new Set(['toLowerCase', 'toUpperCase', 'trim'])

/** The methods and properties of a value that is no record. */
export function memberItems(type: Type): Item[] {
  const methods = methodsOf(type)
  const items = methods.map((name): Item => {
    const result = type.kind === 'string' && plainMethods.has(name) ? type : booleanType
    const insert = plainMethods.has(name) ? `${name}()` : `${name}($0)`
    const detail = `${describe(result)}${lambdaMethods.has(name) ? ', tried on each row' : ''}`
    return {
      label: name,
      kind: 'method',
      detail,
      insert,
      type: result,
      meaning: { is: 'function', name, method: true },
    }
  })
  if (methods.length === 0) return items
  const meaning = { is: 'function', name: 'length', method: true } as const
  return [...items, { label: 'length', kind: 'field', detail: describe(integerType), type: integerType, meaning }]
}

function builtinItem(name: Builtin, scope: Scope): Item | undefined {
  const { entity, schema } = scope
  const record = (of: string, note = ''): Item => {
    const type: Type = { kind: 'record', entity: of }
    return {
      label: name,
      kind: 'name',
      detail: `${describe(type)}${note}`,
      type,
      meaning: { is: 'row', name, entity: of },
    }
  }
  switch (name) {
    case 'user':
      return schema.entities.has(authOf(schema)) ? record(authOf(schema), ', who is signed in') : undefined
    case 'entity':
      return entity === undefined ? undefined : record(entity, ', the row')
    case 'next':
      return entity === undefined ? undefined : record(entity, ', the row as it would be')
    case 'previous':
      return entity === undefined ? undefined : record(entity, ', the row as it was')
    case 'authenticated':
      return {
        label: name,
        kind: 'name',
        detail: 'a boolean, whether somebody is signed in',
        type: booleanType,
        meaning: { is: 'builtin', name },
      }
    case 'owner': {
      const field = entity === undefined ? undefined : ownerOf(schema, entity)
      if (entity === undefined || field === undefined) return undefined
      return { ...record(authOf(schema), `, the row’s \`${field}\``), meaning: { is: 'owner', entity, field } }
    }
    case 'input':
      return scope.input?.size
        ? { label: name, kind: 'name', detail: 'what the caller hands in', meaning: { is: 'source', name } }
        : undefined
    case 'event':
      return { label: name, kind: 'name', detail: 'what happened', meaning: { is: 'source', name } }
    case 'now':
      return undefined
  }
}

const resultOf = (name: string): Type => {
  if (name === 'now') return datetimeType
  if (name === 'today') return dateType
  if (name === 'has') return booleanType
  const row: FunctionRow | undefined = Object.hasOwn(functions, name) ? functions[name as 'abs'] : undefined
  return name === 'coalesce' ? { kind: 'unknown' } : (row?.result([integerType, integerType]) ?? { kind: 'unknown' })
}

const functionItem = (name: string): Item => {
  const type = resultOf(name)
  const insert = name === 'now' || name === 'today' ? `${name}()` : `${name}($0)`
  const detail = name === 'coalesce' ? 'the first that is not missing' : describe(type)
  return { label: name, kind: 'function', detail, insert, type, meaning: { is: 'function', name, method: false } }
}

/** Everything that can begin a value here. */
export function nameItems(scope: Scope, parameters: readonly Parameter[]): Item[] {
  const own = parameters.map(({ name, entity }): Item => {
    const type: Type = { kind: 'record', entity }
    const meaning = { is: 'parameter', name, entity, declared: { start: 0, end: 0 } } as const
    return { label: name, kind: 'parameter', detail: describe(type), type, meaning }
  })
  const builtins = [...namesOf[scope.place]].flatMap((name) => builtinItem(name, scope) ?? [])
  const known: ReadonlySet<string> = new Set([...namesOf[scope.place], ...parameters.map(({ name }) => name)])
  const fields =
    scope.entity === undefined ? [] : fieldItems(scope, scope.entity).filter(({ label }) => !known.has(label))
  const keywords = ['true', 'false', 'null'].map(
    (label): Item => ({
      label,
      kind: 'keyword',
      detail: label === 'null' ? 'missing' : 'a boolean',
      type: label === 'null' ? { kind: 'null' } : booleanType,
    }),
  )
  return [...own, ...builtins, ...fields, ...functionNames.map(functionItem), ...keywords]
}
