// The figures and rows of dashboards, from nodes.

import { compileQuery, type Query } from '../../../expr/index.ts'
import type { Schema } from '../../../expr/schema.ts'
import type { Measure, Metric, Widget } from '../app.ts'
import { measures } from '../measures.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { labelOf, pluralOf } from './names.ts'
import { faultInString, type Notes } from './rule.ts'
import { present, textAt, textsAt } from './take.ts'

/** The query that a node holds; undefined when there is none or it is faulty, which was then reported. */
export function queryOf(node: Node | undefined, path: Path, schema: Schema, notes: Notes): Query | undefined {
  if (node?.kind !== 'string') return undefined
  notes.site({ kind: 'query', node, path, scope: { schema, place: 'view' } })
  const compiled = compileQuery(node.value, schema)
  for (const problem of compiled.diagnostics) notes.report(faultInString(node, path, problem))
  return compiled.ok ? compiled.query : undefined
}

/** One metric or widget: by name, or by its place in a list. */
export type Part = { readonly node: Node; readonly path: Path; readonly name?: string }

export function partsOf(view: Node | undefined, key: 'metrics' | 'widgets', path: Path): readonly Part[] {
  const parts = childOf(view, key)
  if (parts?.kind === 'list') return parts.items.map((node, index) => ({ node, path: [...path, key, index] }))
  if (parts?.kind !== 'object') return []
  return [...parts.entries].map(([name, { value }]) => ({ node: value, path: [...path, key, name], name }))
}

/** A text is short for `{ data: … }`. */
export const dataOf = ({ node, path }: Part): { readonly node: Node | undefined; readonly path: Path } =>
  node.kind === 'string' ? { node, path } : { node: childOf(node, 'data'), path: [...path, 'data'] }

/** The entity that a query begins with, also of one that is faulty behind it. */
export const entityOfQuery = (node: Node | undefined): string | undefined =>
  node?.kind === 'string' ? /^\s*([A-Za-z_$][\w$]*)/.exec(node.value)?.[1] : undefined

const headingOf = ({ name }: Part, entity: string): string =>
  name === undefined ? pluralOf(labelOf(entity)) : labelOf(name)

function measureOf(node: Node): Measure | undefined {
  for (const of of measures) {
    const field = textAt(node, of)
    if (field !== undefined) return { of, field }
  }
  return undefined
}

export function metricsOf(view: Node, path: Path, schema: Schema, notes: Notes): Metric[] {
  return partsOf(view, 'metrics', path).flatMap((part) => {
    const data = dataOf(part)
    const query = queryOf(data.node, data.path, schema, notes)
    if (!query) return []
    const label = textAt(part.node, 'label') ?? headingOf(part, query.entity)
    return [present({ label, query, measure: measureOf(part.node) })]
  })
}

export function widgetsOf(view: Node, path: Path, schema: Schema, notes: Notes): Widget[] {
  return partsOf(view, 'widgets', path).flatMap((part) => {
    const data = dataOf(part)
    const query = queryOf(data.node, data.path, schema, notes)
    if (!query) return []
    const title = textAt(part.node, 'title') ?? headingOf(part, query.entity)
    return [present({ title, query, columns: textsAt(part.node, 'columns') })]
  })
}
