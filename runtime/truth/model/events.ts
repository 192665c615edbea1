// Which events there are, and about the rows of which entities each is.

import type { Entity } from '../app.ts'
import { childOf, type Node } from '../node.ts'
import { rowEvents } from '../row-events.ts'
import { entriesAt, textAt } from './take.ts'
import { isOpen, isUntold } from './untold.ts'

export type Events = {
  /** Events that carry a row, with the entities whose rows these are: several behaviors may emit one event. */
  readonly aboutRows: ReadonlyMap<string, ReadonlySet<string>>
  /** Events that actions emit, and the clock. */
  readonly others: ReadonlySet<string>
  /** There may be further events, which cannot be told. */
  readonly open: boolean
}

export function eventsOf(entities: ReadonlyMap<string, Entity>, root: Node): Events {
  const aboutRows = new Map<string, Set<string>>()
  const add = (event: string, entity: string): void =>
    void aboutRows.set(event, (aboutRows.get(event) ?? new Set()).add(entity))
  for (const [name, entity] of entities) {
    for (const what of rowEvents(entity)) add(`${name}.${what}`, name)
    for (const behavior of entity.behaviors.values()) for (const event of behavior.emits) add(event, name)
  }
  const others = new Set(['schedule'])
  for (const [, { value }] of entriesAt(root, 'workflows')) {
    for (const action of actionsOf(value)) {
      const event = textAt(action, 'type') === 'emit' ? textAt(action, 'event') : undefined
      if (event !== undefined) others.add(event)
    }
  }
  return { aboutRows, others, open: emittedUntold(root) }
}

export const actionsOf = (workflow: Node): readonly Node[] => {
  const actions = childOf(workflow, 'actions')
  return actions?.kind === 'list' ? actions.items : []
}

/** The entities whose rows an event is about; undefined where that cannot be told. */
export function rowsOf({ aboutRows, others, open }: Events, event: string): readonly string[] | undefined {
  const found = aboutRows.get(event)
  if (found) return [...found]
  return event === 'schedule' || (others.has(event) && !open) ? [] : undefined
}

const isUntoldName = (node: Node | undefined): boolean =>
  isUntold(node) || (node?.kind === 'list' && node.items.some(isUntold))

function emittedUntold(root: Node): boolean {
  if (isOpen(childOf(root, 'entities')) || isOpen(childOf(root, 'workflows'))) return true
  for (const [, { value: entity }] of entriesAt(root, 'entities')) {
    if (isOpen(entity) || isOpen(childOf(entity, 'behaviors')) || isUntold(childOf(entity, 'softDelete'))) return true
    for (const [, { value }] of entriesAt(entity, 'behaviors'))
      if (isOpen(value) || isUntoldName(childOf(value, 'emits'))) return true
  }
  for (const [, { value: workflow }] of entriesAt(root, 'workflows')) {
    if (isOpen(workflow) || isUntold(childOf(workflow, 'actions'))) return true
    const emits = (action: Node): boolean =>
      isUntold(action) || isUntold(childOf(action, 'type')) || isUntold(childOf(action, 'event'))
    if (actionsOf(workflow).some(emits)) return true
  }
  return false
}
