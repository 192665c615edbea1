// Entities among each other and their parts by name: owner, paths, tables, permissions, indexes, what the interface shows.

import { ownerOf } from '../../../expr/index.ts'
import type { App, Entity } from '../app.ts'
import { codes } from '../codes.ts'
import { entriesAt, textAt } from '../model/take.ts'
import { isOpen, isUntoldField } from '../model/untold.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { apiAddresses, pageAddresses } from '../own-addresses.ts'
import { keyPlace, mayBeShown, type Rule, unknownName, valuePlace } from './rule.ts'

const actions = ['create', 'read', 'update', 'delete']

export const authRule: Rule = (app, root, report) => {
  const path = ['settings', 'auth', 'entity']
  const declared = textAt(childOf(childOf(root, 'settings'), 'auth'), 'entity')
  const auth = app.settings.auth.entity
  if (declared !== undefined && auth === undefined && !app.schema.open) {
    const message = `Unknown entity \`${declared}\`.`
    report(unknownName(codes.unknownEntity, message, declared, app.entities.keys(), valuePlace(root, path), path))
  }
  if (auth === undefined || !app.settings.auth.enabled) return
  const email = app.entities.get(auth)?.fields.get('email')
  if ((email?.type === 'string' && !email.many) || isUntoldField(app, auth, 'email')) return
  const message = `People sign in with their e-mail address, so ${auth} needs a field \`email\` of type \`string\`.`
  report({ code: codes.noActor, message, at: keyPlace(root, ['entities', auth]), path: ['entities', auth] })
}

const providerPath = ['settings', 'auth', 'provider']

/** The module itself is run by `truth serve` alone: whether it is there, and what it exports, is told then. */
export const providerRule: Rule = (app, root, report) => {
  const { provider } = app.settings.auth
  if (provider === undefined || /^(?!\s|[/\\]|[a-z][a-z+.-]*:)[^\0]*[^\s/\\]$/i.test(provider)) return
  const message = `\`${provider}\` is no relative path: name the module as it is seen from this file, as in \`./auth.ts\`.`
  report({ code: codes.wrongValue, message, at: valuePlace(root, providerPath), path: providerPath })
}

export const ownerRule: Rule = (app, root, report) => {
  for (const [name, entity] of app.entities) {
    if (entity.owner === undefined) continue
    const path = ['entities', name, 'owner']
    if (isUntoldField(app, name, entity.owner)) continue
    const field = entity.fields.get(entity.owner)
    const at = valuePlace(root, path)
    if (!field) {
      const message = `Unknown field \`${entity.owner}\` on ${name}.`
      report(unknownName(codes.unknownField, message, entity.owner, entity.fields.keys(), at, path))
    } else if (ownerOf(app.schema, name) === undefined && !app.schema.open) {
      const auth = app.settings.auth.entity
      const message = `The owner must be a relation to one row of ${auth ?? 'the auth entity'}; \`${entity.owner}\` is not.`
      report({ code: codes.badOwner, message, at, path })
    }
  }
}

const prefixPath = ['settings', 'api', 'prefix']

export const pathRule: Rule = (app, root, report) => {
  const { prefix } = app.settings.api
  if (!/^(?:\/[\w-]+)+$/.test(prefix)) {
    const message = `\`${prefix}\` is no prefix of addresses: begin with \`/\`, and use letters, digits, \`-\` and \`_\`, as in \`/api\` or \`/api/v1\`.`
    report({ code: codes.pathTaken, message, at: valuePlace(root, prefixPath), path: prefixPath })
  } else if (pageAddresses.has(prefix.split('/')[1] ?? '')) {
    const message = `\`${prefix}\` is an address of the runtime. Give the API another \`prefix\`.`
    report({ code: codes.pathTaken, message, at: valuePlace(root, prefixPath), path: prefixPath })
  }
  const paths = new Map<string, Entity>()
  const tables = new Map<string, Entity>()
  for (const [name, entity] of app.entities) {
    const fault = (key: 'path' | 'table', message: string, other?: Entity): void => {
      const path = ['entities', name, key]
      const at = childOf(childOf(childOf(root, 'entities'), name), key)
        ? valuePlace(root, path)
        : keyPlace(root, ['entities', name])
      const related = other && [{ message: 'The other one is here.', at: keyPlace(root, ['entities', other.name]) }]
      report({ code: codes.pathTaken, message, at, path, ...(related && { related }) })
    }
    const path = entity.path.toLowerCase()
    const table = entity.table.toLowerCase()
    const samePath = paths.get(path)
    const sameTable = tables.get(table)
    if (samePath)
      fault(
        'path',
        `${samePath.name} and ${name} would both answer at \`/${entity.path}\`. Give one a \`path\`.`,
        samePath,
      )
    else if (apiAddresses.has(path) || pageAddresses.has(path))
      fault('path', `\`/${entity.path}\` is an address of the runtime. Give ${name} another \`path\`.`)
    else if (!/^[a-z0-9][a-z0-9_-]*$/i.test(entity.path))
      fault('path', `\`${entity.path}\` is no URL segment: letters, digits, \`-\` and \`_\` only.`)
    if (sameTable)
      fault(
        'table',
        `${sameTable.name} and ${name} would share the table \`${entity.table}\`. Give one a \`table\`.`,
        sameTable,
      )
    else if (/^(_truth|sqlite_|libsql_)/.test(table) || !/^[a-z_][a-z0-9_]*$/.test(table)) {
      fault(
        'table',
        `\`${entity.table}\` cannot be a table: letters, digits and \`_\`, and no name that the database or the runtime uses.`,
      )
    }
    paths.set(path, entity)
    tables.set(table, entity)
  }
}

/** Permissions are for actions that exist; behaviors and computed fields have names of their own. */
export const actionRule: Rule = (app, root, report, once) => {
  for (const [name, { key, value }] of entriesAt(root, 'entities')) {
    const entity = app.entities.get(name)
    if (entity) once('actions', value, name, key, report, (own) => checkActions(entity, root, own))
  }
}

function checkActions(entity: Entity, root: Node, report: Parameters<Rule>[2]): void {
  const { name } = entity
  const node = childOf(childOf(root, 'entities'), name)
  const known = [...actions, ...entity.behaviors.keys()]
  for (const [action] of entriesAt(node, 'permissions')) {
    if (known.includes(action) || isOpen(childOf(node, 'behaviors'))) continue
    const path = ['entities', name, 'permissions', action]
    const message = `\`${action}\` is neither an action nor a behavior of ${name}.`
    report(unknownName(codes.unknownAction, message, action, known, keyPlace(root, path), path))
  }
  const reserved = [...actions, 'changes', 'aggregate', 'export', 'new', 'edit']
  for (const behavior of entity.behaviors.keys()) {
    if (!reserved.includes(behavior)) continue
    const path = ['entities', name, 'behaviors', behavior]
    report({
      code: codes.nameTaken,
      message: `\`${behavior}\` is taken by the runtime. Name the behavior otherwise.`,
      at: keyPlace(root, path),
      path,
    })
  }
  for (const computed of entity.computed.keys()) {
    if (!entity.fields.has(computed)) continue
    const path = ['entities', name, 'computed', computed]
    report({
      code: codes.nameTaken,
      message: `${name} has a field \`${computed}\` already.`,
      at: keyPlace(root, path),
      path,
    })
  }
}

/** Places of an entity that list fields. */
const fieldLists: readonly Path[] = [
  ['ui', 'list', 'columns'],
  ['ui', 'list', 'sortable'],
  ['ui', 'list', 'filterable'],
  ['ui', 'list', 'searchable'],
  ['ui', 'form', 'fields'],
  ['ui', 'display', 'primary'],
  ['ui', 'display', 'secondary'],
  ['ui', 'display', 'badge'],
  ['ui', 'display', 'color'],
  ['ui', 'display', 'avatar'],
  ['ui', 'display', 'metadata'],
]

export const fieldListRule: Rule = (app, root, report, once) => {
  for (const [name, { key, value }] of entriesAt(root, 'entities')) {
    const entity = app.entities.get(name)
    if (entity) once('field lists', value, name, key, report, (own) => checkFieldLists(app, entity, value, root, own))
  }
}

function checkFieldLists(app: App, entity: Entity, node: Node, root: Node, report: Parameters<Rule>[2]): void {
  for (const list of fieldLists) {
    const found = list.reduce<Node | undefined>((part, key) => childOf(part, key), node)
    checkNames(app, entity, found, ['entities', entity.name, ...list], root, report, true)
  }
  for (const key of ['indexes', 'unique']) {
    const lists = childOf(node, key)
    if (lists?.kind !== 'list') continue
    lists.items.forEach((item, index) =>
      checkNames(app, entity, item, ['entities', entity.name, key, index], root, report, false),
    )
  }
}

/** Checks one name or a list of names of fields; what is shown must not be secret. */
export function checkNames(
  app: App,
  entity: Entity,
  node: Node | undefined,
  path: Path,
  root: Node,
  report: Parameters<Rule>[2],
  shown: boolean,
): void {
  if (node?.kind === 'list') {
    node.items.forEach((item, index) => checkNames(app, entity, item, [...path, index], root, report, shown))
  }
  if (node?.kind !== 'string') return
  const field = entity.fields.get(node.value)
  const at = valuePlace(root, path)
  const { name } = entity
  if (!field && (shown ? mayBeShown(app, root, name, node.value) : isUntoldField(app, name, node.value))) return
  if (!field) {
    const known = [...entity.fields.keys(), ...(shown ? entity.computed.keys() : [])]
    report(
      unknownName(
        codes.unknownField,
        `Unknown field \`${node.value}\` on ${entity.name}.`,
        node.value,
        known,
        at,
        path,
      ),
    )
  } else if (shown && field?.secret) {
    report({ code: codes.secretShown, message: `\`${node.value}\` is secret and cannot be shown.`, at, path })
  } else if (!shown && field?.relation && field.many) {
    const message = `\`${node.value}\` has no column of its own, so it cannot be indexed.`
    report({ code: codes.wrongFieldKind, message, at, path })
  }
}
