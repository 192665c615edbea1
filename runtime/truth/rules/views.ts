// Views: an entity and fields that exist, an address of their own, a field of the right kind.

import type { App, Entity, Field, View } from '../app.ts'
import { codes, type Fault } from '../codes.ts'
import { placeInString } from '../literal.ts'
import { entityOfQuery } from '../model/dashboards.ts'
import { textAt } from '../model/take.ts'
import { isOpen, isUntold } from '../model/untold.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { pageAddresses } from '../own-addresses.ts'
import { checkDashboard } from './dashboards.ts'
import { checkNames } from './entities.ts'
import { checkAsked, checkOffered } from './interface.ts'
import { keyPlace, mayBeShown, type Rule, unknownName, valuePlace } from './rule.ts'

type Report = (fault: Fault) => void

/** `/tasks/:id` and `/tasks/:task` are the same address. */
const shapeOf = (route: string): string => route.replace(/\/+$/, '').replace(/:[^/]+/g, ':')

/** A part of a route, as browsers ask for it. */
const segment = /^(?:[\p{L}\p{M}\p{N}._~!$&'()*+,;=@-]*|:[A-Za-z]\w*)$/u

const needsEntity = new Set(['list', 'detail', 'form', 'kanban', 'calendar'])

/** What a view's field must be, by key. */
const fieldKinds: { readonly [key: string]: { fits: (field: Field) => boolean; say: string } } = {
  groupBy: {
    fits: (field) => !field.many && ['enum', 'relation', 'boolean'].includes(field.type),
    say: 'an enum, a to-one relation or a boolean',
  },
  dateField: { fits: (field) => !field.many && ['date', 'datetime'].includes(field.type), say: 'a date or a datetime' },
}

const fieldPlaces = ['columns', 'groupBy', 'cardFields', 'dateField', 'titleField', 'colorField']

function checkRoute(app: App, view: View, root: Node, routes: Map<string, string>, report: Report): void {
  const path: Path = ['views', view.name, 'route']
  const at = valuePlace(root, path)
  if (view.route === '') return
  const fault = (message: string, related?: Fault['related']): void =>
    report({ code: codes.routeTaken, message, at, path, ...(related && { related }) })
  if (!view.route.startsWith('/')) return fault(`A route starts with \`/\`: \`/${view.route}\`.`)
  if (pageAddresses.has(view.route.split('/')[1] ?? '') || `${view.route}/`.startsWith(`${app.settings.api.prefix}/`)) {
    return fault(`\`${view.route}\` is an address of the runtime.`)
  }
  const made = [...app.entities.values()].find(({ path: base }) => shapeOf(view.route) === `/${base}/new`)
  if (made && !(view.type === 'form' && view.entity === made.name))
    return fault(`At \`${view.route}\` stands the form of a new ${made.label.toLowerCase()}.`)
  const other = routes.get(shapeOf(view.route))
  if (other !== undefined) {
    const related = [{ message: 'The other one is here.', at: valuePlace(root, ['views', other, 'route']) }]
    return fault(`The views \`${other}\` and \`${view.name}\` both answer at \`${view.route}\`.`, related)
  }
  routes.set(shapeOf(view.route), view.name)
  const odd = view.route.split('/').find((part) => !segment.test(part))
  if (odd !== undefined) {
    const message = `\`${odd}\` cannot be part of an address: use letters, digits, \`-\` and \`_\`, or \`:id\`.`
    return report({ code: codes.routeTaken, message, at, path })
  }
  const oneRow = view.type === 'detail' || (view.type === 'form' && view.mode === 'edit')
  if (!oneRow || view.route.split('/').includes(':id')) return
  const message = `A ${view.type} shows one row, so its route must say which: \`${view.route.replace(/\/$/, '')}/:id\`.`
  const fixes = [{ message: 'Add `/:id`', at, text: `${view.route.replace(/\/$/, '')}/:id` }]
  report({ code: codes.routeWithoutId, message, at, path, fixes })
}

/** The query of a view asks for rows of the view's own entity. */
function checkData(view: View, entity: Entity, data: Node | undefined, report: Report): void {
  const asked = entityOfQuery(data)
  if (data?.kind !== 'string' || asked === undefined || asked === entity.name) return
  const start = data.value.indexOf(asked)
  const at = placeInString(data, start, start + asked.length)
  const message = `\`data\` asks for rows of ${asked}, but the view is of ${entity.name}.`
  const fixes = [{ message: `Change to \`${entity.name}\``, at, text: entity.name }]
  report({ code: codes.wrongValue, message, at, path: ['views', view.name, 'data'], fixes })
}

/** Without `dateField` a calendar goes by the first date that a row has. */
function checkCalendar(app: App, view: View, entity: Entity, node: Node | undefined, root: Node, report: Report): void {
  if (view.type !== 'calendar' || childOf(node, 'dateField')) return
  const known = app.schema.entities.get(entity.name)
  if (known?.open || [...(known?.fields.values() ?? [])].some(({ type }) => type === 'unknown')) return
  if ([...entity.fields.values()].some((field) => !field.system && fieldKinds.dateField?.fits(field))) return
  const path: Path = ['views', view.name]
  const message = `${entity.name} has no date that would place its rows: name one in \`dateField\`, if only \`createdAt\`.`
  report({ code: codes.nothingShown, message, at: keyPlace(root, path), path })
}

/** What can be filtered by: names of fields, or values by field. */
function checkFilters(
  app: App,
  view: View,
  entity: Entity,
  filters: Node | undefined,
  root: Node,
  report: Report,
): void {
  const path: Path = ['views', view.name, 'filters']
  checkNames(app, entity, filters, path, root, report, true)
  checkAsked(entity, filters, 'filtered', path, root, report)
  for (const [name, { key: at }] of filters?.kind === 'object' ? filters.entries : []) {
    const field = entity.fields.get(name)
    const message = field
      ? `\`${name}\` is secret and cannot be filtered by.`
      : `Unknown field \`${name}\` on ${entity.name}.`
    if (!field && mayBeShown(app, root, entity.name, name)) continue
    if (!field) report(unknownName(codes.unknownField, message, name, entity.fields.keys(), at, [...path, name]))
    else if (field.secret) report({ code: codes.secretShown, message, at, path: [...path, name] })
  }
}

function checkFields(app: App, view: View, entity: Entity, node: Node | undefined, root: Node, report: Report): void {
  for (const key of fieldPlaces) {
    const path: Path = ['views', view.name, key]
    checkNames(app, entity, childOf(node, key), path, root, report, true)
    const field = entity.fields.get(textAt(node, key) ?? '')
    const kind = fieldKinds[key]
    if (!field || field.secret || !kind || kind.fits(field)) continue
    const message = `\`${key}\` needs ${kind.say}; \`${field.name}\` is ${field.many ? 'a list' : `of type \`${field.type}\``}.`
    report({ code: codes.wrongFieldKind, message, at: valuePlace(root, path), path })
  }
}

export const viewRule: Rule = (app, root, report) => {
  const routes = new Map<string, string>()
  for (const view of app.views.values()) {
    const node = childOf(childOf(root, 'views'), view.name)
    const path: Path = ['views', view.name]
    checkRoute(app, view, root, routes, report)
    const entity = view.entity === undefined ? undefined : app.entities.get(view.entity)
    checkDashboard(app, view, node, root, report)
    const given = childOf(node, 'entity')
    if (entity) {
      checkFields(app, view, entity, node, root, report)
      checkFilters(app, view, entity, childOf(node, 'filters'), root, report)
      checkOffered(entity, childOf(node, 'actions'), [...path, 'actions'], root, report)
      checkCalendar(app, view, entity, node, root, report)
      if (view.type !== 'dashboard') checkData(view, entity, childOf(node, 'data'), report)
    } else if (isOpen(node) || isUntold(given) || (given && app.schema.open)) {
    } else if (view.entity !== undefined) {
      const at = valuePlace(root, [...path, 'entity'])
      const message = `Unknown entity \`${view.entity}\`.`
      report(unknownName(codes.unknownEntity, message, view.entity, app.entities.keys(), at, [...path, 'entity']))
    } else if (needsEntity.has(view.type)) {
      const message = `\`views.${view.name}\` lacks \`entity\`: a ${view.type} shows rows of one.`
      report({ code: codes.missingKey, message, at: keyPlace(root, path), path: [...path, 'entity'] })
    }
  }
}
