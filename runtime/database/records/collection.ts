// Everything that reading and writing an entity's rows needs, composed once when the app is loaded.

import { identifier, type Sql, sql } from '../../../expr/index.ts'
import type { App, Entity } from '../../truth/app.ts'
import { columnOf, readGuard } from './guard.ts'
import { type Kind, type Plan, planCache, planOf } from './plan.ts'
import { snapshotJson, visibleJson } from './row-json.ts'

export type Collection = {
  readonly app: App
  readonly entity: Entity
  readonly table: Sql
  /** The row as its reader sees it. */
  readonly visible: Sql
  /** The row as events tell it. */
  readonly snapshot: Sql
  /** Whether both are the same: no field is hidden from some, none is worked out. */
  readonly allVisible: boolean
  readonly readable: Sql
  /** A row by its id, if the caller may read it. */
  readonly one: Plan
  /** Plans whose shape depends on the request; of one kind for each key. */
  readonly plan: (key: string, make: () => Sql, kind?: Kind) => Plan
}

export function collectionOf(app: App, entity: Entity): Collection {
  const table = identifier(entity.table)
  const visible = visibleJson(app, entity)
  const snapshot = snapshotJson(entity)
  const readable = readGuard(entity)
  return {
    app,
    entity,
    table,
    visible,
    snapshot,
    allVisible: JSON.stringify(visible) === JSON.stringify(snapshot),
    readable,
    one: planOf(oneSql({ entity, table, readable }, visible), { single: true }),
    plan: planCache(),
  }
}

/** A row by its id, if the caller may read it; `visible` is what to write of it. */
export const oneSql = (
  { entity, table, readable }: Pick<Collection, 'entity' | 'table' | 'readable'>,
  visible: Sql,
): Sql => sql`SELECT ${visible} FROM ${table} WHERE ${columnOf(entity, 'id')} = ${given('id')} AND (${readable})`

/** A slot that the caller of a plan fills by name. */
export const given = (name: string): Sql => ({ parts: [{ kind: 'given', name }] })
