// Places of views and of `ui` that hold anything at all: a name that stands there cannot be told from a word.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { type Node, type Path, type Place, pathText } from '../../runtime/truth/node.ts'
import { shapesAt } from '../shapes.ts'

/** The path of the first such place that holds a name, but for those that are known to mean it. */
export function freeTextWith({ root }: Analysis, name: string, isKnown: (place: Place) => boolean): string | undefined {
  if (!root) return undefined
  const word = new RegExp(`(?<![\\w.])${name.replaceAll(/[^\w]/g, '\\$&')}(?!\\w)`)
  const visit = (node: Node, path: Path, isFree: boolean): string | undefined => {
    const free =
      isFree ||
      (isInterface(path) && (path[2] === 'template' || shapesAt(root, path).some(({ is }) => is === 'anything')))
    const holds = (text: string, place: Place): boolean => free && word.test(text) && !isKnown(place)
    if (node.kind === 'string') return holds(node.value, node.place) ? pathText(path) : undefined
    if (node.kind === 'list') return first(node.items.map((item, index) => () => visit(item, [...path, index], free)))
    if (node.kind !== 'object') return undefined
    return first(
      [...node.entries].map(([key, entry]) => () => {
        const at = [...path, key]
        return !words.has(key) && holds(key, entry.key) ? pathText(at) : visit(entry.value, at, free)
      }),
    )
  }
  return visit(root, [], false)
}

/** Keys by which parts of pages are described. */
const words: ReadonlySet<string> = new Set(['columns', 'data', 'entity', 'fields', 'label', 'title', 'type'])

const isInterface = (path: Path): boolean =>
  (path[0] === 'views' && path.length === 3) || (path[0] === 'entities' && path[2] === 'ui' && path.length === 5)

function first(found: readonly (() => string | undefined)[]): string | undefined {
  for (const find of found) {
    const one = find()
    if (one !== undefined) return one
  }
  return undefined
}
