// Completion of a view's route: what its kind and its entity suggest, as far as it is free.

import type { App } from '../../runtime/truth/app.ts'
import { textAt } from '../../runtime/truth/model/take.ts'
import { type Node, nodeAt, type Path } from '../../runtime/truth/node.ts'
import { isFree, isOfOneRow, segmentOf } from '../addresses.ts'

type Route = { readonly name: string; readonly detail: string; readonly kind: 'value' }

export function routeNames(app: App, root: Node, path: Path): readonly Route[] {
  const [room, view = '', key] = path.map(String)
  if (room !== 'views' || key !== 'route' || path.length !== 3) return []
  const node = nodeAt(root, path.slice(0, 2))
  const type = textAt(node, 'type')
  const mode = textAt(node, 'mode')
  const entity = app.entities.get(textAt(node, 'entity') ?? '')
  const bases = [...new Set([...(entity ? [entity.path] : []), segmentOf(view)])].map((segment) => `/${segment}`)
  const routes = bases.flatMap((base) => {
    if (isOfOneRow(type, mode)) return type === 'form' ? [`${base}/:id/edit`, `${base}/:id`] : [`${base}/:id`]
    return type === 'form' ? [`${base}/new`, base] : [base]
  })
  const detail = entity ? `address of a ${type ?? 'page'} of ${entity.name}` : 'address'
  return routes.filter((route) => isFree(app, route, view)).map((name) => ({ name, detail, kind: 'value' }))
}
