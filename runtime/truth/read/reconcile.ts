// Keeps what did not change: two readings of nearly the same text share the nodes of all parts that are equal, so that
// whatever was worked out for a node is still good. The old nodes get the places that the text has now.

import type { Entry, Node, Piece, Place } from '../node.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** INVARIANT: places are plain objects of the memory that owns the reading; nobody else keeps them over a change. */
function movePlace(place: Place, to: Place): void {
  const target = place as Writable<Place>
  target.file = to.file
  target.start = to.start
  target.end = to.end
}

/** The old node where it is equal to the fresh one but for its places, else the fresh one with its equal parts kept. */
export function reconcile(old: Node | undefined, fresh: Node): Node {
  if (!old || old.kind !== fresh.kind) return fresh
  switch (fresh.kind) {
    case 'object':
      return old.kind === 'object' ? reconcileObjects(old, fresh) : fresh
    case 'list': {
      if (old.kind !== 'list') return fresh
      const items = fresh.items.map((item, index) => reconcile(old.items[index], item))
      const same = items.length === old.items.length && items.every((item, index) => item === old.items[index])
      if (!same) return { ...fresh, items }
      movePlace(old.place, fresh.place)
      return old
    }
    case 'string': {
      if (old.kind !== 'string' || old.value !== fresh.value || old.pieces.length !== fresh.pieces.length) return fresh
      const same = (piece: Piece, index: number): boolean =>
        piece.raw === fresh.pieces[index]?.raw && piece.quote === fresh.pieces[index]?.quote
      if (!old.pieces.every(same)) return fresh
      movePlace(old.place, fresh.place)
      old.pieces.forEach((piece, index) => movePlace(piece.place, fresh.pieces[index]?.place ?? piece.place))
      return old
    }
    case 'number':
    case 'boolean':
      if ((old.kind !== 'number' && old.kind !== 'boolean') || !Object.is(old.value, fresh.value)) return fresh
      break
    case 'computed':
      if (old.kind !== 'computed' || old.missing !== fresh.missing) return fresh
      break
    case 'foreign':
      return fresh
    case 'null':
      break
  }
  movePlace(old.place, fresh.place)
  return old
}

type ObjectNode = Node & { readonly kind: 'object' }

function reconcileObjects(old: ObjectNode, fresh: ObjectNode): Node {
  const names = [...old.entries.keys()]
  const entries = new Map<string, Entry>()
  let same = old.entries.size === fresh.entries.size
  let index = 0
  for (const [name, entry] of fresh.entries) {
    const before = old.entries.get(name)
    const value = reconcile(before?.value, entry.value)
    entries.set(name, value === entry.value ? entry : { key: entry.key, value })
    // The order counts: the first of two equal routes is the right one.
    if (!before || value !== before.value || names[index] !== name) same = false
    index += 1
  }
  if (!same) return { ...fresh, entries }
  movePlace(old.place, fresh.place)
  for (const [name, { key }] of old.entries) movePlace(key, fresh.entries.get(name)?.key ?? key)
  return old
}
