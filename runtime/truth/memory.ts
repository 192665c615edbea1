// What an editor keeps from one analysis to the next. With a memory an analysis says what it would say without.

import type { EntitySchema, FieldSchema, Schema } from '../../expr/schema.ts'
import type { Entity, Field } from './app.ts'
import type { Fault } from './codes.ts'
import { faultNow, type KeptFault, keepFaults } from './kept-faults.ts'
import type { Site } from './model/rule.ts'
import type { Node, Place } from './node.ts'
import { createReadingMemory, type ReadingMemory } from './read/reread.ts'

export type Memory = {
  readonly reading: ReadingMemory
  readonly fields: WeakMap<Node, { readonly isAuth: boolean } & KnownFields>
  /** The schema of the last analysis: the same object goes on as long as it is equal. */
  schema?: Schema
  readonly entities: WeakMap<Node, KnownEntity>
  /** What each check found in a node, for which path and schema. */
  readonly checked: Map<string, WeakMap<Node, Checked>>
}

/** The fields of an entity: those that can be told, and the others as expressions see them. */
export type KnownFields = {
  readonly fields: ReadonlyMap<string, Field>
  readonly untold: ReadonlyMap<string, FieldSchema>
}

type Checked = {
  readonly at: string
  readonly schema: Schema | undefined
  readonly faults: readonly KeptFault[]
}

export type KnownEntity = {
  readonly name: string
  readonly schema: Schema
  readonly entity: Entity
  readonly sites: readonly Site[]
  readonly faults: readonly KeptFault[]
}

export const createMemory = (): Memory => ({
  reading: createReadingMemory(),
  fields: new WeakMap(),
  entities: new WeakMap(),
  checked: new Map(),
})

export type Report = (fault: Fault) => void

/** Does a check of one node, unless it found nothing in the same node before. What it says depends on nothing else. */
/**
 * Does a check of one node, unless it was done before; then what it found is told again. What it says depends on
 * nothing but the node, where it stands (`at`, under `key`), and the schema.
 */
export type Once = (
  check: string,
  node: Node,
  at: string,
  key: Place | undefined,
  report: Report,
  work: (report: Report) => void,
) => void

export const always: Once = (_, __, ___, ____, report, work) => work(report)

export function onceWith({ checked }: Memory, schema: Schema | undefined): Once {
  return (check, node, at, key, report, work) => {
    let known = checked.get(check)
    if (!known) {
      known = new WeakMap()
      checked.set(check, known)
    }
    const before = known.get(node)
    if (before && before.at === at && before.schema === schema) {
      for (const fault of before.faults) report(faultNow(fault, key))
      return
    }
    const found: Fault[] = []
    work((fault) => {
      found.push(fault)
      report(fault)
    })
    const faults = keepFaults(found, node, key)
    if (faults) known.set(node, { at, schema, faults })
    else known.delete(node)
  }
}

/** The former schema where the new one is equal to it; else the new one, with its equal entities kept. */
export function sameSchema(before: Schema | undefined, now: Schema): Schema {
  if (!before || before.auth !== now.auth || before.open !== now.open) return now
  const entities = new Map<string, EntitySchema>()
  const names = [...before.entities.keys()]
  let same = before.entities.size === now.entities.size
  let index = 0
  for (const [name, entity] of now.entities) {
    const old = before.entities.get(name)
    const equal = old !== undefined && isSameEntity(old, entity)
    entities.set(name, equal ? old : entity)
    if (!equal || names[index] !== name) same = false
    index += 1
  }
  return same ? before : { ...now, entities }
}

function isSameEntity(a: EntitySchema, b: EntitySchema): boolean {
  if (a === b) return true
  if (a.open !== b.open || a.owner !== b.owner || a.table !== b.table || a.softDelete !== b.softDelete) return false
  if (a.fields === b.fields) return true
  if (a.fields.size !== b.fields.size) return false
  const names = [...a.fields.keys()]
  let index = 0
  for (const [name, field] of b.fields) {
    if (names[index++] !== name) return false
    const other = a.fields.get(name)
    // PERF: most entities did not change; their fields are the same objects.
    if (other !== field && JSON.stringify(other) !== JSON.stringify(field)) return false
  }
  return true
}
