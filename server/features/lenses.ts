// Code lenses above an entity: its type, its routes, who refers to it.

import { entriesAt } from '../../runtime/truth/model/take.ts'
import type { Node, Place } from '../../runtime/truth/node.ts'
import { occurrencesIn } from '../occurrences.ts'
import type { Snapshot } from '../projects.ts'
import { routesOf } from './routes.ts'
import { shared } from './same-names.ts'

export type Lens = { readonly place: Place; readonly title: string } & (
  | { readonly opens: 'types' | 'routes' }
  | { readonly opens: 'references'; readonly references: readonly Place[] }
)

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The lenses of a file, for the first of the apps that use it, with references in all of them. Places are in paths. */
export function lensesIn(apps: readonly Snapshot[], path: string): readonly Lens[] {
  const [snapshot] = apps
  const file = snapshot?.fileOf(path)
  if (!snapshot || file === undefined) return []
  const { root, draft: app } = snapshot.analysis
  if (!app) return []
  const references = referencesIn(apps)
  return entriesAt(root, 'entities').flatMap(([name, { key, value }]): Lens[] => {
    const entity = app.entities.get(name)
    const own =
      key.file === file ? key : value.place.file === file ? { ...value.place, end: value.place.start } : undefined
    if (!entity || !own) return []
    const place = shared(snapshot, own)
    const found = references.get(idOf(snapshot, value)) ?? []
    return [
      { place, title: 'type', opens: 'types' },
      { place, title: counted(routesOf(app, entity).length, 'route'), opens: 'routes' },
      { place, title: counted(found.length, 'reference'), opens: 'references', references: found },
    ]
  })
}

/** Entities of several apps are one where their definition is. */
function idOf(snapshot: Snapshot, value: Node): string {
  const { file, start } = shared(snapshot, value.place)
  return `${start} ${file}`
}

function referencesIn(apps: readonly Snapshot[]): ReadonlyMap<string, readonly Place[]> {
  const references = new Map<string, Map<string, Place>>()
  for (const snapshot of apps) {
    const ids = new Map(
      entriesAt(snapshot.analysis.root, 'entities').map(([name, { value }]) => [name, idOf(snapshot, value)]),
    )
    for (const { symbol, declares, place } of occurrencesIn(snapshot.analysis)) {
      if (symbol.kind !== 'entity' || declares) continue
      const id = ids.get(symbol.name) ?? ''
      const at = shared(snapshot, place)
      const places = references.get(id) ?? new Map<string, Place>()
      references.set(id, places.set(`${at.start} ${at.file}`, at))
    }
  }
  return new Map([...references].map(([id, places]) => [id, [...places.values()]]))
}
