// The small world of a rule: rows of every entity that it looks at, over all combinations of the few values that matter
// to it, and the users who may ask. Whatever two evaluators could disagree on is somewhere in it.

import type { Row } from '../closure/context.ts'
import type { Expression } from '../compile.ts'
import type { FieldSchema, Schema } from '../schema.ts'
import { findField } from '../scope.ts'
import type { TypedNode } from '../tree.ts'
import { childrenOf } from '../walk.ts'
import type { Data } from './rows.ts'
import { literalsIn, valuesOf } from './values.ts'

export type World = {
  readonly data: Data
  readonly users: readonly (Row | null)[]
  /** Values of a behavior's input, where the rule reads it. */
  readonly inputs: readonly Row[]
  /** Whether every combination is in it; else each value of each field is, and the combinations are a sample. */
  readonly exhaustive: boolean
}

/** Rows of the rule's own entity, of each other one, users who ask, and inputs. */
const most = { own: 240, other: 12, users: 5, inputs: 6 }

/** Rows that a relation can lead to. */
const reachable = 3

const idOf = (entity: string, index: number): string => `${entity}-${index}`

/** The fields that a rule reads, by entity, and the names of the input that it reads. */
function namesIn(tree: TypedNode): { readonly fields: ReadonlyMap<string, Set<string>>; readonly input: Set<string> } {
  const fields = new Map<string, Set<string>>()
  const input = new Set<string>()
  const visit = (node: TypedNode): void => {
    if (node.kind === 'field') {
      const known = fields.get(node.entity) ?? new Set()
      fields.set(node.entity, known.add(node.field))
    }
    if (node.kind === 'slot' && node.source === 'input') input.add(node.field)
    for (const child of childrenOf(node)) visit(child)
  }
  visit(tree)
  return { fields, input }
}

type Axis = { readonly name: string; readonly values: readonly unknown[] }

/** All combinations, or as many as `limit` of them in which every value of every axis occurs. */
function combinations(axes: readonly Axis[], limit: number): { readonly rows: readonly Row[]; readonly all: boolean } {
  const total = axes.reduce((product, { values }) => product * values.length, 1)
  const all = total <= limit
  const count = all ? total : limit
  const rows = Array.from({ length: count }, (_, index) => {
    let rest = index
    return Object.fromEntries(
      axes.map(({ name, values }, at) => {
        // A sample walks each axis at a pace of its own, so that neighbours do not move together.
        const place = all
          ? rest % values.length
          : (index + Math.floor(index / (values.length + at)) * (at + 1)) % values.length
        rest = Math.floor(rest / values.length)
        return [name, values[place]]
      }),
    )
  })
  return { rows, all }
}

/** `entity` is the rule's own; `input` what a behavior takes. */
export function worldOf(
  expression: Expression,
  schema: Schema,
  entity: string,
  input: ReadonlyMap<string, FieldSchema> = new Map(),
): World {
  const literals = literalsIn(expression.tree)
  const named = namesIn(expression.tree)
  const auth = schema.auth ?? 'User'
  const read = new Map([...named.fields].map(([name, fields]) => [name, new Set(fields)]))
  for (const name of [entity, auth]) if (!read.has(name) && schema.entities.has(name)) read.set(name, new Set())
  // A collection is made of the rows that point back.
  const collections: { readonly name: string; readonly field: string; readonly to: string }[] = []
  for (const [name, fields] of named.fields) {
    for (const field of fields) {
      const found = findField(schema, name, field)
      if (found?.type !== 'relation') continue
      if (!read.has(found.to)) read.set(found.to, new Set())
      if (!found.many) continue
      const back = found.inverse === undefined ? undefined : findField(schema, found.to, found.inverse)
      if (back && !back.many) read.get(found.to)?.add(found.inverse ?? '')
      else if (back) collections.push({ name: found.to, field: found.inverse ?? '', to: name })
      else collections.push({ name, field, to: found.to })
    }
  }
  const axisOf = (name: string, field: string): Axis | undefined => {
    const found = findField(schema, name, field)
    if (!found || field === 'id') return undefined
    if (found.type !== 'relation') return { name: field, values: valuesOf(found, literals) }
    if (found.many) return undefined
    return { name: field, values: [null, ...Array.from({ length: reachable }, (_, index) => idOf(found.to, index))] }
  }
  let exhaustive = true
  const data: Record<string, Row[]> = {}
  for (const [name, fields] of read) {
    const axes = [...fields].map((field) => axisOf(name, field)).filter((axis) => axis !== undefined)
    if (schema.entities.get(name)?.softDelete && name !== entity)
      axes.push({ name: 'deletedAt', values: [null, '2026-01-01T00:00:00.000Z'] })
    const { rows, all } = combinations(axes, name === entity ? most.own : most.other)
    exhaustive &&= all
    // A relation leads to rows that are there, however few combinations there are.
    const filled =
      rows.length >= reachable ? rows : Array.from({ length: reachable }, (_, at) => rows[at % rows.length] ?? {})
    data[name] = filled.map((row, index) => ({ ...row, id: idOf(name, index) }))
  }
  for (const { name, field, to } of collections) {
    const links: Row[] = []
    for (const [index, { id }] of (data[name] ?? []).entries()) {
      // None, one, or all of them.
      const targets = (data[to] ?? []).slice(0, reachable)
      const chosen =
        index % 3 === 0 ? [] : index % 3 === 1 ? targets.slice(index % reachable, (index % reachable) + 1) : targets
      links.push(...chosen.map((target) => ({ source: id, target: target.id })))
    }
    data[`${name}.${field}`] = links
  }
  const inputAxes = [...named.input].flatMap((name) => {
    const field = input.get(name)
    if (!field) return []
    const ids = field.type === 'relation' ? [null, idOf(field.to, 0)] : valuesOf(field, literals)
    return [{ name, values: ids }]
  })
  const inputs = combinations(inputAxes, most.inputs)
  const people = data[auth] ?? []
  return {
    data,
    users: [null, ...people.filter(({ deletedAt }) => (deletedAt ?? null) === null).slice(0, most.users)],
    inputs: inputs.rows,
    exhaustive: exhaustive && inputs.all && people.length <= most.users,
  }
}
