// Decodes text and number literals, and says what is wrong with them.

import {
  loneSurrogate,
  malformedNumber,
  nullCharacter,
  numberOverflow,
  numberTooLarge,
  rawLineBreak,
  unknownEscape,
} from '../messages/syntax.ts'
import type { Report } from '../problems.ts'

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const piece = /\\u\{([0-9a-fA-F]+)\}|\\u([0-9a-fA-F]{4})|\\([\s\S])|([\r\n])|([^\\\r\n]+)/g

/** The value of a text literal with its quotes; `start` is its place in the source. */
export function decodeText(image: string, start: number, report: Report): string {
  const body = image.slice(1, -1)
  if (!/[\\\r\n\0\uD800-\uDFFF]/.test(body)) return body
  let text = ''
  for (const match of body.matchAll(piece)) {
    const [whole, braced, four, escaped, lineBreak, plain] = match
    const at = { start: start + 1 + match.index, end: start + 1 + match.index + whole.length }
    const point = Number.parseInt(braced ?? four ?? '0', 16)
    const simple = simpleEscapes.get(escaped ?? '')
    if (plain !== undefined) text += plain
    else if (lineBreak !== undefined) report(rawLineBreak(), at)
    else if (simple !== undefined) text += simple
    else if (escaped !== undefined || point > 0x10ffff) report(unknownEscape(whole), at)
    else text += four === undefined ? String.fromCodePoint(point) : String.fromCharCode(point)
  }
  const whole = { start, end: start + image.length }
  if (text.includes('\0')) report(nullCharacter(), whole)
  if (!text.isWellFormed()) report(loneSurrogate(), whole)
  return text
}

/** The value of a number literal; 0 when it is faulty. */
export function decodeNumber(image: string, start: number, report: Report): number {
  const at = { start, end: start + image.length }
  if (!/^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(image)) {
    report(malformedNumber(image), at)
    return 0
  }
  const value = Number(image)
  if (!Number.isFinite(value)) report(numberOverflow(image), at)
  else if (/^\d+$/.test(image) && !Number.isSafeInteger(value)) report(numberTooLarge(image), at)
  else return value
  return 0
}
