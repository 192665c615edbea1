// Definition, references, highlights.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Place } from '../../runtime/truth/node.ts'
import { keyPlace } from '../../runtime/truth/rules/rule.ts'
import { type Occurrence, occurrencesIn } from '../occurrences.ts'
import type { Snapshot } from '../projects.ts'
import { occurrencesAt, siteAt, useAt } from './locate.ts'
import { distinct, namesAt, shared } from './same-names.ts'

type Definition = { readonly from: Place; readonly to: Place }

/** The same in every app that uses the file; places are in paths. */
export function definitionsAt(
  apps: readonly Snapshot[],
  path: string,
  offset: number,
  keys = true,
): readonly Definition[] {
  const found = new Map<string, Definition>()
  for (const snapshot of apps) {
    const file = snapshot.fileOf(path)
    for (const { from, to } of file === undefined ? [] : definitionAt(snapshot.analysis, file, offset, keys)) {
      const target = shared(snapshot, to)
      found.set(`${target.start} ${target.file}`, { from: shared(snapshot, from), to: target })
    }
  }
  return [...found.values()]
}

/** Where the thing under the cursor is declared, and the word that asked. `keys`: also answer on keys. */
export function definitionAt(analysis: Analysis, file: string, offset: number, keys = true): readonly Definition[] {
  const here = occurrencesAt(analysis, file, offset).filter(({ as, declares }) => as !== 'key' || (keys && !declares))
  if (here.length > 0) {
    return here.flatMap(({ symbol, place: from }) => declarationsOf(analysis, symbol.id).map((to) => ({ from, to })))
  }
  return builtinAt(analysis, file, offset)
}

const declarationsOf = (analysis: Analysis, id: string): readonly Place[] =>
  occurrencesIn(analysis).flatMap(({ symbol, declares, place }) => (declares && symbol.id === id ? [place] : []))

/** `owner` leads to the field it stands for, `user` and `entity` to their entities, `input` to the declaration. */
function builtinAt(analysis: Analysis, file: string, offset: number): Definition[] {
  const found = siteAt(analysis, file, offset)
  const { root } = analysis
  const use = found && useAt(found.site, found.at)
  if (!root || !use) return []
  const { meaning } = use
  const from: Place = { file, start: offset - (found.at - use.start), end: offset + (use.end - found.at) }
  const to = (...path: string[]): Definition[] => [{ from, to: keyPlace(root, path) }]
  if (meaning.is === 'owner') return to('entities', meaning.entity, 'fields', meaning.field)
  if (meaning.is === 'row') return to('entities', meaning.entity)
  if (meaning.is !== 'source' || meaning.name !== 'input') return []
  const [, entity = '', , behavior = ''] = found.site.path.map(String)
  return to('entities', entity, 'behaviors', behavior, 'input')
}

/** Every occurrence of the names under the cursor, in all of the apps that use the file; places are in paths. */
export const referencesAt = (apps: readonly Snapshot[], path: string, offset: number): readonly Occurrence[] =>
  distinct(namesAt(apps, path, offset))
