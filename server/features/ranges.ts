// Folding, growing selections, links to imported files, and names that are edited together.

import { inspectExpression } from '../../expr/editor/inspect.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import { placeInString } from '../../runtime/truth/literal.ts'
import type { Node, Place } from '../../runtime/truth/node.ts'
import { occurrencesAt, siteAt, usesOf } from './locate.ts'

/** Every object and list of the literal that spans lines. */
export function foldsIn({ root, files }: Analysis, file: string): readonly Place[] {
  const text = files.get(file) ?? ''
  const folds = new Map<number, Place>()
  const visit = (node: Node): void => {
    if (node.kind !== 'object' && node.kind !== 'list') return
    const { place } = node
    if (place.file === file && /[\r\n]/.test(text.slice(place.start, place.end))) folds.set(place.start, place)
    for (const child of childrenOf(node)) visit(child)
  }
  if (root) visit(root)
  return [...folds.values()].sort((a, b) => a.start - b.start)
}

const childrenOf = (node: Node): readonly Node[] =>
  node.kind === 'object' ? [...node.entries.values()].map(({ value }) => value) : node.kind === 'list' ? node.items : []

/** The places around an offset, from the innermost: parts of the expression, the text, its quotes, entries, objects. */
export function selectionAt(analysis: Analysis, file: string, offset: number): readonly Place[] {
  const places: Place[] = []
  const add = (place: Place): void => {
    if (place.file === file && place.start <= offset && offset <= place.end) places.push(place)
  }
  const visit = (node: Node): void => {
    add(node.place)
    if (node.kind === 'object') {
      for (const { key, value } of node.entries.values()) {
        add(key)
        if (key.file === value.place.file && value.place.end > key.end) add({ ...key, end: value.place.end })
        visit(value)
      }
    }
    if (node.kind === 'list') node.items.forEach(visit)
  }
  if (analysis.root) visit(analysis.root)
  const found = siteAt(analysis, file, offset)
  if (found) {
    const { node, scope, kind } = found.site
    for (const piece of node.pieces) add(piece.place)
    for (const use of usesOf(found.site)) add(placeInString(node, use.start, use.end))
    if (kind === 'expression') {
      for (const part of inspectExpression(node.value, scope).parts.keys())
        add(placeInString(node, part.start, part.end))
    }
  }
  const sizes = new Map(places.map((place) => [`${place.start} ${place.end}`, place]))
  const sorted = [...sizes.values()].sort((a, b) => a.end - a.start - (b.end - b.start))
  // Each must lie within the next.
  return sorted.filter((place, index) =>
    sorted.slice(index + 1).every((outer) => outer.start <= place.start && place.end <= outer.end),
  )
}

const importLine = /\bfrom\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g

/** The imported files' names, each with the file it leads to. */
export function linksIn(
  { files }: Analysis,
  file: string,
): readonly { readonly place: Place; readonly target: string }[] {
  const text = files.get(file) ?? ''
  return [...text.matchAll(importLine)].flatMap((match) => {
    const specifier = match[2] ?? ''
    const start = match.index + match[0].length - specifier.length - 1
    const target = /\.ts$/.test(specifier) ? specifier : specifier.replace(/(?:\.js)?$/, '.ts')
    return [{ place: { file, start, end: start + specifier.length }, target }]
  })
}

/** A lambda parameter and its uses: whoever edits one edits all. */
export function linkedAt(analysis: Analysis, file: string, offset: number): readonly Place[] {
  const found = siteAt(analysis, file, offset)
  const [here] = occurrencesAt(analysis, file, offset).filter(({ symbol }) => symbol.kind === 'parameter')
  if (!found || !here) return []
  return usesOf(found.site).flatMap(({ meaning, start, end }) => {
    if (meaning.is !== 'parameter') return []
    const declared = placeInString(found.site.node, meaning.declared.start, meaning.declared.end)
    return here.symbol.path[1] === String(declared.start) ? [placeInString(found.site.node, start, end)] : []
  })
}
