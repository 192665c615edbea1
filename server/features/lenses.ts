// Code lenses above an entity: its type, its routes, who refers to it.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { entriesAt } from '../../runtime/truth/model/take.ts'
import type { Place } from '../../runtime/truth/node.ts'
import { occurrencesIn } from '../occurrences.ts'
import { routesOf } from './routes.ts'

export type Lens = { readonly place: Place; readonly title: string } & (
  | { readonly opens: 'types' | 'routes' }
  | { readonly opens: 'references'; readonly references: readonly Place[] }
)

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

export function lensesIn(analysis: Analysis, file: string): readonly Lens[] {
  const { root, draft: app } = analysis
  if (!app) return []
  const references = new Map<string, Place[]>()
  for (const { symbol, declares, place } of occurrencesIn(analysis)) {
    if (symbol.kind !== 'entity' || declares) continue
    references.set(symbol.name, [...(references.get(symbol.name) ?? []), place])
  }
  return entriesAt(root, 'entities').flatMap(([name, { key, value }]): Lens[] => {
    const entity = app.entities.get(name)
    const place =
      key.file === file ? key : value.place.file === file ? { ...value.place, end: value.place.start } : undefined
    if (!entity || !place) return []
    const found = references.get(name) ?? []
    return [
      { place, title: 'type', opens: 'types' },
      { place, title: counted(routesOf(app, entity).length, 'route'), opens: 'routes' },
      { place, title: counted(found.length, 'reference'), opens: 'references', references: found },
    ]
  })
}
