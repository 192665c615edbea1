// Events that behaviors and actions emit: those of the runtime are not theirs to emit.

import type { App } from '../app.ts'
import { codes } from '../codes.ts'
import { insideQuotes } from '../literal.ts'
import type { Report } from '../model/rule.ts'
import { entriesAt, textAt } from '../model/take.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { rowEvents } from '../row-events.ts'
import type { Rule } from './rule.ts'

function isOwn(app: App, event: string): boolean {
  if (event === 'schedule') return true
  const [name = '', what] = event.split('.')
  return app.entities.has(name) && rowEvents({ softDelete: true }).some((one) => one === what)
}

function check(app: App, node: Node | undefined, path: Path, report: Report): void {
  if (node?.kind === 'list') node.items.forEach((item, index) => check(app, item, [...path, index], report))
  if (node?.kind !== 'string' || !isOwn(app, node.value)) return
  const what = node.value === 'schedule' ? 'of the clock' : 'with the row that it is about'
  const message = `\`${node.value}\` is emitted by the runtime, ${what}. Give this event another name.`
  report({ code: codes.ownEvent, message, at: insideQuotes(node), path })
}

export const eventRule: Rule = (app, root, report) => {
  for (const [entity, { value }] of entriesAt(root, 'entities')) {
    for (const [behavior, one] of entriesAt(value, 'behaviors'))
      check(app, childOf(one.value, 'emits'), ['entities', entity, 'behaviors', behavior, 'emits'], report)
  }
  for (const [workflow, { value }] of entriesAt(root, 'workflows')) {
    const actions = childOf(value, 'actions')
    for (const [index, action] of (actions?.kind === 'list' ? actions.items : []).entries()) {
      if (textAt(action, 'type') === 'emit')
        check(app, childOf(action, 'event'), ['workflows', workflow, 'actions', index, 'event'], report)
    }
  }
}
