// Permissions that are legal but probably not meant. What is said here is certain from the shape of the rules alone.

import { counterexample, isAlways, isNever, ownerOf, ownFields, uselessTerms } from '../../../expr/index.ts'
import type { TypedNode } from '../../../expr/tree.ts'
import type { App, Entity, Field, Rule as Permission } from '../app.ts'
import { codes } from '../codes.ts'
import { placeInString } from '../literal.ts'
import { entriesAt } from '../model/take.ts'
import { isOpen, isUntold } from '../model/untold.ts'
import { childOf, type Node, nodeAt } from '../node.ts'
import { entryAt, keyPlace, type Rule, valuePlace } from './rule.ts'

const neverGrants = (app: App, rule: Permission | undefined): boolean =>
  !rule || isNever(rule.expression, app.schema) === 'yes'

const writes = ['create', 'update', 'delete']

export const policyRule: Rule = (app, root, report, once) => {
  for (const [name, entity] of app.entities) {
    const entry = entryAt(root, name)
    if (entry)
      once('policy', entry.value, name, entry.key, report, (own) => entityRule(app, entity, entry.value, root, own))
  }
  for (const view of app.views.values()) if (view.permission) uselessRule(app, view.permission, root, report)
  promotionRule(app, root, report, once)
}

function entityRule(app: App, entity: Entity, node: Node, root: Node, report: Report): void {
  const { name } = entity
  const path = ['entities', name]
  const isGranted = [node, childOf(node, 'permissions'), childOf(node, 'behaviors')].some(isOpen)
  if (!isGranted && entriesAt(node, 'permissions').length === 0 && entity.behaviors.size === 0) {
    const message = `Nobody can reach ${name}: it grants no permission, and what is not granted is denied.`
    report({ code: codes.unreachable, message, at: keyPlace(root, path), path })
  }
  for (const [action, rule] of entity.permissions) constantRule(app, entity, action, rule, root, report)
  readRule(app, entity, node, root, report)
  ownerTakenRule(app, entity, node, root, report)
  for (const rule of rulesOf(entity)) uselessRule(app, rule, root, report)
}

/** Rules that are always true, or never. */
function constantRule(app: App, entity: Entity, action: string, rule: Permission, root: Node, report: Report): void {
  // `false` itself is said on purpose, and so is `true` where nothing that is there can be changed by it.
  if (rule.source === 'false' || (rule.source === 'true' && (action === 'read' || action === 'create'))) return
  const path = ['entities', entity.name, 'permissions', action]
  const at = valuePlace(root, path)
  if (neverGrants(app, rule)) {
    const message = `This is never true, so nobody may ${action} ${entity.name} rows.`
    report({ code: codes.neverTrue, message, at, path })
  } else if (
    (writes.includes(action) || entity.behaviors.has(action)) &&
    isAlways(rule.expression, app.schema) === 'yes'
  ) {
    const message = `This is always true: anybody may ${action} ${entity.name} rows, also without signing in.`
    report({ code: codes.openWrite, message, at, path })
  }
}

type Report = Parameters<Rule>[2]

/** Every rule of an entity that stands in a text of its own. */
function* rulesOf(entity: Entity): Generator<Permission> {
  yield* entity.permissions.values()
  for (const behavior of entity.behaviors.values())
    yield* behavior.guards.filter(({ path }) => path.endsWith('.requires'))
  for (const field of entity.fields.values()) yield* [field.read, field.update].filter((rule) => rule !== undefined)
}

/** Rows that somebody may change or delete, but not see. */
function readRule(app: App, entity: Entity, node: Node, root: Node, report: Report): void {
  const read = entity.permissions.get('read')
  // What a faulty rule grants cannot be told.
  if (!read && nodeAt(node, ['permissions', 'read'])) return
  for (const action of ['update', 'delete']) {
    const rule = entity.permissions.get(action)
    if (!rule || neverGrants(app, rule)) continue
    const path = ['entities', entity.name, 'permissions', action]
    if (neverGrants(app, read)) {
      const message = `Rows of ${entity.name} may be changed (\`${action}\`) but nobody may \`read\` them.`
      report({ code: codes.updateWiderThanRead, message, at: keyPlace(root, path), path })
      return
    }
    const example = read && counterexample(rule.expression, read.expression, app.schema)
    if (example === undefined) continue
    const message = `Some who may ${action} a row may not \`read\` it, and get "not found" instead. For example: ${example}.`
    report({ code: codes.updateWiderThanRead, message, at: keyPlace(root, path), path })
  }
}

/** Terms that make no difference. */
function uselessRule(app: App, rule: Permission, root: Node, report: Report): void {
  const path = rule.path.split('.')
  const node = nodeAt(root, path)
  if (node?.kind !== 'string' || neverGrants(app, rule)) return
  for (const { text, start, end, because } of uselessTerms(rule.expression, app.schema)) {
    const when = because === 'never' ? 'never true' : 'always true'
    const message = `\`${text}\` makes no difference: where it would matter, it is ${when}.`
    report({ code: codes.uselessTerm, message, at: placeInString(node, start, end), path })
  }
}

/** Whether a field may not just be changed by whoever may update its row; also where that cannot be told. */
function isGuarded(field: Field, entity: Node): boolean {
  if (field.system || field.readonly || field.immutable || field.update) return true
  const node = nodeAt(entity, ['fields', field.name])
  return childOf(node, 'update') !== undefined || ['readonly', 'immutable'].some((key) => isUntold(childOf(node, key)))
}

/** An owner whom somebody may change who is not allowed what owners are. */
function ownerTakenRule(app: App, entity: Entity, node: Node, root: Node, report: Report): void {
  const field = entity.fields.get(ownerOf(app.schema, entity.name) ?? '')
  const update = entity.permissions.get('update')
  if (!field || !update || isGuarded(field, node) || field.default?.kind === 'user') return
  for (const [action, rule] of entity.permissions) {
    if (action === 'update' || action === 'create' || !ownFields(rule.expression).includes(field.name)) continue
    const example = counterexample(update.expression, rule.expression, app.schema)
    if (example === undefined) continue
    const path = ['entities', entity.name, 'fields', field.name]
    const message = `Whoever may update a row can make themselves its \`${field.name}\`, and so gain \`${action}\`. For example: ${example}. Give the field an \`update\` rule, or make it \`immutable\`.`
    report({ code: codes.ownerTaken, message, at: keyPlace(root, path), path })
    return
  }
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
  const node = auth === undefined ? undefined : entryAt(root, auth)?.value
  if (!entity || auth === undefined || !update || !admitsSelf(update.expression.tree)) return
  for (const [name, rulePath] of reliedOn(app)) {
    const field = entity.fields.get(name)
    if (!field || !node || isGuarded(field, node)) continue
    // Only what tells people apart by rank: a rule that compares a team or a name is not a promotion.
    if (field.type !== 'enum' && field.type !== 'boolean' && field.type !== 'integer' && field.type !== 'number')
      continue
    const path = ['entities', auth, 'fields', name]
    const message = `\`${rulePath}\` relies on \`user.${name}\`, which people may change on their own row. Give the field an \`update\` rule.`
    report({ code: codes.selfPromotion, message, at: keyPlace(root, path), path })
  }
}
