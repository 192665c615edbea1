// The SQL tables of an app: columns, references and indexes, as data. Pure; `sql-schema.ts` writes them as SQL, and the
// database room compares them with what it finds.

import type { App, Entity, Field } from '../truth/app.ts'
import { checkOf, kindOf } from './column-kind.ts'
import { literalSql, nowSql } from './sql-schema.ts'
import { type Column, type ColumnType, type Index, indexOf, type Table } from './table.ts'

/** Whether a field has a column in its entity's table. */
const hasColumn = (field: Field): boolean =>
  field.relation === undefined || (!field.many && field.relation.inverse === undefined)

function typeOf(field: Field): ColumnType {
  if (field.many) return 'TEXT'
  switch (field.type) {
    case 'integer':
    case 'boolean':
      return 'INTEGER'
    case 'number':
      return 'REAL'
    default:
      return 'TEXT'
  }
}

function defaultOf(field: Field): string | undefined {
  if (field.default?.kind !== 'value' || field.default.value === null || field.default.value === undefined)
    return undefined
  const { value } = field.default
  return literalSql(field.many || field.type === 'json' ? JSON.stringify(value) : value)
}

function columnOf(app: App, field: Field): Column {
  const literal = field.relation ? undefined : defaultOf(field)
  const target = field.relation && app.entities.get(field.relation.to)
  const kind = kindOf(field)
  const element = field.many && !field.relation ? kindOf({ ...field, many: false }) : undefined
  const check = checkOf(field.name, { kind, element, options: field.options })
  const now =
    field.default?.kind === 'now' && !field.many ? nowSql[field.type === 'date' ? 'date' : 'datetime'] : undefined
  const fill = literal ?? now
  return {
    name: field.name,
    type: typeOf(field),
    kind,
    ...(element && { element }),
    ...(field.options && { options: field.options }),
    ...(field.renamedOptions && { renamedOptions: field.renamedOptions }),
    ...(fill !== undefined && { fill }),
    notNull: field.required,
    ...(field.name === 'id' && { primaryKey: true }),
    ...(literal !== undefined && { default: literal }),
    ...(field.relation && target && { references: { table: target.table, onDelete: field.relation.onDelete } }),
    checks: check === undefined ? [] : [check],
  }
}

function indexesOf(entity: Entity, fields: readonly Field[]): Index[] {
  const indexes = new Map<string, Index>()
  const add = (names: readonly string[], unique: boolean): void => {
    const index = indexOf(entity.table, names, unique)
    // The key is an index already, and a unique index over all rows serves as a plain one.
    const served = indexes.get(`${index.name} unique`)?.present === false
    if (names.length === 0 || names.join() === 'id' || served) return
    // A value is free again once its row was deleted.
    indexes.set(index.name, unique ? { ...index, present: entity.softDelete } : index)
  }
  for (const field of fields) if (field.unique) add([field.name], true)
  for (const names of entity.unique) add(names, true)
  for (const field of fields) if (field.relation || field.index) add([field.name], false)
  for (const names of entity.indexes) add(names, false)
  return [...indexes.values()]
}

function entityTable(app: App, entity: Entity): Table {
  const fields = [...entity.fields.values()].filter(hasColumn)
  const columns = fields.map((field) => columnOf(app, field))
  if (entity.softDelete && !entity.fields.has('deletedAt')) {
    columns.push({ name: 'deletedAt', type: 'TEXT', notNull: false, checks: [] })
  }
  return { name: entity.table, columns, indexes: indexesOf(entity, fields) }
}

/** The links of a many-to-many relation. A link goes with either of its rows. */
function joinTable(app: App, entity: Entity, field: Field): Table | undefined {
  const target = field.many && field.relation && !field.relation.inverse && app.entities.get(field.relation.to)
  if (!target) return undefined
  const name = `${entity.table}.${field.name}`
  const end = (column: string, table: string): Column => ({
    name: column,
    type: 'TEXT',
    notNull: true,
    primaryKey: true,
    references: { table, onDelete: 'cascade' },
    checks: [],
  })
  return {
    name,
    columns: [end('source', entity.table), end('target', target.table)],
    indexes: [{ name: `${name}(target)`, columns: ['target', 'source'], unique: false }],
    withoutRowid: true,
    links: true,
  }
}

/** The tables of an app, in the order of its entities, each followed by the join tables that it owns. */
export function tablesOf(app: App): readonly Table[] {
  const tables: Table[] = []
  for (const entity of app.entities.values()) {
    tables.push(entityTable(app, entity))
    for (const field of entity.fields.values()) {
      const links = joinTable(app, entity, field)
      if (links) tables.push(links)
    }
  }
  return tables
}
