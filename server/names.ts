// The names of an app that fit a slot, each with a word on what it is: for completion.

import { describe } from '../expr/index.ts'
import { typeOfField } from '../expr/types.ts'
import type { App, Field, Workflow } from '../runtime/truth/app.ts'
import { kinds } from '../runtime/truth/kinds.ts'
import { fieldSchema } from '../runtime/truth/model/schema.ts'
import type { Path } from '../runtime/truth/node.ts'
import { rowEvents } from '../runtime/truth/row-events.ts'
import { fittingAt } from './fitting.ts'
import type { Slot } from './slots.ts'

export type Name = { readonly name: string; readonly detail: string; readonly doc?: string }

/** A field's type in words, with what else is to be known of it at a glance. */
export function fieldDetail(field: Field): string {
  const type = describe(typeOfField(fieldSchema(field)))
  return [type, ...(field.required ? ['required'] : []), ...(field.unique ? ['unique'] : [])].join(', ')
}

const withDoc = (name: string, detail: string, doc: string | undefined): Name => ({ name, detail, ...(doc && { doc }) })

const actions = [
  ['create', 'Who may make a row.'],
  ['read', 'Who may see a row.'],
  ['update', 'Who may change a row.'],
  ['delete', 'Who may remove a row.'],
] as const

/** The events that the actions of a workflow emit, by the place of the action. */
const emittedBy = ({ options }: Workflow): readonly (readonly [index: number, event: string])[] =>
  (Array.isArray(options.actions) ? options.actions : []).flatMap((action, index) =>
    action?.type === 'emit' && typeof action.event === 'string' ? [[index, action.event] as const] : [],
  )

/**
 * The events of an app, with who emits them. Where one is declared, at `path`, those that only the runtime emits are left
 * out, and what is being written there.
 */
function eventsOf(app: App, path: Path, declares: boolean): readonly Name[] {
  const events = new Map<string, string>()
  const [room, owner, , part, key] = path
  for (const workflow of app.workflows.values()) {
    for (const [index, event] of emittedBy(workflow)) {
      if (declares && room === 'workflows' && owner === workflow.name && part === index) continue
      events.set(event, `emitted by the workflow ${workflow.name}`)
    }
  }
  for (const [name, entity] of app.entities) {
    for (const behavior of entity.behaviors.values()) {
      if (declares && owner === name && part === behavior.name && key === 'emits') continue
      for (const event of behavior.emits) events.set(event, `emitted by ${name}.${behavior.name}`)
    }
    if (!declares) for (const what of rowEvents(entity)) events.set(`${name}.${what}`, `a ${name} was ${what}`)
  }
  return [...events].map(([name, detail]) => ({ name, detail }))
}

/** The names that fit a slot at a path. */
export function namesFor(slot: Slot, app: App, path: Path): readonly Name[] {
  switch (slot.is) {
    case 'entity':
      return [...app.entities.values()].map(({ name, description }) => withDoc(name, 'entity', description))
    case 'field': {
      const entity = app.entities.get(slot.entity)
      const { fits, computed } = fittingAt(app, path)
      const fields = [...(entity?.fields.values() ?? [])].filter(fits)
      const others = computed ? [...(entity?.computed.keys() ?? [])] : []
      return [
        ...fields.map((field) => withDoc(field.name, fieldDetail(field), field.description)),
        ...others.map((name) => ({ name, detail: 'computed' })),
      ]
    }
    case 'option': {
      const options = app.entities.get(slot.entity)?.fields.get(slot.field)?.options ?? []
      return options.map((name) => ({ name, detail: `option of ${slot.entity}.${slot.field}` }))
    }
    case 'behavior': {
      const behaviors = app.entities.get(slot.entity)?.behaviors.values() ?? []
      return [...behaviors].map(({ name, label }) => ({ name, detail: `behavior: ${label}` }))
    }
    case 'event':
      return eventsOf(app, path, slot.declares === true)
    case 'field type':
      return Object.keys(kinds).map((name) => ({ name, detail: 'field type' }))
    default:
      return []
  }
}

/** The keys of `permissions`: the actions, and the entity's behaviors. */
export function permissionNames(app: App, entity: string): readonly Name[] {
  return [...actions.map(([name, detail]) => ({ name, detail })), ...namesFor({ is: 'behavior', entity }, app, [])]
}
