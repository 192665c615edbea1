// Reads an app again after a change, for an editor: parsed files are kept, equal parts keep their nodes, and an edit
// inside one text costs only that text. What comes out equals what `readApp` would say.

import type { Node, Path, Place, StringNode } from '../node.ts'
import { type Module, readModule } from './module.ts'
import { type Reading, readApp, type SourceOf } from './read.ts'
import { reconcile } from './reconcile.ts'

type Last = {
  readonly entry: string
  readonly reading: Reading
  /** Every file that was asked for, with its text. */
  readonly asked: ReadonlyMap<string, string | undefined>
  /** Every place of the reading, once it was needed. */
  places?: Place[]
}

export type ReadingMemory = { last?: Last; readonly modules: Map<string, { text: string; module: Module }> }

export const createReadingMemory = (): ReadingMemory => ({ modules: new Map() })

/** `env` must be the same at every call with one memory. */
export function reread(
  memory: ReadingMemory,
  entry: string,
  sourceOf: SourceOf,
  env: ((name: string) => string | undefined) | undefined,
): Reading {
  const { last } = memory
  if (last && last.entry === entry) {
    const changed = [...last.asked].filter(([file, text]) => sourceOf(file) !== text)
    const [only] = changed
    if (!only) return last.reading
    const quick = changed.length === 1 ? editedText(last, only[0], only[1], sourceOf(only[0])) : undefined
    if (quick) {
      memory.last = quick
      memory.modules.delete(only[0])
      return quick.reading
    }
  }
  const asked = new Map<string, string | undefined>()
  const source = (file: string): string | undefined => {
    const text = sourceOf(file)
    asked.set(file, text)
    return text
  }
  const fresh = readApp(entry, source, env, (file, text) => moduleOf(memory, file, text))
  const before = last?.entry === entry ? last.reading.root : undefined
  const root = fresh.root && reconcile(before, fresh.root)
  const reading: Reading = { ...fresh, ...(root && { root }) }
  memory.last = { entry, reading, asked }
  return reading
}

function moduleOf({ modules }: ReadingMemory, file: string, text: string): Module {
  const kept = modules.get(file)
  if (kept?.text === text) return kept.module
  const module = readModule(file, text)
  modules.set(file, { text, module })
  return module
}

/** Characters that could end a text or begin an escape. */
const risky = /['"`\\\r\n\u2028\u2029$]/

/**
 * The last reading after an edit inside one text of the app's own literal; undefined for any other edit.
 * INVARIANT: what is between the quotes before and after holds nothing that means something to TypeScript, so nothing
 * but that text and the places behind it changes.
 */
function editedText(last: Last, file: string, before: string | undefined, after: string | undefined): Last | undefined {
  const { root, faults } = last.reading
  if (!root || before === undefined || after === undefined || faults.length > 0) return undefined
  const { start, end } = difference(before, after)
  const found = stringAround(root, file, start, end)
  const piece = found?.node.pieces[0]
  if (!found || !piece || found.node.pieces.length !== 1) return undefined
  const delta = after.length - before.length
  const raw = after.slice(piece.place.start, piece.place.end + delta)
  const quote = before[piece.place.start - 1] ?? ''
  const quoted = piece.place.start === found.node.place.start + 1 && piece.place.end === found.node.place.end - 1
  if (!quoted || !isPlain(raw, quote) || !isPlain(piece.raw, quote)) return undefined
  last.places ??= placesIn(root)
  for (const place of last.places) shift(place, file, end, delta)
  const place = { ...piece.place }
  const node: StringNode = {
    kind: 'string',
    value: raw,
    place: { ...found.node.place },
    pieces: [{ from: 0, length: raw.length, place, raw, quote }],
  }
  const places = last.places
  places.push(node.place, place)
  const files = new Map(last.reading.files).set(file, after)
  const reading: Reading = { ...last.reading, root: replaced(root, found.path, node), files }
  return { entry: last.entry, reading, asked: new Map(last.asked).set(file, after), places }
}

/** What was replaced in the text before: the stretch between what both texts begin and end with. */
function difference(before: string, after: string): { readonly start: number; readonly end: number } {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  // PERF: comparing slices is left to the engine; only the last one is looked at unit by unit.
  while (start + block <= shorter && before.slice(start, start + block) === after.slice(start, start + block))
    start += block
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  const most = shorter - start
  const [b, a] = [before.length, after.length]
  let tail = 0
  while (tail + block <= most && before.slice(b - tail - block, b - tail) === after.slice(a - tail - block, a - tail))
    tail += block
  while (tail < most && before.charCodeAt(b - 1 - tail) === after.charCodeAt(a - 1 - tail)) tail += 1
  return { start, end: b - tail }
}

const block = 4096

/** Whether a text stands for itself between such quotes: the other quotes are no harm. */
const isPlain = (raw: string, quote: string): boolean =>
  !risky.test(
    quote === '"' ? raw.replaceAll("'", '') : quote === "'" ? raw.replaceAll('"', '') : raw.replaceAll(/['"]/g, ''),
  )

/**
 * The text of the app's own literal that holds a stretch of the file. The search only goes into what lies around the
 * stretch, so it finds no constant, which could have other users.
 */
function stringAround(
  root: Node,
  file: string,
  start: number,
  end: number,
): { node: StringNode; path: Path } | undefined {
  const path: (string | number)[] = []
  const holds = ({ place }: Node): boolean => place.file === file && place.start < start && end < place.end
  let node = root
  while (holds(node)) {
    if (node.kind === 'string') return { node, path }
    const children: [string | number, Node][] =
      node.kind === 'object'
        ? [...node.entries].map(([name, { value }]) => [name, value])
        : node.kind === 'list'
          ? node.items.map((item, index) => [index, item])
          : []
    const child = children.find(([, one]) => holds(one))
    if (!child) return undefined
    path.push(child[0])
    node = child[1]
  }
  return undefined
}

function shift(place: Place, file: string, end: number, delta: number): void {
  if (place.file !== file || place.end < end) return
  const moved = place as { start: number; end: number }
  if (moved.start > end) moved.start += delta
  moved.end += delta
}

/** The tree with another node at a path; everything beside the path is shared. */
function replaced(root: Node, [first, ...rest]: Path, node: Node): Node {
  if (first === undefined) return node
  if (root.kind === 'list')
    return { ...root, items: root.items.map((item, index) => (index === first ? replaced(item, rest, node) : item)) }
  if (root.kind !== 'object') return root
  const entries = new Map(root.entries)
  const entry = entries.get(String(first))
  if (entry) entries.set(String(first), { key: entry.key, value: replaced(entry.value, rest, node) })
  return { ...root, entries }
}

function placesIn(root: Node): Place[] {
  const places = new Set<Place>()
  const visit = (node: Node): void => {
    places.add(node.place)
    if (node.kind === 'string') for (const piece of node.pieces) places.add(piece.place)
    if (node.kind === 'list') node.items.forEach(visit)
    if (node.kind !== 'object') return
    for (const { key, value } of node.entries.values()) {
      places.add(key)
      visit(value)
    }
  }
  visit(root)
  return [...places]
}
