// The names under the cursor in every app that uses the file: a part may belong to several apps, and whoever asks for a
// name of it asks for all of them.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Place } from '../../runtime/truth/node.ts'
import { type Occurrence, occurrencesIn } from '../occurrences.ts'
import type { Snapshot } from '../projects.ts'
import { occurrencesAt } from './locate.ts'

/** What one app has of the names that were asked for. */
export type InApp = { readonly snapshot: Snapshot; readonly occurrences: readonly Occurrence[] }

/** A place in any app's words as one that all of them share: its file is a path. */
export const shared = ({ pathOf }: Snapshot, { file, start, end }: Place): Place => ({ file: pathOf(file), start, end })

const keyOf = ({ file, start }: Place): string => `${start} ${file}`

/**
 * The occurrences of the names at an offset of a file, app by app; the apps that have none are left out. A place where
 * names of several entities or apps are declared at once (a constant, a part) makes them one name.
 */
export function namesAt(apps: readonly Snapshot[], path: string, offset: number): readonly InApp[] {
  return sameNames(apps, (snapshot) => {
    const file = snapshot.fileOf(path)
    return file === undefined ? [] : occurrencesAt(snapshot.analysis, file, offset)
  })
}

type Index = {
  readonly byId: ReadonlyMap<string, readonly Occurrence[]>
  readonly byPlace: ReadonlyMap<string, readonly Occurrence[]>
}

const kept = new WeakMap<Analysis, Index>()

/** PERF: editors ask for the places of a name whenever the cursor moves. */
function indexOf(analysis: Analysis): Index {
  const known = kept.get(analysis)
  if (known) return known
  const byId = new Map<string, Occurrence[]>()
  const byPlace = new Map<string, Occurrence[]>()
  const add = (map: Map<string, Occurrence[]>, key: string, one: Occurrence): void => {
    const there = map.get(key)
    if (there) there.push(one)
    else map.set(key, [one])
  }
  for (const one of occurrencesIn(analysis)) {
    add(byId, one.symbol.id, one)
    add(byPlace, keyOf(one.place), one)
  }
  const index = { byId, byPlace }
  kept.set(analysis, index)
  return index
}

/** The same for names that are known already. */
export function sameNames(
  apps: readonly Snapshot[],
  from: (snapshot: Snapshot) => readonly Occurrence[],
): readonly InApp[] {
  const all = apps.map((snapshot) => ({ snapshot, index: indexOf(snapshot.analysis), ids: new Set<string>() }))
  const places = new Set<string>()
  const open = all.flatMap((app) => from(app.snapshot).map(({ symbol }) => ({ app, id: symbol.id })))
  for (let next = open.pop(); next; next = open.pop()) {
    const { app, id } = next
    if (app.ids.has(id)) continue
    app.ids.add(id)
    for (const { place } of app.index.byId.get(id) ?? []) {
      const path = app.snapshot.pathOf(place.file)
      const key = keyOf({ ...place, file: path })
      if (places.has(key)) continue
      places.add(key)
      for (const other of all) {
        const file = other.snapshot.fileOf(path)
        const there = file === undefined ? [] : (other.index.byPlace.get(keyOf({ ...place, file })) ?? [])
        for (const { symbol } of there) if (!other.ids.has(symbol.id)) open.push({ app: other, id: symbol.id })
      }
    }
  }
  return all.flatMap(({ snapshot, index, ids }) => {
    const occurrences = [...ids].flatMap((id) => index.byId.get(id) ?? [])
    return occurrences.length > 0 ? [{ snapshot, occurrences }] : []
  })
}

/** Every occurrence once, at a place that all apps share. */
export function distinct(found: readonly InApp[]): readonly Occurrence[] {
  const places = new Map<string, Occurrence>()
  for (const { snapshot, occurrences } of found) {
    for (const one of occurrences) {
      const place = shared(snapshot, one.place)
      const known = places.get(keyOf(place))
      if (!known || (one.declares && !known.declares)) places.set(keyOf(place), { ...one, place })
    }
  }
  return [...places.values()]
}
