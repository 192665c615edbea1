// Reads plain parts out of a node, tolerantly: what is missing or of the wrong kind is undefined, and was reported by
// the structure check.

import { childOf, type Entry, type Node, plainValue } from '../node.ts'

export const textAt = (node: Node | undefined, key: string): string | undefined => {
  const child = childOf(node, key)
  return child?.kind === 'string' ? child.value : undefined
}

export const flagAt = (node: Node | undefined, key: string): boolean | undefined => {
  const child = childOf(node, key)
  return child?.kind === 'boolean' ? child.value : undefined
}

export const numberAt = (node: Node | undefined, key: string): number | undefined => {
  const child = childOf(node, key)
  return child?.kind === 'number' && Number.isFinite(child.value) ? child.value : undefined
}

/** The texts of a list; anything else in it is passed over. */
export const textsAt = (node: Node | undefined, key: string): string[] | undefined => {
  const child = childOf(node, key)
  return child?.kind === 'list' ? textsIn(child.items) : undefined
}

export const textsIn = (items: readonly Node[]): string[] =>
  items.flatMap((item) => (item.kind === 'string' ? [item.value] : []))

export const entriesAt = (node: Node | undefined, key: string): readonly (readonly [string, Entry])[] => {
  const child = childOf(node, key)
  return child?.kind === 'object' ? [...child.entries] : []
}

/** The keys of an object as plain values. */
export const plainObject = (node: Node): Record<string, unknown> => {
  const value = plainValue(node)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** Leaves out the keys whose value is undefined, so that optional properties stay absent. */
export function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // PERF: every field of an app comes through here; from entries and back costs five times as much.
  const found: { [K in keyof T]?: T[K] } = {}
  for (const key in value) if (value[key] !== undefined) found[key] = value[key]
  return found as never
}
