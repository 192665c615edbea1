// Code actions in a file that several apps use: those of each, without what would harm another.

import { analyse } from '../../runtime/truth/analyse.ts'
import type { Snapshot } from '../projects.ts'
import type { Action } from './action.ts'
import { actionsAt } from './actions.ts'
import { applyEdits, type Edit } from './edits.ts'
import { shared } from './same-names.ts'
import type { Span } from './span.ts'

/** What can be done at a stretch of a file. Files of the edits are paths. */
export function actionsOfApps(apps: readonly Snapshot[], path: string, span: Span): readonly Action[] {
  const found = new Map<string, Action>()
  for (const snapshot of apps) {
    const file = snapshot.fileOf(path)
    for (const action of file === undefined ? [] : actionsAt(snapshot.analysis, file, span)) {
      const edits = action.edits.map(({ place, text }): Edit => ({ place: shared(snapshot, place), text }))
      // Of what is done to the whole file there is one of each kind.
      const key = action.kind.startsWith('source.') ? action.title : JSON.stringify([action.title, edits])
      if (!found.has(key)) found.set(key, { ...action, edits })
    }
  }
  const all = [...found.values()]
  return apps.length < 2 ? all : all.filter(({ edits }) => !apps.some((one) => harms(one, edits)))
}

function harms({ analysis, fileOf }: Snapshot, edits: readonly Edit[]): boolean {
  const own = edits.flatMap(({ place, text }): Edit[] => {
    const file = fileOf(place.file)
    return file === undefined ? [] : [{ place: { ...place, file }, text }]
  })
  if (own.length === 0) return false
  const files = applyEdits(analysis.files, own)
  const [entry = ''] = analysis.files.keys()
  return analyse((file) => files.get(file), { entry }).diagnostics.length > analysis.diagnostics.length
}
