// Rewritings that keep the meaning: a repeated condition as a constant, keys in their usual order, a former name kept.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { innermost } from '../../runtime/truth/cursor.ts'
import type { Place } from '../../runtime/truth/node.ts'
import { keysAt } from '../shapes.ts'
import type { Action } from './action.ts'
import { extraction } from './extract.ts'
import { formatEdits } from './format.ts'
import { writeFormerName } from './former-name.ts'
import { occurrencesAt } from './locate.ts'
import type { Span } from './span.ts'

export function rewritingsAt(analysis: Analysis, file: string, at: Span): readonly Action[] {
  const format = formatEdits(analysis, file)
  return [
    ...extraction(analysis, file, at.start),
    ...sorting(analysis, file, at),
    ...formerName(analysis, file, at),
    ...(format.length > 0 ? [{ title: 'Format the expressions', kind: 'source.format', edits: format } as const] : []),
  ]
}

/** The keys of an object in the order of the documentation; not where comments or spreads stand between them. */
function sorting({ root, files }: Analysis, file: string, { start }: Span): Action[] {
  const found = root && innermost(root, file, start)
  if (!root || found?.node.kind !== 'object') return []
  const keys = Object.keys(keysAt(root, found.path) ?? {})
  const text = files.get(file) ?? ''
  const entries = [...found.node.entries].map(([name, { key, value }]) => ({
    name,
    place: { ...key, end: value.place.end },
    value,
  }))
  const [first, last] = [entries[0], entries.at(-1)]
  if (
    !first ||
    !last ||
    !entries.every(({ place, value }) => place.file === file && value.place.file === file && place.end > place.start)
  )
    return []
  const gaps = entries.slice(1).map(({ place }, index) => text.slice(entries[index]?.place.end, place.start))
  const edges = [
    text.slice(found.node.place.start + 1, first.place.start),
    text.slice(last.place.end, found.node.place.end - 1),
  ]
  if (!gaps.every((gap) => /^\s*,\s*$/.test(gap)) || !edges.every((edge) => /^[\s,]*$/.test(edge))) return []
  const orderOf = (name: string): number => (keys.includes(name) ? keys.indexOf(name) : keys.length)
  const sorted = entries.toSorted((a, b) => orderOf(a.name) - orderOf(b.name))
  if (sorted.every((entry, index) => entry === entries[index])) return []
  const whole: Place = { ...first.place, end: last.place.end }
  const rewritten = sorted
    .map(({ place }, index) => `${text.slice(place.start, place.end)}${gaps[index] ?? ''}`)
    .join('')
  return [{ title: 'Sort the keys', kind: 'refactor.rewrite', edits: [{ place: whole, text: rewritten }] }]
}

/** A place for the former name of an entity or field that was renamed by hand. */
function formerName(analysis: Analysis, file: string, { start }: Span): Action[] {
  const [here] = occurrencesAt(analysis, file, start).filter(({ declares, as }) => declares && as === 'key')
  if (!here || !analysis.root || (here.symbol.kind !== 'entity' && here.symbol.kind !== 'field')) return []
  const [entity = '', field] = here.symbol.path
  const path = field === undefined ? ['entities', entity] : ['entities', entity, 'fields', field]
  const app = { analysis, pathOf: (name: string) => name }
  const written = writeFormerName(app, path, { to: here.symbol.name, former: '' }, undefined)
  if ('refused' in written || written.edits.length === 0) return []
  const title = 'Add `renamedFrom`, so that the migration keeps the data'
  return [{ title, kind: 'refactor.rewrite', edits: written.edits }]
}
