// Workflows: a trigger that somebody emits, and actions with the keys they need.

import type { App } from '../app.ts'
import { codes } from '../codes.ts'
import { entriesAt, textAt } from '../model/take.ts'
import { childOf, type Node } from '../node.ts'
import { rowEvents } from '../row-events.ts'
import { actionKeys } from '../shape/app.ts'
import { checkKeys } from '../structure.ts'
import { type Rule, unknownName, valuePlace } from './rule.ts'

function eventsOf(app: App, root: Node): Set<string> {
  const events = new Set<string>(['schedule'])
  for (const [name, entity] of app.entities) {
    for (const what of rowEvents(entity)) events.add(`${name}.${what}`)
    for (const behavior of entity.behaviors.values()) for (const event of behavior.emits) events.add(event)
  }
  for (const [, { value }] of entriesAt(root, 'workflows')) {
    for (const action of actionsOf(value)) {
      const event = textAt(action, 'type') === 'emit' ? textAt(action, 'event') : undefined
      if (event !== undefined) events.add(event)
    }
  }
  return events
}

const actionsOf = (workflow: Node): readonly Node[] => {
  const actions = childOf(workflow, 'actions')
  return actions?.kind === 'list' ? actions.items : []
}

export const workflowRule: Rule = (app, root, report) => {
  const events = eventsOf(app, root)
  for (const [name, { value }] of entriesAt(root, 'workflows')) {
    const path = ['workflows', name]
    const trigger = textAt(value, 'trigger')
    if (trigger !== undefined && !events.has(trigger)) {
      const at = valuePlace(root, [...path, 'trigger'])
      const message = `Nobody emits \`${trigger}\`.`
      report(unknownName(codes.unknownEvent, message, trigger, events, at, [...path, 'trigger']))
    }
    if (trigger === 'schedule' && textAt(value, 'schedule') === undefined) {
      const message = `\`trigger: 'schedule'\` needs a cron line: \`schedule: '0 8 * * *'\`.`
      report({
        code: codes.missingKey,
        message,
        at: valuePlace(root, [...path, 'trigger']),
        path: [...path, 'schedule'],
      })
    }
    actionsOf(value).forEach((action, index) => {
      const at = [...path, 'actions', index]
      const type = textAt(action, 'type')
      if (action.kind === 'object' && type === undefined && !action.entries.has('type')) {
        const message = `An action needs a \`type\`, such as ${Object.keys(actionKeys).join(', ')}.`
        report({ code: codes.missingKey, message, at: valuePlace(root, at), path: at })
      }
      // Kinds that are not in the table come from extensions.
      const keys = type !== undefined && Object.hasOwn(actionKeys, type) ? actionKeys[type] : undefined
      if (!keys) return
      checkKeys(action, { ...keys, type: { shape: { is: 'text' }, doc: 'The kind of action.' } }, at, report)
      const entity = textAt(action, 'entity')
      if (entity === undefined || app.entities.has(entity)) return
      const message = `Unknown entity \`${entity}\`.`
      const place = valuePlace(root, [...at, 'entity'])
      report(unknownName(codes.unknownEntity, message, entity, app.entities.keys(), place, [...at, 'entity']))
    })
  }
}
