// What a change is made of: the values and expressions that it assigns, the rules that must hold, and how both become
// SQL. Shared by those who decide (`decide.ts`) and those who write (`write.ts`).

import type { Sql } from '../../../expr/index.ts'
import type { Field, Rule } from '../../truth/app.ts'
import type { Transaction } from '../database.ts'
import type { Given } from './caller.ts'
import { type Collection, given } from './collection.ts'
import { columnOf, type RuleRows } from './guard.ts'
import type { Runner } from './plan.ts'
import { isStored } from './row-json.ts'

export type Values = ReadonlyMap<string, unknown>

/** Some links of a relation to many, instead of all of them: ids of rows. */
export type LinkChange = { readonly add: readonly string[]; readonly remove: readonly string[] }

/** Whether a value of a relation to many is a change of its links: a list is all of them. */
export const isLinkChange = (value: unknown): value is LinkChange =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A rule that must hold, with the name to refuse by: an action, a behavior or a field. */
export type Named = { readonly name: string; readonly rule: Rule | undefined }

/** What a change assigns: values by slot, or SQL over the row and the input. `key` names the shape of the latter. */
export type Assignments = {
  readonly values: Values
  readonly expressions: ReadonlyMap<string, Sql>
  readonly key: string
  readonly input: Given
}

/** Nothing is assigned: for deleting, and for asking what may be done. */
export const noAssignments: Assignments = { values: new Map(), expressions: new Map(), key: '', input: {} }

const slotNames = new Map<string, string>()

/** The slot of a field's new value. PERF: names are put together once; as keys, fresh texts cost 0.5 µs each. */
export function slotName(field: string): string {
  const known = slotNames.get(field)
  if (known !== undefined) return known
  const name = `set.${field}`
  slotNames.set(field, name)
  return name
}

/** A value as its column holds it. */
export function stored(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null
  return field.type === 'json' || field.many ? JSON.stringify(value) : value
}

export function storedSlots(collection: Collection, values: Values): Given {
  const slots: Record<string, unknown> = {}
  for (const [name, value] of values) {
    const field = collection.entity.fields.get(name)
    if (field && isStored(field)) slots[slotName(name)] = stored(field, value)
  }
  return slots
}

export const storedNames = (collection: Collection, values: Values): string[] =>
  [...values.keys()].filter((name) => {
    const field = collection.entity.fields.get(name)
    return field !== undefined && isStored(field)
  })

export const shapeOf = (rules: readonly Named[], assignments: Assignments, names: readonly string[]): string =>
  `${assignments.key} ${names.join()} ${rules.map(({ name }) => name).join()}`

/** `next` is the new value where one is given, else the stored one. */
export function rowsAfter(collection: Collection, changed: readonly string[], { expressions }: Assignments): RuleRows {
  return {
    next: (name) =>
      changed.includes(name) ? given(slotName(name)) : (expressions.get(name) ?? columnOf(collection.entity, name)),
  }
}

export const runnerOf =
  (tx: Transaction): Runner =>
  (statement, values) =>
    tx.run(statement, values)
