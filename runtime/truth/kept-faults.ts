// Faults kept over changes of the text: each place in them is held to a part of the tree that it lies in, and so found
// again where that part is now.

import type { Fault } from './codes.ts'
import type { Node, Place } from './node.ts'

/** A place by the part it lies in; `key` is the key that the tree stands under, which is not in the tree. */
type Held = { readonly by: Place | 'key'; readonly start: number; readonly length: number | 'whole' }

export type KeptFault = {
  readonly fault: Fault
  readonly at: Held
  readonly related: readonly Held[]
  readonly fixes: readonly Held[]
}

/** The places in a tree, innermost last. */
function placesIn(node: Node, places: Place[] = []): Place[] {
  places.push(node.place)
  if (node.kind === 'string') for (const piece of node.pieces) places.push(piece.place)
  if (node.kind === 'list') for (const item of node.items) placesIn(item, places)
  if (node.kind === 'object') {
    for (const { key, value } of node.entries.values()) {
      places.push(key)
      placesIn(value, places)
    }
  }
  return places
}

const holds = (outer: Place, inner: Place): boolean =>
  outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end

function held(place: Place, places: readonly Place[], key: Place | undefined): Held | undefined {
  const by = key && holds(key, place) ? key : places.findLast((one) => holds(one, place))
  if (!by) return undefined
  const whole = by.start === place.start && by.end === place.end
  const start = place.start - by.start
  return { by: by === key ? 'key' : by, start, length: whole ? 'whole' : place.end - place.start }
}

/** The faults in a form that survives changes; undefined where one of them points outside of the tree. */
export function keepFaults(faults: readonly Fault[], node: Node, key: Place | undefined): KeptFault[] | undefined {
  if (faults.length === 0) return []
  const places = placesIn(node)
  const kept: KeptFault[] = []
  for (const fault of faults) {
    const hold = (place: Place): Held | undefined => held(place, places, key)
    const at = hold(fault.at)
    const related = (fault.related ?? []).map((one) => hold(one.at))
    const fixes = (fault.fixes ?? []).map((one) => hold(one.at))
    if (!at || !related.every((one) => one !== undefined) || !fixes.every((one) => one !== undefined)) return undefined
    kept.push({ fault, at, related, fixes })
  }
  return kept
}

/** A kept fault, at the places where its parts are now. */
export function faultNow({ fault, at, related, fixes }: KeptFault, key: Place | undefined): Fault {
  const now = ({ by, start, length }: Held, before: Place): Place => {
    const place = by === 'key' ? key : by
    if (!place) return before
    const from = place.start + start
    const end = length === 'whole' ? place.end : from + length
    // PERF: in front of an edit nothing moves.
    return from === before.start && end === before.end ? before : { file: place.file, start: from, end }
  }
  const moved = <T extends { readonly at: Place }>(list: readonly T[], places: readonly Held[]): T[] =>
    list.map((one, index) => ({ ...one, at: now(places[index] ?? at, one.at) }))
  const place = now(at, fault.at)
  if (place === fault.at && !fault.related && !fault.fixes) return fault
  return {
    ...fault,
    at: place,
    ...(fault.related && { related: moved(fault.related, related) }),
    ...(fault.fixes && { fixes: moved(fault.fixes, fixes) }),
  }
}
