// Where a character of a string value stands in the source: quotes and escapes accounted for.

import type { Place, StringNode } from './node.ts'

/** The length in source of the escape or character at `index` of a literal's raw text, and of what it stands for. */
function stepAt(raw: string, index: number): { source: number; value: number } {
  if (raw[index] === '\r' && raw[index + 1] === '\n') return { source: 2, value: 1 }
  if (raw[index] !== '\\') return { source: 1, value: 1 }
  const next = raw[index + 1]
  if (next === 'x') return { source: 4, value: 1 }
  if (next === '\r' && raw[index + 2] === '\n') return { source: 3, value: 0 }
  if (next === '\n' || next === '\r' || next === '\u2028' || next === '\u2029') return { source: 2, value: 0 }
  if (next !== 'u') return { source: 2, value: 1 }
  if (raw[index + 2] !== '{') return { source: 6, value: 1 }
  const close = raw.indexOf('}', index)
  if (close < 0) return { source: raw.length - index, value: 1 }
  return { source: close + 1 - index, value: Number.parseInt(raw.slice(index + 3, close), 16) > 0xffff ? 2 : 1 }
}

function sourceOffset(raw: string, offset: number): number {
  if (!raw.includes('\\') && !raw.includes('\r')) return offset
  let index = 0
  let value = 0
  while (index < raw.length) {
    const step = stepAt(raw, index)
    if (value + step.value > offset) return index
    index += step.source
    value += step.value
  }
  return raw.length
}

/** The place of `start`…`end` of the string's value. A range over several literals keeps to the first of them. */
export function placeInString(node: StringNode, start: number, end: number): Place {
  const piece = node.pieces.findLast((piece) => piece.from <= start) ?? node.pieces[0]
  if (!piece) return node.place
  const from = sourceOffset(piece.raw, start - piece.from)
  const to = sourceOffset(piece.raw, Math.min(end - piece.from, piece.length))
  return { file: piece.place.file, start: piece.place.start + from, end: piece.place.start + Math.max(from, to) }
}

/** A piece of an expression as it is written at an offset of the string's value: its quotes must not end the literal. */
export function writtenIn(node: StringNode, offset: number, text: string): string {
  const { quote = '' } = node.pieces.findLast((piece) => piece.from <= offset) ?? {}
  if (quote === '') return text
  const other = quote === "'" && !/["\\]/.test(text) ? text.replaceAll("'", '"') : text
  return other.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
}

/** The text between the quotes. */
export const insideQuotes = (node: StringNode): Place => {
  const only = node.pieces.length === 1 ? node.pieces[0] : undefined
  return only ? only.place : node.place
}

/** The offset in a literal's value that `source`, an offset into its raw text, stands for. */
function valueOffset(raw: string, source: number): number {
  if (!raw.includes('\\') && !raw.includes('\r')) return source
  let index = 0
  let value = 0
  while (index < source && index < raw.length) {
    const step = stepAt(raw, index)
    if (index + step.source > source) return value
    index += step.source
    value += step.value
  }
  return value
}

/** The offset in the string's value at an offset of the file; undefined outside of its quotes. */
export function offsetInString(node: StringNode, file: string, offset: number): number | undefined {
  const piece = node.pieces.find(({ place }) => place.file === file && place.start <= offset && offset <= place.end)
  return piece && piece.from + valueOffset(piece.raw, offset - piece.place.start)
}
