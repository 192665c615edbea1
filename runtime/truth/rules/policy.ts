// Permissions that are legal but probably not meant. What is said here is certain from the shape of the rules alone.

import type { TypedNode } from '../../../expr/tree.ts'
import type { App, Entity, Rule as Permission } from '../app.ts'
import { codes } from '../codes.ts'
import { entriesAt } from '../model/take.ts'
import { childOf } from '../node.ts'
import { constantOf } from '../possible.ts'
import { keyPlace, quoted, type Rule, valuePlace } from './rule.ts'

const isNever = (rule: Permission | undefined): boolean => !rule || constantOf(rule) === false

const writes = ['create', 'update', 'delete']

export const policyRule: Rule = (app, root, report, once) => {
  for (const [name, entity] of app.entities) {
    const path = ['entities', name]
    const declared = entriesAt(childOf(childOf(root, 'entities'), name), 'permissions')
    if (declared.length === 0 && entity.behaviors.size === 0) {
      const message = `Nobody can reach ${name}: it grants no permission, and what is not granted is denied.`
      report({ code: codes.unreachable, message, at: keyPlace(root, path), path })
    }
    for (const [action, rule] of entity.permissions) {
      const at = valuePlace(root, [...path, 'permissions', action])
      const constant = constantOf(rule)
      // `false` itself is said on purpose, and so is `true` where nothing that is there can be changed by it.
      const meant = rule.source === 'false' || (rule.source === 'true' && (action === 'read' || action === 'create'))
      if (constant === undefined || meant) continue
      if (!constant) {
        const message = `This is never true, so nobody may ${action} ${name} rows.`
        report({ code: codes.neverTrue, message, at, path: [...path, 'permissions', action] })
      } else if (writes.includes(action) || entity.behaviors.has(action)) {
        const message = `This is always true: anybody may ${action} ${name} rows, also without signing in.`
        report({ code: codes.openWrite, message, at, path: [...path, 'permissions', action] })
      }
    }
    if (!isNever(entity.permissions.get('read'))) continue
    const wider = ['update', 'delete'].filter((action) => !isNever(entity.permissions.get(action)))
    const [first] = wider
    if (first === undefined) continue
    const message = `Rows of ${name} may be changed (${quoted(wider)}) but nobody may \`read\` them.`
    report({
      code: codes.updateWiderThanRead,
      message,
      at: keyPlace(root, [...path, 'permissions', first]),
      path: [...path, 'permissions', first],
    })
  }
  promotionRule(app, root, report, once)
}

/** Fields of the user that some rule of the app relies on, with the first such rule. */
function reliedOn(app: App): Map<string, string> {
  const read = new Map<string, string>()
  for (const entity of app.entities.values()) {
    for (const [field, path] of reliedOnBy(entity)) if (!read.has(field)) read.set(field, path)
  }
  return read
}

const relied = new WeakMap<Entity, readonly (readonly [field: string, path: string])[]>()

function reliedOnBy(entity: Entity): readonly (readonly [field: string, path: string])[] {
  const known = relied.get(entity)
  if (known) return known
  const found: [string, string][] = []
  const note = (rule: Permission): void => {
    for (const name of rule.expression.reads) {
      const [root, field] = name.split('.')
      if (root === 'user' && field !== undefined && field !== 'id') found.push([field, rule.path])
    }
  }
  for (const rule of entity.permissions.values()) note(rule)
  for (const behavior of entity.behaviors.values()) behavior.guards.forEach(note)
  for (const field of entity.fields.values()) for (const rule of [field.read, field.update]) if (rule) note(rule)
  relied.set(entity, found)
  return found
}

/** Whether a term says that the row is the user: `entity == user`, by the records or by their ids. */
function isSelf(node: TypedNode): boolean {
  if (node.kind !== 'compare' || node.operator !== '==') return false
  const rootOf = (side: TypedNode): string | undefined => {
    const row = side.kind === 'field' && side.field === 'id' ? side.object : side
    return row.kind === 'row' ? row.root : undefined
  }
  const roots = [rootOf(node.left), rootOf(node.right)]
  return roots.includes('entity') && roots.includes('user')
}

/** Whether a rule certainly lets people change their own row: one of its alternatives asks for nothing else. */
function admitsSelf(node: TypedNode): boolean {
  if (node.kind === 'logic') {
    const both = [admitsSelf(node.left), admitsSelf(node.right)]
    return node.operator === '||' ? both.includes(true) : !both.includes(false)
  }
  return node.kind === 'authenticated' || isSelf(node) || (node.kind === 'literal' && node.value === true)
}

const promotionRule: Rule = (app, root, report) => {
  const auth = app.settings.auth.entity
  const entity: Entity | undefined = auth === undefined ? undefined : app.entities.get(auth)
  const update = entity?.permissions.get('update')
  if (!entity || auth === undefined || !update || !admitsSelf(update.expression.tree)) return
  for (const [name, rulePath] of reliedOn(app)) {
    const field = entity.fields.get(name)
    if (!field || field.system || field.readonly || field.immutable || field.update) continue
    // Only what tells people apart by rank: a rule that compares a team or a name is not a promotion.
    if (field.type !== 'enum' && field.type !== 'boolean' && field.type !== 'integer' && field.type !== 'number')
      continue
    const path = ['entities', auth, 'fields', name]
    const message = `\`${rulePath}\` relies on \`user.${name}\`, which people may change on their own row. Give the field an \`update\` rule.`
    report({ code: codes.selfPromotion, message, at: keyPlace(root, path), path })
  }
}
