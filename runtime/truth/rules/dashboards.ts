// Dashboards: figures of fields that can be counted up, rows with columns that there are, and pages that show nothing.

import type { App, Entity, View } from '../app.ts'
import { codes, type Fault } from '../codes.ts'
import { insideQuotes } from '../literal.ts'
import { type Measured, measures, suits } from '../measures.ts'
import { dataOf, entityOfQuery, type Part, partsOf } from '../model/dashboards.ts'
import { isOpen, isUntold, isUntoldField } from '../model/untold.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { checkNames } from './entities.ts'
import { keyPlace, unknownName } from './rule.ts'

type Report = (fault: Fault) => void

/** What a measure is of, in words. */
const needs: Readonly<Record<Measured, string>> = {
  sum: 'a number',
  avg: 'a number',
  min: 'a number, a date or a text',
  max: 'a number, a date or a text',
}

function checkMeasures(app: App, entity: Entity, { node, path }: Part, root: Node, report: Report): void {
  const given = measures.filter((of) => childOf(node, of) !== undefined)
  for (const of of given.slice(1)) {
    const message = `A metric shows one figure, and this one is \`${given[0]}\` already. Make another metric of \`${of}\`.`
    report({ code: codes.misplacedKey, message, at: keyPlace(root, [...path, of]), path: [...path, of] })
  }
  for (const of of given) {
    const name = childOf(node, of)
    if (name?.kind === 'string' && !isUntoldField(app, entity.name, name.value))
      checkMeasure(entity, of, name.value, insideQuotes(name), [...path, of], report)
  }
}

function checkMeasure(entity: Entity, of: Measured, name: string, at: Fault['at'], path: Path, report: Report): void {
  const field = entity.fields.get(name)
  if (!field) {
    const message = `Unknown field \`${name}\` on ${entity.name}.`
    return report(unknownName(codes.unknownField, message, name, entity.fields.keys(), at, path))
  }
  if (field.secret) {
    return report({ code: codes.secretShown, message: `\`${name}\` is secret and cannot be shown.`, at, path })
  }
  if (suits[of](field)) return
  const message = `\`${of}\` needs ${needs[of]}; \`${name}\` is ${field.many ? 'a list' : `of type \`${field.type}\``}.`
  report({ code: codes.wrongFieldKind, message, at, path })
}

export function checkDashboard(app: App, view: View, node: Node | undefined, root: Node, report: Report): void {
  const path: Path = ['views', view.name]
  const metrics = partsOf(node, 'metrics', path)
  const widgets = partsOf(node, 'widgets', path)
  const entityOf = (part: Part): Entity | undefined => app.entities.get(entityOfQuery(dataOf(part).node) ?? '')
  for (const part of metrics) {
    const entity = entityOf(part)
    if (entity) checkMeasures(app, entity, part, root, report)
  }
  for (const part of widgets) {
    const entity = entityOf(part)
    const columns = childOf(part.node, 'columns')
    if (entity) checkNames(app, entity, columns, [...part.path, 'columns'], root, report, true)
  }
  if (isOpen(node) || isUntold(childOf(node, 'type'))) return
  const at = keyPlace(root, path)
  const isShown = ['metrics', 'widgets'].some((key) => isUntold(childOf(node, key)))
  if (view.type === 'custom') {
    const message = `No page is made of \`${view.name}\`: \`custom\` views are for programs that read this file, and its route answers 404.`
    report({ code: codes.nothingShown, message, at, path })
  } else if (view.type === 'dashboard' && metrics.length === 0 && widgets.length === 0 && !isShown) {
    const message = `\`${view.name}\` shows nothing: give it \`metrics\` or \`widgets\`.`
    report({ code: codes.nothingShown, message, at, path })
  } else if (view.type !== 'dashboard') {
    for (const key of ['metrics', 'widgets']) {
      if (!childOf(node, key)) continue
      const message = `\`${key}\` is for views of type \`dashboard\`; this one is \`${view.type}\`.`
      report({ code: codes.misplacedKey, message, at: keyPlace(root, [...path, key]), path: [...path, key] })
    }
  }
}
