// Edits of the app's files, as data.

import type { Node, Place } from '../../runtime/truth/node.ts'

export type Edit = { readonly place: Place; readonly text: string }

export type ObjectNode = Node & { readonly kind: 'object' }

/** The files after some edits, of which none overlaps another. */
export function applyEdits(files: ReadonlyMap<string, string>, edits: readonly Edit[]): Map<string, string> {
  const after = new Map(files)
  for (const { place, text } of [...edits].sort((a, b) => b.place.start - a.place.start)) {
    const old = after.get(place.file) ?? ''
    after.set(place.file, old.slice(0, place.start) + text + old.slice(place.end))
  }
  return after
}

/** Puts an entry first in an object, in the way the object is written: on a line of its own or in its line. */
export function keyInsertion(object: ObjectNode, files: ReadonlyMap<string, string>, entry: string): Edit {
  const { file, start } = object.place
  const text = files.get(file) ?? ''
  const place = { file, start: start + 1, end: start + 1 }
  const blank = /^[ \t]*(\r\n|\r|\n)([ \t]*)/.exec(text.slice(start + 1, start + 400))
  const [, newline = '', indentation = ''] = blank ?? []
  if (blank && text[start + 1 + blank[0].length] !== '}') return { place, text: `${newline}${indentation}${entry},` }
  const empty = /^\s*\}/.test(text.slice(start + 1, start + 400))
  return { place, text: empty ? ` ${entry} ` : ` ${entry},` }
}

/** Takes an entry out of an object; undefined where it is not written there with its value. */
export function keyRemoval(object: ObjectNode, files: ReadonlyMap<string, string>, name: string): Edit | undefined {
  const { key, value } = object.entries.get(name) ?? {}
  const { file, start, end } = object.place
  const text = files.get(file) ?? ''
  const isHere = (place: Place | undefined): boolean =>
    place !== undefined && place.file === file && place.start > start && place.end < end
  if (!key || !value || !isHere(key) || !isHere(value.place)) return undefined
  if (!/^\s*:\s*$/.test(text.slice(key.end, value.place.start))) return undefined
  const behind = /^[ \t]*,[ \t]*/.exec(text.slice(value.place.end, end))?.[0]
  if (behind !== undefined) return { place: { file, start: key.start, end: value.place.end + behind.length }, text: '' }
  // The last one: the comma before it may stay, the blanks before it go.
  const blanks = /[ \t]*$/.exec(text.slice(start + 1, key.start))?.[0].length ?? 0
  const closed = /^\s*\}$/.test(text.slice(value.place.end, end))
  return closed ? { place: { file, start: key.start - blanks, end: value.place.end }, text: '' } : undefined
}
