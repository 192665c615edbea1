// The names under the cursor in every app that uses the file: a part may belong to several apps, and whoever asks for a
// name of it asks for all of them.

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

/** The same for names that are known already. */
export function sameNames(
  apps: readonly Snapshot[],
  from: (snapshot: Snapshot) => readonly Occurrence[],
): readonly InApp[] {
  const all = apps.map((snapshot) => {
    const occurrences = occurrencesIn(snapshot.analysis)
    const ids = new Set(from(snapshot).map(({ symbol }) => symbol.id))
    return { snapshot, occurrences, ids }
  })
  const places = new Set<string>()
  for (let grown = true; grown; ) {
    grown = false
    for (const { snapshot, occurrences, ids } of all) {
      for (const { symbol, place } of occurrences) {
        const key = keyOf(shared(snapshot, place))
        if (ids.has(symbol.id) === places.has(key)) continue
        ids.add(symbol.id)
        places.add(key)
        grown = true
      }
    }
  }
  return all.flatMap(({ snapshot, occurrences, ids }) => {
    const found = occurrences.filter(({ symbol }) => ids.has(symbol.id))
    return found.length > 0 ? [{ snapshot, occurrences: found }] : []
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
