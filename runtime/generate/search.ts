// Full-text search: for each entity with searchable fields an FTS5 table beside its own, kept in step by triggers.

import type { Entity, Field } from '../truth/app.ts'
import { quoteName } from './sql-schema.ts'

export const searchPrefix = '_truth_search '

export type SearchObject = { readonly kind: 'table' | 'trigger'; readonly name: string; readonly sql: string }

export type Search = {
  readonly table: string
  /** The table, then its triggers. */
  readonly objects: readonly SearchObject[]
  /** Takes in the rows that are there. */
  readonly fill: string
}

export const searchTable = (entity: Entity): string => `${searchPrefix}${entity.table}`

/** What search looks in; the place of a field is the number of its column. */
export const searchFields = (entity: Entity): readonly Field[] =>
  [...entity.fields.values()].filter(
    ({ searchable, secret, many, type }) => searchable && !secret && !many && (type === 'string' || type === 'text'),
  )

export const searchColumn = (index: number): string => `c${index}`

/** A name for the row's number that no field has taken. */
const numberOf = (entity: Entity): string =>
  ['rowid', '_rowid_', 'oid'].find(
    (name) => ![...entity.fields.keys()].some((field) => field.toLowerCase() === name),
  ) ?? 'rowid'

/** Undefined for an entity without searchable fields. */
export function searchOf(entity: Entity): Search | undefined {
  const fields = searchFields(entity)
  if (fields.length === 0) return undefined
  const [name, own, number] = [searchTable(entity), quoteName(entity.table), numberOf(entity)]
  const [table, columns] = [quoteName(name), fields.map((_, index) => searchColumn(index))]
  const into = `INSERT INTO ${table} (rowid, "id", ${columns.join(', ')})`
  const values = (row: string): string => fields.map((field) => `${row}${quoteName(field.name)}`).join(', ')
  const sets = fields.map((field, index) => `${columns[index]} = new.${quoteName(field.name)}`).join(', ')
  const trigger = (when: string, what: string, does: string): SearchObject => {
    const called = `${name} ${when}`
    return {
      kind: 'trigger',
      name: called,
      sql: `CREATE TRIGGER ${quoteName(called)} AFTER ${what} ON ${own} BEGIN ${does}; END`,
    }
  }
  return {
    table: entity.table,
    objects: [
      {
        kind: 'table',
        name,
        sql: `CREATE VIRTUAL TABLE ${table} USING fts5("id" UNINDEXED, ${columns.join(', ')}, tokenize = "unicode61 remove_diacritics 2")`,
      },
      trigger('insert', 'INSERT', `${into} VALUES (new.${number}, new."id", ${values('new.')})`),
      trigger('update', `UPDATE OF ${values('')}`, `UPDATE ${table} SET ${sets} WHERE rowid = old.${number}`),
      trigger('delete', 'DELETE', `DELETE FROM ${table} WHERE rowid = old.${number}`),
    ],
    fill: `${into} SELECT ${number}, "id", ${values('')} FROM ${own}`,
  }
}
