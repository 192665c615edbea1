// Behaviors: what they take in, and parts of them that nothing heeds.

import type { App, Behavior, Entity, Field } from '../app.ts'
import { codes } from '../codes.ts'
import { insideQuotes } from '../literal.ts'
import { setKeyOf } from '../model/entities.ts'
import type { Report } from '../model/rule.ts'
import { entriesAt, textAt } from '../model/take.ts'
import { childOf, isComputed, type Node, type Path, plainValue } from '../node.ts'
import { describe } from '../structure.ts'
import { keyPlace, type Rule, unknownName } from './rule.ts'
import { misfit } from './values.ts'

/** Rules of a field, which are for rows: nobody asks them of an input. */
const rowRules = ['read', 'update']

function checkInput(app: App, node: Node, field: Field | undefined, path: Path, root: Node, report: Report): void {
  for (const key of rowRules) {
    if (!childOf(node, key)) continue
    const at = keyPlace(root, [...path, key])
    const message = `\`${key}\` is not asked of an input: say who may do it in \`requires\`.`
    report({ code: codes.misplacedKey, severity: 'warning', message, at, path: [...path, key] })
  }
  const to = childOf(node, 'to')
  if (to?.kind === 'string' && textAt(node, 'type') === 'relation' && !app.entities.has(to.value) && !app.schema.open) {
    const message = `Unknown entity \`${to.value}\`.`
    const at = [...path, 'to']
    report(unknownName(codes.unknownEntity, message, to.value, app.entities.keys(), insideQuotes(to), at))
  }
  const given = childOf(node, 'default')
  if (!field || !given || given.kind === 'null' || given.kind === 'foreign' || isComputed(given)) return
  const value = field.default?.kind === 'value'
  const wrong = field.relation || !value ? undefined : misfit(field, given)
  if (value && !wrong) return
  const message = wrong
    ? `The default of \`${field.name}\` ${wrong.wrong}, but is ${describe(wrong.node)}.`
    : `The default of an input is a value as it stands: \`${plainValue(given)}\` is filled in for rows alone.`
  report({ code: codes.badDefault, message, at: wrong?.node.place ?? given.place, path: [...path, 'default'] })
}

function checkEmits(node: Node | undefined, path: Path, report: Report): void {
  if (node?.kind === 'list') node.items.forEach((item, index) => checkEmits(item, [...path, index], report))
  if (node?.kind !== 'string' || node.value.trim() !== '') return
  report({ code: codes.wrongValue, message: 'An event needs a name, such as `task.completed`.', at: node.place, path })
}

function checkBehavior(app: App, behavior: Behavior, node: Node, path: Path, root: Node, report: Report): void {
  for (const [name, { value }] of entriesAt(node, 'input'))
    checkInput(app, value, behavior.input.get(name), [...path, 'input', name], root, report)
  checkEmits(childOf(node, 'emits'), [...path, 'emits'], report)
  const set = setKeyOf(node)
  if (behavior.type !== 'delete' || !childOf(node, set)) return
  const message = `This behavior deletes the row, so what it would \`${set}\` is lost.`
  const at = keyPlace(root, [...path, set])
  report({ code: codes.misplacedKey, severity: 'warning', message, at, path: [...path, set] })
}

export const behaviorRule: Rule = (app, root, report, once) => {
  for (const [name, { key, value }] of entriesAt(root, 'entities')) {
    const entity = app.entities.get(name)
    if (entity) once('behaviors', value, name, key, report, (own) => checkEntity(app, entity, value, root, own))
  }
}

function checkEntity(app: App, entity: Entity, node: Node, root: Node, report: Report): void {
  for (const [key, { value }] of entriesAt(node, 'behaviors')) {
    const behavior = entity.behaviors.get(key)
    if (behavior) checkBehavior(app, behavior, value, ['entities', entity.name, 'behaviors', key], root, report)
  }
}
