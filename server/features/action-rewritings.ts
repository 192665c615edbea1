// Rewritings that keep the meaning: a repeated condition as a constant, keys in their usual order, a former name kept.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { innermost } from '../../runtime/truth/cursor.ts'
import type { Node, Place, StringNode } from '../../runtime/truth/node.ts'
import { keysAt } from '../shapes.ts'
import type { Action } from './action.ts'
import { type Edit, keyInsertion } from './edits.ts'
import { formatEdits } from './format.ts'
import { occurrencesAt, siteAt } from './locate.ts'

type Span = { readonly start: number; readonly end: number }

export function rewritingsAt(analysis: Analysis, file: string, at: Span): readonly Action[] {
  const format = formatEdits(analysis, file)
  return [
    ...extraction(analysis, file, at),
    ...sorting(analysis, file, at),
    ...formerName(analysis, file, at),
    ...(format.length > 0 ? [{ title: 'Format the expressions', kind: 'source.format', edits: format } as const] : []),
  ]
}

/** A rule that is written out in several places, as a constant above the app. */
function extraction(analysis: Analysis, file: string, { start }: Span): Action[] {
  const found = siteAt(analysis, file, start)
  const text = analysis.files.get(file) ?? ''
  const { node, kind } = found?.site ?? {}
  if (!node || kind !== 'expression' || !/[ .(]/.test(node.value) || !isWhole(node)) return []
  const same = new Set<StringNode>()
  for (const site of analysis.sites) {
    if (
      site.kind === 'expression' &&
      site.node.value === node.value &&
      site.node.place.file === file &&
      isWhole(site.node)
    )
      same.add(site.node)
  }
  const inObject = [...same].filter((one) => /:\s*$/.test(text.slice(0, one.place.start)))
  const from = /^export\b/m.exec(text)?.index
  if (inObject.length < 2 || from === undefined) return []
  const name = freeName(text)
  const literal = text.slice(node.place.start, node.place.end)
  const head: Edit = { place: { file, start: from, end: from }, text: `const ${name} = ${literal}\n\n` }
  const uses = inObject.map((one): Edit => ({ place: one.place, text: name }))
  const title = `Extract the condition that stands in ${inObject.length} places`
  return [{ title, kind: 'refactor.extract', edits: [head, ...uses] }]
}

const isWhole = ({ pieces, place }: StringNode): boolean =>
  pieces.length === 1 && pieces[0]?.place.start === place.start + 1 && pieces[0].place.end === place.end - 1

function freeName(text: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'condition' : `condition${number}`
    if (!new RegExp(`\\b${name}\\b`).test(text)) return name
  }
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
  const node = path.reduce<Node | undefined>(
    (at, part) => (at?.kind === 'object' ? at.entries.get(part)?.value : undefined),
    analysis.root,
  )
  if (node?.kind !== 'object' || node.entries.has('renamedFrom') || node.place.file !== file) return []
  const edit = keyInsertion(node, analysis.files, "renamedFrom: ''")
  return [{ title: 'Add `renamedFrom`, so that the migration keeps the data', kind: 'refactor.rewrite', edits: [edit] }]
}
