// A small database for expressions, twice: as rows for closures, and as real tables for SQL.

import Database from 'libsql'
import {
  bindParameters,
  type Context,
  type EntitySchema,
  type Expression,
  type FieldSchema,
  identifier,
  type Row,
  type Rows,
  renderSql,
  type Schema,
  sql,
} from 'truthfile/expr'
import { rowsIn as rowsInTables, type Tables } from '../../expr/agree/tables.ts'

/** Rows by entity; the links of a many-to-many relation as `Entity.field` with `source` and `target`. */
export type Data = { readonly [table: string]: readonly Row[] }

/** The same rows as closures follow them. */
export function rowsIn(schema: Schema, data: Data): Rows {
  const [links, rows] = [true, false].map((isLinks) =>
    Object.entries(data).filter(([table]) => table.includes('.') === isLinks),
  )
  return rowsInTables(schema, { rows: new Map(rows), links: new Map(links) } as unknown as Tables)
}

const isLink = (field: FieldSchema): boolean =>
  field.type === 'relation' && field.many === true && field.inverse === undefined

/** Whether a field has a column. */
const isStored = (field: FieldSchema): boolean => !(field.type === 'relation' && field.many)

const storedFields = ({ fields }: EntitySchema): [string, FieldSchema][] => [
  ['id', { type: 'uuid' }],
  ...[...fields].filter(([name, field]) => name !== 'id' && isStored(field)),
]

function columnType(field: FieldSchema): string {
  if (field.many) return 'TEXT'
  if (field.type === 'integer' || field.type === 'boolean') return 'INTEGER'
  return field.type === 'number' ? 'REAL' : 'TEXT'
}

/** A value as its column holds it: dates in their canonical form. */
function stored(value: unknown, type?: string): unknown {
  if (type === 'datetime' && typeof value === 'string') return new Date(value).toISOString()
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  return typeof value === 'object' ? JSON.stringify(value) : value
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const linkFields: [string, FieldSchema][] = [
  ['source', { type: 'uuid' }],
  ['target', { type: 'uuid' }],
]

export type World = {
  /** The value of an expression for each row of an entity, by id: true and false as 1 and 0, and the decision. */
  readonly run: (expression: Expression, entity: string, context: Context) => Map<string, readonly [unknown, boolean]>
  readonly close: () => void
}

/** Real tables in memory, with these rows in them. */
export function openWorld(schema: Schema, data: Data): World {
  const database = new Database(':memory:')
  const insert = (table: string, columns: readonly [string, FieldSchema][], rows: readonly Row[]): void => {
    const slots = columns.map((_, index) => `?${index + 1}`).join(', ')
    const statement = database.prepare(`INSERT INTO ${quoted(table)} VALUES (${slots})`)
    for (const row of rows) statement.run(columns.map(([name, { type }]) => stored(row[name], type)))
  }
  for (const [name, entity] of schema.entities) {
    const fields = storedFields(entity)
    const columns = fields.map(([field, type]) => `"${field}" ${columnType(type)}`).join(', ')
    database.exec(`CREATE TABLE ${quoted(entity.table ?? name)} (${columns}) STRICT`)
    insert(entity.table ?? name, fields, data[name] ?? [])
    for (const [field, type] of entity.fields) {
      if (!isLink(type)) continue
      database.exec(`CREATE TABLE ${quoted(`${entity.table ?? name}.${field}`)} ("source" TEXT, "target" TEXT) STRICT`)
      insert(`${entity.table ?? name}.${field}`, linkFields, data[`${name}.${field}`] ?? [])
    }
  }
  return {
    run: (expression, entity, { user, now, input }) => {
      const table = schema.entities.get(entity)?.table ?? entity
      const value = expression.toSql({ mode: 'value' })
      const decision = expression.toSql()
      const whole = sql`SELECT "id", ${value}, (${decision}) IS TRUE FROM ${identifier(table)}`
      const { text, parameters } = renderSql(whole)
      const bound = bindParameters(parameters, { user, now, ...(input && { input }) }).map((value) => stored(value))
      const rows = database.prepare(text).raw().all(bound) as unknown as [string, unknown, number][]
      return new Map(rows.map(([id, found, decided]) => [id, [found, decided === 1]]))
    },
    close: () => void database.close(),
  }
}
