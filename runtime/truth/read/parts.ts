// The value of a file that was run, as plain parts, and how each part finds its place in the text.

import { childOf, type Entry, type Node, type Place } from '../node.ts'

export type Parts =
  | { readonly is: 'plain'; readonly value: string | number | boolean | null }
  | { readonly is: 'list'; readonly items: readonly Parts[] }
  | { readonly is: 'object'; readonly entries: readonly (readonly [string, Parts])[] }
  | { readonly is: 'foreign'; readonly what: string }

/** The value that running gave, each part at the place where it can be read, else at the nearest part around it. */
export function placed(parts: Parts, read: Node | undefined, around: Place): Node {
  const place = read?.place ?? around
  switch (parts.is) {
    case 'foreign':
      return { kind: 'foreign', what: parts.what, place }
    case 'list':
      return {
        kind: 'list',
        place,
        items: parts.items.map((item, index) => placed(item, childOf(read, index), place)),
      }
    case 'object': {
      const entries = new Map<string, Entry>()
      for (const [name, part] of parts.entries) {
        const entry = read?.kind === 'object' ? read.entries.get(name) : undefined
        const key = entry?.key ?? place
        entries.set(name, { key, value: placed(part, entry?.value, entry?.value.place ?? place) })
      }
      return { kind: 'object', place, entries }
    }
    case 'plain':
      if (parts.value === null) return { kind: 'null', place }
      if (typeof parts.value === 'number') return { kind: 'number', value: parts.value, place }
      if (typeof parts.value === 'boolean') return { kind: 'boolean', value: parts.value, place }
      // A text that was read as it is keeps the places of its characters.
      if (read?.kind === 'string' && read.value === parts.value) return read
      return { kind: 'string', value: parts.value, place, pieces: [] }
  }
}
