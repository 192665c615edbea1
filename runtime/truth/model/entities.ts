// Entities, behaviors and their rules, from nodes.

import type { Place, Scope } from '../../../expr/index.ts'
import type { FieldSchema, Schema } from '../../../expr/schema.ts'
import type { Behavior, Entity, EntityUi, Field, Rule, Section, SetValue } from '../app.ts'
import { childOf, type Entry, type Node, type Path, plainValue } from '../node.ts'
import { inputOf } from './fields.ts'
import { labelOf, pathOf, pluralOf } from './names.ts'
import { type Notes, ruleOf } from './rule.ts'
import { inputScope } from './schema.ts'
import { entriesAt, flagAt, numberAt, present, textAt, textsAt, textsIn } from './take.ts'
import { isOpen } from './untold.ts'
import { withoutInput } from './without-input.ts'

export type Building = Notes & {
  readonly schema: Schema
  readonly fieldsOf: (entity: string) => ReadonlyMap<string, Field>
}

const actions: Readonly<Record<string, Place>> = { create: 'create', read: 'read', update: 'update', delete: 'delete' }

/** Events of a behavior: one name or several. */
function namesAt(node: Node, key: string): string[] {
  const child = childOf(node, key)
  if (child?.kind === 'string') return [child.value]
  return child?.kind === 'list' ? textsIn(child.items) : []
}

/** What a behavior sets; `fields` and `modifies` are other spellings of `set`. */
export function setKeyOf(node: Node): string {
  return ['set', 'fields', 'modifies'].find((key) => childOf(node, key) !== undefined) ?? 'set'
}

function setValueOf(
  entry: Entry,
  field: Field | undefined,
  expects: FieldSchema | undefined,
  path: Path,
  scope: Scope,
  notes: Notes,
): SetValue | undefined {
  const { value: node } = entry
  if (node.kind === 'object' && node.entries.has('expr')) {
    const rule = ruleOf(childOf(node, 'expr'), [...path, 'expr'], { ...scope, expects: expects ?? 'any' }, notes)
    return rule && { kind: 'expression', rule }
  }
  if (node.kind === 'computed' || node.kind === 'foreign') return undefined
  const value = plainValue(node)
  if (value === 'now' && (field?.type === 'date' || field?.type === 'datetime')) return { kind: 'now' }
  if (value === 'user' && field?.type === 'relation') return { kind: 'user' }
  return { kind: 'value', value }
}

function behaviorOf(
  name: string,
  node: Node,
  entity: string,
  path: Path,
  permissions: ReadonlyMap<string, Rule>,
  building: Building,
): Behavior {
  const fields = building.fieldsOf(entity)
  const input = inputOf(entriesAt(node, 'input'))
  const { schema } = building
  const scope: Scope = { schema, place: 'behavior', entity, ...inputScope(node, schema) }
  const known = schema.entities.get(entity)?.fields
  const set = new Map<string, SetValue>()
  const key = setKeyOf(node)
  for (const [target, entry] of entriesAt(node, key)) {
    const value = setValueOf(entry, fields.get(target), known?.get(target), [...path, key, target], scope, building)
    if (value) set.set(target, value)
  }
  const requires = ruleOf(childOf(node, 'requires'), [...path, 'requires'], scope, building)
  const own = [requires, permissions.get(name)].filter((rule) => rule !== undefined)
  const update = permissions.get('update')
  const guards = own.length > 0 || !update ? own : [update]
  return present({
    name,
    type: (textAt(node, 'type') ?? 'update') as Behavior['type'],
    label: textAt(node, 'label') ?? labelOf(name),
    confirm: textAt(node, 'confirm'),
    set,
    input,
    guards,
    offeredIf: guards.map((guard) => withoutInput(guard, scope)),
    emits: namesAt(node, 'emits'),
  })
}

/** Sections in a list, or by their titles. */
function sectionsOf(page: Node | undefined): Section[] | undefined {
  const node = childOf(page, 'sections')
  if (node?.kind === 'list')
    return node.items.map((item) =>
      present({ title: textAt(item, 'title') ?? textAt(item, 'label'), fields: textsAt(item, 'fields') ?? [] }),
    )
  if (node?.kind !== 'object') return undefined
  return [...node.entries.keys()].map((title) => ({ title, fields: textsAt(node, title) ?? [] }))
}

function uiOf(node: Node | undefined): EntityUi {
  const list = childOf(node, 'list')
  const display = childOf(node, 'display')
  return present({
    display: display?.kind === 'object' ? (plainValue(display) as EntityUi['display']) : {},
    columns: textsAt(list, 'columns'),
    sortable: textsAt(list, 'sortable'),
    filterable: textsAt(list, 'filterable'),
    listActions: textsAt(list, 'actions'),
    pageSize: numberAt(list, 'pageSize'),
    formFields: textsAt(childOf(node, 'form'), 'fields'),
    formSections: sectionsOf(childOf(node, 'form')),
    detailSections: sectionsOf(childOf(node, 'detail')),
    detailActions: textsAt(childOf(node, 'detail'), 'actions'),
  })
}

/** Adds the rules to fields that were read without them. */
function fieldsWithRules(name: string, node: Node, path: Path, building: Building): Map<string, Field> {
  const declared = childOf(node, 'fields')
  const fields = new Map<string, Field>()
  for (const [key, field] of building.fieldsOf(name)) {
    const at = childOf(declared, key)
    const rule = (place: 'read' | 'update'): Rule | undefined => {
      const given = childOf(at, place)
      if (!given) return undefined
      const scope: Scope = { schema: building.schema, place, entity: name }
      return ruleOf(given, [...path, 'fields', key, place], scope, building)
    }
    const read = field.system ? undefined : rule('read')
    const update = field.system ? undefined : rule('update')
    fields.set(key, read || update ? present({ ...field, read, update }) : field)
  }
  return fields
}

export function entityOf(name: string, node: Node, building: Building): Entity {
  const path: Path = ['entities', name]
  const { schema } = building
  const permissions = new Map<string, Rule>()
  for (const [action, { value }] of entriesAt(node, 'permissions')) {
    const rulePath = [...path, 'permissions', action]
    // A behavior's permission stands beside its `requires` and sees the same names.
    const behavior = childOf(node, 'behaviors')
    const input = isOpen(behavior) ? { openInput: true } : inputScope(childOf(behavior, action), schema)
    const place = Object.hasOwn(actions, action) ? (actions[action] as Place) : 'behavior'
    const rule = ruleOf(value, rulePath, { schema, place, entity: name, ...input }, building)
    if (rule) permissions.set(action, rule)
  }
  const computed = new Map<string, Rule>()
  for (const [key, { value }] of entriesAt(node, 'computed')) {
    const scope: Scope = { schema, place: 'computed', entity: name, expects: 'value' }
    const rule = ruleOf(value, [...path, 'computed', key], scope, building)
    if (rule) computed.set(key, rule)
  }
  const behaviors = new Map<string, Behavior>()
  for (const [key, { value }] of entriesAt(node, 'behaviors')) {
    behaviors.set(key, behaviorOf(key, value, name, [...path, 'behaviors', key], permissions, building))
  }
  const label = textAt(node, 'label') ?? labelOf(name)
  const lists = (key: string): string[][] => {
    const child = childOf(node, key)
    return child?.kind === 'list' ? child.items.map((item) => (item.kind === 'list' ? textsIn(item.items) : [])) : []
  }
  return present({
    name,
    fields: fieldsWithRules(name, node, path, building),
    owner: textAt(node, 'owner'),
    permissions,
    behaviors,
    computed,
    indexes: lists('indexes'),
    unique: lists('unique'),
    path: textAt(node, 'path') ?? pathOf(name),
    table: textAt(node, 'table') ?? name,
    label,
    labelPlural: pluralOf(label),
    description: textAt(node, 'description'),
    softDelete: flagAt(node, 'softDelete') ?? false,
    renamedFrom: textAt(node, 'renamedFrom'),
    ui: uiOf(childOf(node, 'ui')),
  })
}
