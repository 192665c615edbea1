// Rules that look at links which are written only after them.

import type { App, Entity, Rule as Permission } from '../app.ts'
import { codes, type Fault } from '../codes.ts'
import { entriesAt } from '../model/take.ts'
import type { Node } from '../node.ts'
import { type Rule, valuePlace } from './rule.ts'

/** A many-to-many relation, whose links stand in a table of their own. */
function isLinked(app: App, entity: Entity, name: string): boolean {
  const field = entity.fields.get(name)
  if (!field?.relation || !field.many) return false
  const { to, inverse } = field.relation
  return inverse === undefined || app.entities.get(to)?.fields.get(inverse)?.many === true
}

/** The field of the row-to-be whose links a rule reads: of the new row when it is created, of `next` when it is changed. */
function earlyLinks(app: App, entity: Entity, rule: Permission, creates: boolean): string | undefined {
  for (const path of rule.expression.reads) {
    const [root, name] = path.split('.')
    const early = root === 'next' || (creates && root === 'entity')
    if (early && name !== undefined && isLinked(app, entity, name)) return name
  }
  return undefined
}

function checkEntity(app: App, entity: Entity, root: Node, report: (fault: Fault) => void): void {
  const rules: [Permission | undefined, boolean][] = [
    [entity.permissions.get('create'), true],
    [entity.permissions.get('update'), false],
    ...[...entity.fields.values()].map(({ update }): [Permission | undefined, boolean] => [update, true]),
  ]
  for (const [rule, creates] of rules) {
    const name = rule && earlyLinks(app, entity, rule, creates)
    if (!rule || name === undefined) continue
    const path = rule.path.split('.')
    const message = `The links of \`${name}\` are written after this rule was decided, so it cannot look at them.`
    report({ code: codes.linksNotYet, message, at: valuePlace(root, path), path })
  }
}

export const linkRule: Rule = (app, root, report, once) => {
  for (const [name, { key, value }] of entriesAt(root, 'entities')) {
    const entity = app.entities.get(name)
    if (entity) once('links', value, name, key, report, (own) => checkEntity(app, entity, root, own))
  }
}
