// Workflows: a trigger that somebody emits, or a time that comes.

import type { App } from '../app.ts'
import { codes } from '../codes.ts'
import { insideQuotes, placeInString } from '../literal.ts'
import type { Report } from '../model/rule.ts'
import { entriesAt, textAt } from '../model/take.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { rowEvents } from '../row-events.ts'
import { checkAction } from './actions.ts'
import { keyPlace, type Rule, unknownName, valuePlace } from './rule.ts'
import { scheduleFault } from './schedule.ts'

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
    checkSchedule(value, path, root, report)
    actionsOf(value).forEach((action, index) => checkAction(app, action, [...path, 'actions', index], root, report))
  }
}

function checkSchedule(workflow: Node, path: Path, root: Node, report: Report): void {
  const trigger = childOf(workflow, 'trigger')
  const line = childOf(workflow, 'schedule')
  const isScheduled = trigger?.kind === 'string' && trigger.value === 'schedule'
  if (isScheduled && !line) {
    const message = `\`trigger: 'schedule'\` needs a cron line: \`schedule: '0 8 * * *'\`.`
    report({ code: codes.missingKey, message, at: insideQuotes(trigger), path: [...path, 'schedule'] })
  }
  if (line && !isScheduled && trigger && trigger.kind !== 'computed') {
    const at = [...path, 'schedule']
    const message = `\`schedule\` goes with \`trigger: 'schedule'\`; this workflow starts on something else.`
    report({ code: codes.misplacedKey, message, at: keyPlace(root, at), path: at })
  } else checkLine(line, [...path, 'schedule'], report)
  checkLine(childOf(trigger, 'schedule'), [...path, 'trigger', 'schedule'], report)
}

function checkLine(node: Node | undefined, path: Path, report: Report): void {
  const fault = node?.kind === 'string' ? scheduleFault(node.value) : undefined
  if (node?.kind !== 'string' || !fault) return
  const at = fault.end > fault.start ? placeInString(node, fault.start, fault.end) : node.place
  report({ code: codes.badSchedule, message: fault.message, at, path })
}
