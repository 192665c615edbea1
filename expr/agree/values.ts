// The few values of a field that tell the conditions apart: missing, each constant that it is compared with, one on
// either side of it or unlike it, and two that it can share with another field.

import { formatDate, formatInstant, millisecondsPerDay, parseDate, parseInstant } from '../dates.ts'
import { isInstant, isNumber, type Type } from '../types.ts'
import { instant, itself } from './names.ts'
import type { Constant, Leaf } from './reads.ts'

/** A field with more values than this is tried with the first of them. */
const mostValues = 24

/** The values of a field that holds no record, `null` for a missing one first. */
export function valuesOf(leaf: Leaf): { readonly values: readonly unknown[]; readonly isWhole: boolean } {
  const { type } = leaf
  const found = type.kind === 'list' ? listsOf(leaf, type.element) : scalarsOf(leaf, type)
  const values = distinct([null, ...found])
  return { values: values.slice(0, mostValues), isWhole: values.length <= mostValues }
}

/** Constants that a record is compared with; ids beside it come from the rows that there are. */
export const idsBeside = ({ constants, isBesideRow }: Leaf): readonly unknown[] => [
  ...constants.filter(({ kind }) => kind === 'string').map(({ value }) => value),
  ...(isBesideRow ? [itself] : []),
]

function distinct(values: readonly unknown[]): unknown[] {
  const kept = new Map(values.map((value) => [typeof value === 'object' ? JSON.stringify(value) : value, value]))
  return [...kept.values()]
}

function scalarsOf(leaf: Leaf, type: Type): readonly unknown[] {
  if (type.kind === 'boolean') return [true, false]
  if (type.kind === 'enum') return optionsOf(leaf, type.options)
  if (type.kind === 'json') return [{ a: 1 }]
  if (isNumber(type)) return numbersOf(leaf, type.kind === 'integer' ? 1 : 0.5)
  if (isInstant(type)) return instantsOf(leaf, type.kind === 'date')
  return textsOf(leaf)
}

/** Those that are named, and another one; all of a few when they are compared with another field's. */
function optionsOf({ constants, isBesideOther }: Leaf, options: readonly string[]): readonly string[] {
  const named = options.filter((option) => constants.some(({ value }) => value === option))
  const others = options.filter((option) => !named.includes(option))
  return [...named, ...others.slice(0, isBesideOther ? 5 : 1)]
}

function numbersOf({ constants, isBesideOther }: Leaf, step: number): readonly number[] {
  const near = constants.flatMap(({ kind, value }) => {
    if (typeof value !== 'number' || kind === 'duration') return []
    const points = step === 1 ? [Math.floor(value), Math.ceil(value)] : [value]
    return points.flatMap((point) => [point - step, point, point + step])
  })
  const exact = near.filter((value) => Math.abs(value) < Number.MAX_SAFE_INTEGER)
  return isBesideOther || exact.length === 0 ? [...exact, 1, 2] : exact
}

function instantsOf({ constants, isBesideOther }: Leaf, isDate: boolean): readonly unknown[] {
  const now = parseInstant(instant) ?? 0
  const step = isDate ? millisecondsPerDay : 1
  const points = constants.flatMap(({ kind, value }) => {
    if (kind === 'date') return [parseDate(String(value)) ?? now]
    if (kind === 'datetime') return [parseInstant(String(value)) ?? now]
    return kind === 'duration' ? [now - Number(value), now + Number(value)] : []
  })
  const near = points.flatMap((point) => {
    const at = Math.floor(point / step) * step
    return [at - step, at, at + step]
  })
  const all = isBesideOther || near.length === 0 ? [...near, now, now + step] : near
  return all.map(isDate ? formatDate : formatInstant).filter((text) => text !== null)
}

const longestText = 200

function textsOf({ constants, calls, isBesideOther }: Leaf): readonly string[] {
  const near = constants.flatMap(({ kind, value }) => {
    if (typeof value === 'number') return calls.has('string.length') ? lengthsNear(value, longestText, textOf) : []
    return isText(kind) ? textsNear(String(value), calls) : []
  })
  return isBesideOther || near.length === 0 ? [...near, 'a', 'b'] : near
}

const isText = (kind: Constant['kind']): boolean => kind === 'string' || kind === 'id' || kind === 'enum'
const textOf = (length: number): string => 'a'.repeat(length)

function lengthsNear<T>(length: number, most: number, make: (length: number) => T): readonly T[] {
  const around = [Math.floor(length) - 1, Math.floor(length), Math.floor(length) + 1]
  return around.filter((each) => each >= 0 && each <= most).map(make)
}

function textsNear(text: string, calls: ReadonlySet<string>): readonly string[] {
  const near = [text, `${text}x`]
  if (calls.has('string.endsWith') || calls.has('string.includes')) near.push(`x${text}`)
  if (calls.has('string.trim')) near.push(` ${text} `)
  if (calls.has('string.toLowerCase') || calls.has('string.toUpperCase'))
    near.push(text.toUpperCase(), text.toLowerCase())
  return near
}

const longestList = 20

/** No elements, each alone, and each beside a missing one. */
function listsOf(leaf: Leaf, element: Type): readonly unknown[] {
  const elements = distinct([...scalarsOf(leaf, element)]).slice(0, 5)
  const sized = leaf.constants.flatMap(({ value }) =>
    typeof value === 'number' && leaf.calls.has('list.length')
      ? lengthsNear(value, longestList, (length) => Array.from({ length }, () => elements[0]))
      : [],
  )
  return [[], ...elements.map((each) => [each]), [null], ...elements.map((each) => [each, null]), ...sized]
}
