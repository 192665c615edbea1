// What a rule is, and how it names the place of a fault: by path, never by position.

import { closest } from '../../../expr/index.ts'
import type { App } from '../app.ts'
import type { Fault } from '../codes.ts'
import { insideQuotes } from '../literal.ts'
import type { Once } from '../memory.ts'
import { isOpen, isUntoldField } from '../model/untold.ts'
import { childOf, type Entry, type Node, type Path, type Place } from '../node.ts'

/** `once` spares the parts in which nothing was found before. */
export type Rule = (app: App, root: Node, report: (fault: Fault) => void, once: Once) => void

/** A check of one declared field, or of one input. */
export type FieldCheck = (field: Node, path: Path, root: Node, report: (fault: Fault) => void) => void

/** The place of the value at a path, inside its quotes where it is a text, or of what is nearest to it. */
export function valuePlace(root: Node, path: Path): Place {
  let node = root
  let place = root.place
  for (const part of path) {
    const entry = node.kind === 'object' ? node.entries.get(String(part)) : undefined
    const next = childOf(node, part)
    if (!next) return node === root ? { ...place, end: place.start + 1 } : place
    node = next
    place = node.kind === 'object' && entry ? entry.key : node.kind === 'string' ? insideQuotes(node) : node.place
  }
  return place
}

/** The place of the key at a path. */
export function keyPlace(root: Node, path: Path): Place {
  const parent = path.slice(0, -1).reduce<Node | undefined>((node, part) => childOf(node, part), root)
  const entry = parent?.kind === 'object' ? parent.entries.get(String(path.at(-1))) : undefined
  return entry?.key ?? valuePlace(root, path)
}

/** An entity as it is declared. */
export function entryAt(root: Node, entity: string): Entry | undefined {
  const entities = childOf(root, 'entities')
  return entities?.kind === 'object' ? entities.entries.get(entity) : undefined
}

/** A name that is not among those known, with the nearest one and its fix. */
export function unknownName(
  code: Fault['code'],
  what: string,
  name: string,
  known: Iterable<string>,
  at: Place,
  path: Path,
): Fault {
  const near = closest(name, [...known])
  const hint = near ? ` Did you mean \`${near}\`?` : ''
  return {
    code,
    message: `${what}${hint}`,
    at,
    path,
    ...(near && { fixes: [{ message: `Change to \`${near}\``, at, text: near }] }),
  }
}

/** Whether `columns` and the like may show this name: a computed field, also a faulty one, or one that cannot be told. */
export function mayBeShown(app: App, root: Node, entity: string, name: string): boolean {
  const computed = childOf(entryAt(root, entity)?.value, 'computed')
  return isOpen(computed) || childOf(computed, name) !== undefined || isUntoldField(app, entity, name)
}

export const quoted = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(', ')
