// The variables of a formula and the finitely many cases that tell its atoms apart: for an enum its options, for a
// number the values it is compared with and the gaps between them, for an id the constants and "another one"; and
// missing, where it can be. What is beyond this is a variable of its own that may be true, false or unknown.

import { parseDate, parseInstant } from '../dates.ts'
import type { Schema } from '../schema.ts'
import { findField } from '../scope.ts'
import type { TypedNode } from '../tree.ts'
import { isInstant, isNumber, type Type } from '../types.ts'
import type { Atom } from './formula.ts'

export type Case =
  | { readonly is: 'value'; readonly value: string | number | boolean }
  /** Strictly between two numbers; none is unbounded. */
  | { readonly is: 'between'; readonly low: number | undefined; readonly high: number | undefined }
  /** A value unlike every other that is named. */
  | { readonly is: 'other' }
  | { readonly is: 'missing' }
  | { readonly is: 'unknown' }

export type Variable = {
  /** The path, such as `entity.status`; the text of a condition that is not looked into. */
  readonly key: string
  readonly type: Type
  readonly cases: readonly Case[]
  /** Missing only together with the row that it is of. */
  readonly required: boolean
  /** Stands for a whole condition. */
  readonly opaque: boolean
}

/** The path of a value of a row in scope: undefined for anything that is worked out. */
export function pathOf(node: TypedNode): string | undefined {
  if (node.kind === 'row') return `${node.root}.id`
  if (node.kind !== 'field') return undefined
  const { object, field } = node
  if (object.kind === 'row') return `${object.root}.${field}`
  const before = pathOf(object)
  return before === undefined ? undefined : field === 'id' ? before : `${before}.${field}`
}

/** `entity.project.id` is the value of `entity.project`: it is there when that is. */
const withoutId = (node: TypedNode): TypedNode =>
  node.kind === 'field' && node.field === 'id' && node.object.kind === 'field' ? node.object : node

/** Whether a value can be missing although its row is there. */
function mayBeMissing(node: TypedNode, schema: Schema): boolean {
  if (node.kind === 'row') return node.root === 'user' || node.root === 'previous'
  if (node.kind !== 'field') return true
  const required = findField(schema, node.entity, node.field)?.required === true || node.field === 'id'
  return !required || mayBeMissing(node.object, schema)
}

/** A constant as the atoms compare it: dates in milliseconds. */
export function constantOf(node: TypedNode): string | number | boolean | undefined {
  if (node.kind === 'midnight') return constantOf(node.operand)
  if (node.kind !== 'literal' || node.value === null) return undefined
  if (node.type.kind === 'date') return parseDate(String(node.value)) ?? undefined
  if (node.type.kind === 'datetime') return parseInstant(String(node.value)) ?? undefined
  return node.value
}

/** The variables of atoms, by key. */
export function variablesOf(atoms: readonly Atom[], schema: Schema): ReadonlyMap<string, Variable> {
  const found = new Map<string, { node: TypedNode; constants: Set<string | number | boolean> }>()
  const note = (node: TypedNode, ...constants: readonly (string | number | boolean | undefined)[]): void => {
    const key = pathOf(node)
    if (key === undefined) return
    const entry = found.get(key) ?? { node, constants: new Set() }
    for (const constant of constants) if (constant !== undefined) entry.constants.add(constant)
    found.set(key, entry)
  }
  for (const { node } of atoms) {
    if (node.kind === 'compare') {
      note(node.left, constantOf(node.right))
      note(node.right, constantOf(node.left))
    } else if (node.kind === 'in' && node.list.kind === 'list') note(node.value, ...node.list.items.map(constantOf))
    else if (node.kind === 'is-null' || node.kind === 'is-user') note(node.operand)
    else if (node.kind === 'field') note(node)
  }
  const variables = new Map<string, Variable>()
  for (const [key, { node, constants }] of found) {
    const cases = [
      ...casesOf(node.type, constants),
      ...(mayBeMissing(node, schema) ? [{ is: 'missing' } as const] : []),
    ]
    const value = withoutId(node)
    const required = value.kind === 'field' && findField(schema, value.entity, value.field)?.required === true
    variables.set(key, { key, type: node.type, cases, required, opaque: false })
  }
  return variables
}

function casesOf(type: Type, constants: ReadonlySet<string | number | boolean>): readonly Case[] {
  const valueCase = (value: string | number | boolean): Case => ({ is: 'value', value })
  if (type.kind === 'boolean') return [true, false].map(valueCase)
  if (type.kind === 'enum') return type.options.map(valueCase)
  if (!isNumber(type) && !isInstant(type) && type.kind !== 'duration')
    return [...[...constants].map(valueCase), { is: 'other' }]
  // Integers and dates lie on a grid: constants beside it are no values, and a gap without a point of it is none.
  const step = type.kind === 'date' ? 86_400_000 : type.kind === 'number' ? 0 : 1
  const points = [...constants].filter((value) => typeof value === 'number').sort((a, b) => a - b)
  const cases: Case[] = []
  for (const [index, point] of [...points, undefined].entries()) {
    const low = points[index - 1]
    const empty = low !== undefined && point !== undefined && step > 0 && (Math.floor(low / step) + 1) * step >= point
    if (!empty) cases.push({ is: 'between', low, high: point })
    if (point !== undefined && (step === 0 || point % step === 0)) cases.push(valueCase(point))
  }
  return cases
}

/** A condition that is not looked into. */
export const opaque = (key: string): Variable => ({
  key,
  type: { kind: 'boolean' },
  cases: [{ is: 'value', value: true }, { is: 'value', value: false }, { is: 'unknown' }],
  required: false,
  opaque: true,
})
