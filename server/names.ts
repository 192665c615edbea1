// The names of an app that fit a slot, each with a word on what it is: for completion.

import { describe } from '../expr/index.ts'
import { typeOfField } from '../expr/types.ts'
import type { App, Field } from '../runtime/truth/app.ts'
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

/** The events of an app, with the entity they are about. */
export function eventsOf(app: App): readonly Name[] {
  const events = new Map<string, string>()
  for (const [name, entity] of app.entities) {
    for (const behavior of entity.behaviors.values()) {
      for (const event of behavior.emits) events.set(event, `emitted by ${name}.${behavior.name}`)
    }
    for (const what of rowEvents(entity)) events.set(`${name}.${what}`, `a ${name} was ${what}`)
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
      return eventsOf(app)
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
