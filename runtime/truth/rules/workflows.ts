// Workflows: a trigger that somebody emits, or a time that comes.

import { codes } from '../codes.ts'
import { insideQuotes, placeInString } from '../literal.ts'
import { actionsOf, eventsOf } from '../model/events.ts'
import type { Report } from '../model/rule.ts'
import { entriesAt, textAt } from '../model/take.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { checkAction } from './actions.ts'
import { keyPlace, type Rule, unknownName, valuePlace } from './rule.ts'
import { scheduleFault } from './schedule.ts'

export const workflowRule: Rule = (app, root, report) => {
  const { aboutRows, others, open } = eventsOf(app.entities, root)
  const events = new Set([...others, ...aboutRows.keys()])
  for (const [name, { value }] of entriesAt(root, 'workflows')) {
    const path = ['workflows', name]
    const trigger = textAt(value, 'trigger')
    if (trigger !== undefined && !open && !events.has(trigger)) {
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
