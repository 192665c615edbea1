// The tables of small worlds: those of the app with the same columns, but without conditions on their values, since the
// point is to try what is missing. Temporary, and so in memory.

import type { EntitySchema, FieldSchema, Schema, SmallWorld } from '../../expr/index.ts'
import { quoteName } from '../generate/sql-schema.ts'
import type { Connection } from './connection.ts'
import { statement } from './statement.ts'

/** What a case has besides its id: a table each, with the case's id as `case`. */
export const sides = ['entity', 'next', 'previous', 'event'] as const
export type Side = (typeof sides)[number]

/** Names that no table of an app has. */
export const caseTable = '@case'
export const sideTable = (side: Side, entity = ''): string => `@${side} ${side === 'event' ? '' : entity}`

export type ProvingTables = {
  readonly connection: Connection
  readonly schema: Schema
  /** The table of an entity. */
  readonly nameOf: (entity: string) => string
  readonly made: Set<string>
}

export const tablesFor = (connection: Connection, schema: Schema): ProvingTables => ({
  connection,
  schema,
  nameOf: (entity) => schema.entities.get(entity)?.table ?? entity,
  made: new Set(),
})

type Row = { readonly [field: string]: unknown }
type Columns = ReadonlyMap<string, string>

function typeOf({ type, many }: FieldSchema): string {
  if (many) return 'TEXT'
  if (type === 'integer' || type === 'boolean') return 'INTEGER'
  return type === 'number' ? 'REAL' : 'TEXT'
}

const text = (...names: readonly string[]): Columns => new Map(names.map((name) => [name, 'TEXT']))

/** The columns of a table, and their types. */
function columnsOf({ fields, softDelete }: EntitySchema): Columns {
  const stored = [...fields].filter(([, field]) => field.type !== 'relation' || !field.many)
  const own = stored.map(([name, field]) => [name, typeOf(field)] as const)
  return new Map([
    ...text('id', 'createdAt', 'updatedAt', ...(softDelete ? ['deletedAt'] : [])),
    ...own.filter(([name]) => name !== 'id'),
  ])
}

/** Fills the tables that a rule can look into; `empty` must follow. */
export function fillTables(
  tables: ProvingTables,
  entity: string | undefined,
  world: SmallWorld,
): { readonly empty: () => void } {
  const filled: string[] = []
  const fill = (name: string, columns: Columns, rows: readonly Row[]): void => {
    make(tables, name, columns)
    if (rows.length > 0) filled.push(name)
    insert(tables, name, columns, rows)
  }
  const shapeOf = (name: string): Columns => columnsOf(tables.schema.entities.get(name) ?? { fields: new Map() })
  for (const [name, rows] of world.tables) fill(tables.nameOf(name), shapeOf(name), rows)
  for (const [name, links] of world.links) {
    const dot = name.lastIndexOf('.')
    fill(`${tables.nameOf(name.slice(0, dot))}.${name.slice(dot + 1)}`, text('source', 'target'), links)
  }
  const { cases } = world
  fill(
    caseTable,
    new Map([...text('case'), ['at', 'INTEGER']]),
    cases.map(({ id }, at) => ({ case: id, at })),
  )
  for (const side of sides) {
    const rows = cases.flatMap((one) => (one[side] ? [{ ...one[side], case: one.id }] : []))
    if (rows.length === 0) continue
    const columns = side === 'event' ? text('name', 'at', 'id') : shapeOf(entity ?? '')
    fill(sideTable(side, entity), new Map([...columns, ...text('case')]), rows)
  }
  return { empty: () => filled.forEach((name) => tables.connection.exec(`DELETE FROM temp.${quoteName(name)}`)) }
}

function make({ connection, made }: ProvingTables, name: string, columns: Columns): void {
  if (made.has(name)) return
  // PERF: rows are found by their ids as in the app; without, a path over four relations takes a quarter of a second.
  const key = columns.has('case') ? 'case' : 'id'
  const lines = [...columns].map(
    ([column, type]) => `${quoteName(column)} ${type}${column === key ? ' PRIMARY KEY' : ''}`,
  )
  connection.exec(`CREATE TEMP TABLE ${quoteName(name)} (${lines.join(', ')}) STRICT`)
  made.add(name)
}

/** One statement a table, with all of its rows as JSON. */
function insert({ connection }: ProvingTables, name: string, columns: Columns, rows: readonly Row[]): void {
  const used = [...columns.keys()].filter((column) => rows.some((row) => (row[column] ?? null) !== null))
  if (used.length === 0) return
  const values = used.map((_, at) => `json_extract(value, '$[${at}]')`).join(', ')
  const into = `${quoteName(name)} (${used.map(quoteName).join(', ')})`
  const list = JSON.stringify(rows.map((row) => used.map((column) => stored(row[column]))))
  connection.run(statement(`INSERT INTO temp.${into} SELECT ${values} FROM json_each(?1)`), [list])
}

/** A value as its column holds it. */
function stored(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'object' ? JSON.stringify(value) : value
}
