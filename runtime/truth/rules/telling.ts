// Views whose `where` asks for a field that some of their readers may not see: which rows are there tells them.

import { compileQuery, counterexample, type Expression } from '../../../expr/index.ts'
import type { TypedNode } from '../../../expr/tree.ts'
import { childrenOf } from '../../../expr/walk.ts'
import type { App, View } from '../app.ts'
import { codes } from '../codes.ts'
import { placeInString } from '../literal.ts'
import { dataOf, partsOf } from '../model/dashboards.ts'
import { childOf, type Node, nodeAt, type Path } from '../node.ts'
import type { Rule } from './rule.ts'

type Field = TypedNode & { readonly kind: 'field' }

/** The fields that an expression reads, of whatever row. */
const fieldsIn = (node: TypedNode): readonly Field[] => [
  ...childrenOf(node).flatMap(fieldsIn),
  ...(node.kind === 'field' ? [node] : []),
]

/** Who can open the view and read the row but not the field, in words; undefined where it is nobody for certain. */
function blindReader(app: App, root: Node, view: View, { entity, field }: Field): string | undefined {
  const { fields, permissions } = app.entities.get(entity) ?? {}
  const [seen, row] = [fields?.get(field)?.read?.expression, permissions?.get('read')?.expression]
  if (!seen || !row) return undefined
  // Whom a faulty permission lets in cannot be told.
  if (!view.permission && nodeAt(root, ['views', view.name, 'permission'])) return undefined
  const without = (rule: Expression): string | undefined => counterexample(rule, seen, app.schema)
  return view.permission && without(view.permission.expression) === undefined ? undefined : without(row)
}

/** The queries of a view, as texts. */
function queriesOf(root: Node, { name }: View): readonly { readonly node: Node | undefined; readonly path: Path }[] {
  const node = childOf(childOf(root, 'views'), name)
  const path: Path = ['views', name]
  const parts = (['metrics', 'widgets'] as const).flatMap((key) => partsOf(node, key, path))
  return [{ node: childOf(node, 'data'), path: [...path, 'data'] }, ...parts.map(dataOf)]
}

export const tellingRule: Rule = (app, root, report) => {
  for (const view of app.views.values()) {
    for (const { node, path } of queriesOf(root, view)) {
      if (node?.kind !== 'string') continue
      const compiled = compileQuery(node.value, app.schema)
      const where = compiled.ok ? compiled.query.where : undefined
      if (!where) continue
      const from = node.value.indexOf(where.source, node.value.search(/\bwhere\b/) + 'where'.length)
      for (const field of fieldsIn(where.tree)) {
        const reader = blindReader(app, root, view, field)
        if (reader === undefined) continue
        const message = `Which rows are shown tells \`${field.field}\` also to readers who may not see it. For example: ${reader}. Give the view a \`permission\`, or ask for something else.`
        const name = field.start + where.source.slice(field.start, field.end).lastIndexOf('.') + 1
        report({ code: codes.whereTells, message, at: placeInString(node, from + name, from + field.end), path })
      }
    }
  }
}
