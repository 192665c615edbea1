// A value read from a truth file together with the exact place of every part of it. What the static reader produces,
// what structure checks walk, and what turns a path into a range.

/** Offsets are UTF-16 units into the text of `file`. */
export type Place = { readonly file: string; readonly start: number; readonly end: number }

export type Entry = { readonly key: Place; readonly value: Node }

export type StringNode = {
  readonly kind: 'string'
  readonly value: string
  readonly place: Place
  /** The literals the text is made of, in order; several for a template that joins constants. */
  readonly pieces: readonly Piece[]
}

/** One literal's share of a string: its value starts at `from`, its text (inside the quotes) lies at `place`. */
export type Piece = {
  readonly from: number
  readonly length: number
  readonly place: Place
  readonly raw: string
  /** What it is quoted with; empty for a number in a template. */
  readonly quote: string
}

export type Node =
  | StringNode
  | { readonly kind: 'number'; readonly value: number; readonly place: Place }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly place: Place }
  | { readonly kind: 'null'; readonly place: Place }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Entry>; readonly place: Place }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly place: Place }
  /** Not known without running the file, or not there at all in a half-typed text. */
  | { readonly kind: 'computed'; readonly place: Place; readonly missing: boolean }
  /** Running the file gave something that is not plain data, such as a function. */
  | { readonly kind: 'foreign'; readonly place: Place; readonly what: string }

export type Path = readonly (string | number)[]

/** `entities.Task.fields.title` */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  )

export const childOf = (node: Node | undefined, part: string | number): Node | undefined => {
  if (node?.kind === 'object') return node.entries.get(String(part))?.value
  if (node?.kind === 'list' && typeof part === 'number') return node.items[part]
  return undefined
}

/** The node at a path, or undefined. */
export const nodeAt = (root: Node, path: Path): Node | undefined =>
  path.reduce<Node | undefined>((node, part) => childOf(node, part), root)

/** The plain value; computed parts are `undefined`. Objects have no prototype, so a user's key is only ever a key. */
export function plainValue(node: Node): unknown {
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return node.value
    case 'null':
      return null
    case 'list':
      return node.items.map(plainValue)
    case 'object': {
      const value: Record<string, unknown> = Object.create(null)
      for (const [key, entry] of node.entries) value[key] = plainValue(entry.value)
      return value
    }
    case 'computed':
    case 'foreign':
      return undefined
  }
}

const computedParts = new WeakMap<Node, boolean>()

/** Whether any part of the tree is only known by running the file. */
export function isComputed(node: Node): boolean {
  switch (node.kind) {
    case 'computed':
      return !node.missing
    case 'list':
      return node.items.some(isComputed)
    case 'object':
      // PERF: an editor asks again after every key, of a tree that is nearly the same.
      return known(node, () => [...node.entries.values()].some((entry) => isComputed(entry.value)))
    default:
      return false
  }
}

function known(node: Node, find: () => boolean): boolean {
  const before = computedParts.get(node)
  if (before !== undefined) return before
  const found = find()
  computedParts.set(node, found)
  return found
}
