// Offsets to the client's positions and back. Lines end as the protocol says; characters are UTF-16 units, or bytes of
// UTF-8 where the client asked for them.

import type { Position, Range } from 'vscode-languageserver'
import { lineStarts, positionAt } from '../runtime/truth/diagnostic.ts'

export type Encoding = 'utf-16' | 'utf-8'

export type Converter = {
  readonly offsetAt: (position: Position) => number
  readonly positionAt: (offset: number) => Position
  readonly rangeOf: (place: { readonly start: number; readonly end: number }) => Range
  /** A range in UTF-16 units, as the analysis gives it, as the client counts. */
  readonly fromUtf16: (range: Range) => Range
  /** A range as the client counts it, in UTF-16 units. */
  readonly toUtf16: (range: Range) => Range
}

const bytesOf = (unit: number): number => (unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3)

/** The bytes of a stretch of text. A pair of surrogates is four bytes, a lone one three. */
function bytesIn(text: string, start: number, end: number): number {
  let bytes = 0
  for (let index = start; index < end; index++) {
    const unit = text.charCodeAt(index)
    const pair = (unit & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00
    if (pair && index + 1 < end) index += 1
    bytes += pair ? 4 : bytesOf(unit)
  }
  return bytes
}

/** The offset that lies `bytes` further on; it never ends inside a character. */
function skipBytes(text: string, start: number, end: number, bytes: number): number {
  let index = start
  for (let left = bytes; index < end && left > 0; ) {
    const unit = text.charCodeAt(index)
    const pair = (unit & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00
    left -= pair ? 4 : bytesOf(unit)
    if (left >= 0) index += pair ? 2 : 1
  }
  return index
}

export function converterOf(text: string, encoding: Encoding): Converter {
  const converter = rawConverter(text, encoding)
  if (encoding === 'utf-16') return { ...converter, fromUtf16: (range) => range, toUtf16: (range) => range }
  const utf16 = rawConverter(text, 'utf-16')
  const between =
    (from: typeof converter, to: typeof converter) =>
    ({ start, end }: Range): Range =>
      to.rangeOf({ start: from.offsetAt(start), end: from.offsetAt(end) })
  return { ...converter, fromUtf16: between(utf16, converter), toUtf16: between(converter, utf16) }
}

function rawConverter(text: string, encoding: Encoding): Omit<Converter, 'fromUtf16' | 'toUtf16'> {
  const starts = lineStarts(text)
  /** Where a line's own text ends: before what ends the line. */
  const lineEnd = (line: number): number => {
    const next = starts[line + 1]
    if (next === undefined) return text.length
    return text[next - 1] === '\n' && text[next - 2] === '\r' ? next - 2 : next - 1
  }
  const at = (offset: number): Position => {
    const place = positionAt(starts, Math.max(0, Math.min(offset, text.length)))
    if (encoding === 'utf-16') return place
    const start = starts[place.line] ?? 0
    return { line: place.line, character: bytesIn(text, start, start + place.character) }
  }
  return {
    offsetAt: ({ line, character }) => {
      if (line < 0) return 0
      const start = starts[line]
      if (start === undefined) return text.length
      const end = lineEnd(line)
      if (encoding === 'utf-8') return skipBytes(text, start, end, character)
      return Math.max(start, Math.min(start + character, end))
    },
    positionAt: at,
    rangeOf: (place) => ({ start: at(place.start), end: at(place.end) }),
  }
}
