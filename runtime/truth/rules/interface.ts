// What the pages of an entity name: what they offer, what they sort by, and the fields of their sections.

import type { App, Entity } from '../app.ts'
import { codes, type Fault } from '../codes.ts'
import { insideQuotes } from '../literal.ts'
import { entriesAt } from '../model/take.ts'
import { isOpen } from '../model/untold.ts'
import { childOf, type Node, nodeAt, type Path } from '../node.ts'
import { checkNames } from './entities.ts'
import { entryAt, type Rule, unknownName, valuePlace } from './rule.ts'

type Report = (fault: Fault) => void

/** What a page offers besides behaviors; `edit` is read as `update`. */
const ownActions = ['create', 'update', 'edit', 'delete']

/** A list of what a page offers. */
export function checkOffered(entity: Entity, node: Node | undefined, path: Path, root: Node, report: Report): void {
  if (node?.kind !== 'list' || isOpen(childOf(entryAt(root, entity.name)?.value, 'behaviors'))) return
  const known = [...entity.behaviors.keys(), ...ownActions]
  for (const [index, item] of node.items.entries()) {
    if (item.kind !== 'string' || known.includes(item.value)) continue
    const message = `\`${item.value}\` is no behavior of ${entity.name}, and none of \`create\`, \`update\`, \`delete\`.`
    report(unknownName(codes.unknownAction, message, item.value, known, insideQuotes(item), [...path, index]))
  }
}

/** Groups of fields, by their titles or in a list. */
function checkSections(app: App, entity: Entity, node: Node | undefined, path: Path, root: Node, report: Report): void {
  const check = (fields: Node | undefined, at: Path): void => checkNames(app, entity, fields, at, root, report, true)
  if (node?.kind === 'list')
    node.items.forEach((item, index) => check(childOf(item, 'fields'), [...path, index, 'fields']))
  if (node?.kind === 'object') for (const [title, { value }] of node.entries) check(value, [...path, title])
}

/** Fields by which no list can be put in order, or narrowed down. */
export function checkAsked(
  entity: Entity,
  node: Node | undefined,
  can: 'sorted' | 'filtered',
  path: Path,
  root: Node,
  report: Report,
): void {
  for (const [index, item] of (node?.kind === 'list' ? node.items : []).entries()) {
    const name = item.kind === 'string' ? item.value : ''
    const field = entity.fields.get(name)
    const isComputed = !field && entity.computed.has(name)
    if (!isComputed && (!field || field.secret || (!field.many && field.type !== 'json'))) continue
    const what = isComputed ? 'is worked out from the row' : field?.many ? 'is a list' : 'is of type `json`'
    const message = `Rows cannot be ${can} by \`${name}\`: it ${what}.`
    report({ code: codes.wrongFieldKind, message, at: valuePlace(root, [...path, index]), path: [...path, index] })
  }
}

function checkInterface(app: App, entity: Entity, node: Node, root: Node, report: Report): void {
  const at = (...keys: string[]): [Node | undefined, Path] => [
    nodeAt(node, ['ui', ...keys]),
    ['entities', entity.name, 'ui', ...keys],
  ]
  for (const page of ['list', 'detail']) checkOffered(entity, ...at(page, 'actions'), root, report)
  for (const page of ['form', 'detail']) checkSections(app, entity, ...at(page, 'sections'), root, report)
  for (const [key, can] of [
    ['sortable', 'sorted'],
    ['filterable', 'filtered'],
  ] as const) {
    const [list, path] = at('list', key)
    checkAsked(entity, list, can, path, root, report)
  }
}

export const interfaceRule: Rule = (app, root, report, once) => {
  for (const [name, { key, value }] of entriesAt(root, 'entities')) {
    const entity = app.entities.get(name)
    if (entity) once('interface', value, name, key, report, (own) => checkInterface(app, entity, value, root, own))
  }
}
