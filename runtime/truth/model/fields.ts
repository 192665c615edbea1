// Fields as the runtime uses them: defaults applied, short forms spelt out, the runtime's own fields added.

import type { Default, Field, OnDelete } from '../app.ts'
import { kinds } from '../kinds.ts'
import { childOf, type Entry, type Node, plainValue } from '../node.ts'
import type { FieldType } from '../value-rules.ts'
import { labelOf } from './names.ts'
import { entriesAt, flagAt, numberAt, present, textAt, textsIn } from './take.ts'

export const isFieldType = (type: string): type is FieldType => Object.hasOwn(kinds, type)

/** The name of a field's type, also from the short form `'string'`. */
export const typeOfNode = (node: Node): string | undefined =>
  node.kind === 'string' ? node.value : textAt(node, 'type')

function defaultOf(node: Node, type: FieldType): Default | undefined {
  const given = childOf(node, 'default')
  if (!given || given.kind === 'computed' || given.kind === 'foreign' || given.kind === 'null') return undefined
  const value = plainValue(given)
  if (value === 'now' && (type === 'date' || type === 'datetime')) return { kind: 'now' }
  if (value === 'user' && type === 'relation') return { kind: 'user' }
  if (value === 'auto' && type === 'uuid') return { kind: 'auto' }
  return { kind: 'value', value }
}

/** The options of an enum; none at all where one of them cannot be told. */
function optionsOf(node: Node): readonly string[] {
  const given = childOf(node, 'options') ?? childOf(node, 'values')
  return given?.kind === 'list' && given.items.every(({ kind }) => kind === 'string') ? textsIn(given.items) : []
}

function renamedOptionsOf(node: Node): ReadonlyMap<string, string> | undefined {
  const renamed = new Map<string, string>()
  for (const [former, { value }] of entriesAt(node, 'renamedOptions'))
    if (value.kind === 'string') renamed.set(former, value.value)
  return renamed.size > 0 ? renamed : undefined
}

function relationOf(node: Node): Field['relation'] | undefined {
  const to = textAt(node, 'to')
  if (to === undefined) return undefined
  const onDelete = (textAt(node, 'onDelete') ?? 'restrict') as OnDelete
  return present({ to, inverse: textAt(node, 'inverse'), onDelete })
}

/** A declared field; undefined while its type cannot be told. */
export function fieldOf(name: string, node: Node): Field | undefined {
  const type = typeOfNode(node)
  if (type === undefined || !isFieldType(type)) return undefined
  const relation = type === 'relation' ? relationOf(node) : undefined
  if (type === 'relation' && !relation) return undefined
  return present({
    name,
    type,
    system: false,
    required: flagAt(node, 'required') ?? false,
    unique: flagAt(node, 'unique') ?? false,
    index: flagAt(node, 'index') ?? false,
    readonly: flagAt(node, 'readonly') ?? false,
    immutable: flagAt(node, 'immutable') ?? false,
    secret: flagAt(node, 'secret') ?? false,
    many: flagAt(node, 'many') ?? false,
    searchable: flagAt(node, 'searchable') ?? false,
    default: defaultOf(node, type),
    label: textAt(node, 'label') ?? labelOf(name),
    description: textAt(node, 'description'),
    minLength: numberAt(node, 'minLength'),
    maxLength: numberAt(node, 'maxLength'),
    pattern: textAt(node, 'pattern'),
    format: textAt(node, 'format'),
    rich: flagAt(node, 'rich'),
    min: numberAt(node, 'min'),
    max: numberAt(node, 'max'),
    options: type === 'enum' ? optionsOf(node) : undefined,
    schema: type === 'json' && childOf(node, 'schema') ? plainValue(childOf(node, 'schema') as Node) : undefined,
    renamedFrom: textAt(node, 'renamedFrom'),
    renamedOptions: type === 'enum' ? renamedOptionsOf(node) : undefined,
    relation,
  })
}

const system = (name: string, type: FieldType): Field => ({
  name,
  type,
  system: true,
  required: true,
  unique: false,
  index: false,
  readonly: true,
  immutable: false,
  secret: false,
  many: false,
  searchable: false,
  label: name === 'id' ? 'ID' : labelOf(name),
})

/** The fields that every entity has, set by the runtime. */
export const systemFields: ReadonlyMap<string, Field> = new Map(
  [system('id', 'uuid'), system('createdAt', 'datetime'), system('updatedAt', 'datetime')].map((field) => [
    field.name,
    field,
  ]),
)

/** All fields of an entity, in order. `password` of the auth entity is a credential, not a field. */
export function fieldsOf(entity: Node, isAuth: boolean): Map<string, Field> {
  const fields = new Map<string, Field>()
  const add = (name: string): void => {
    const field = systemFields.get(name)
    if (field) fields.set(name, field)
  }
  add('id')
  for (const [name, { value }] of entriesAt(entity, 'fields')) {
    if (systemFields.has(name) || (isAuth && name === 'password')) continue
    const field = fieldOf(name, value)
    if (field) fields.set(name, field)
  }
  add('createdAt')
  add('updatedAt')
  return fields
}

/** Fields that stand alone, such as a behavior's input. */
export function inputOf(entries: readonly (readonly [string, Entry])[]): Map<string, Field> {
  const fields = new Map<string, Field>()
  for (const [name, { value }] of entries) {
    const field = fieldOf(name, value)
    if (field) fields.set(name, field)
  }
  return fields
}
