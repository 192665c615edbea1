// One wanted column against the one in the database: what stands in the way of using it as it is.

import { checkSql, onDeleteSql } from '../generate/sql-schema.ts'
import type { Column, Table } from '../generate/table.ts'
import { type FoundColumn, type FoundTable, nameKey } from './read-schema.ts'

/** Something that only an empty table gets over: it is made again then. */
export type Obstacle = { readonly says: string; readonly fix: string }

const newDatabase = 'or start with a new database; changing stored columns comes with migrations'

const giveBack = (name: string): string => `Give ${name} its former declaration, ${newDatabase}.`

/** Booleans are told from integers by their condition. */
const isBoolean = (column: Column): boolean => column.checks.length > 0

const booleanCheck = (column: Column): string => checkSql(`"${column.name.replaceAll('"', '""')}" IN (0, 1)`)

const referenceText = (table: string | undefined, onDelete: string | undefined): string =>
  table === undefined ? 'refers to no table' : `refers to ${table} (on delete: ${onDelete?.toLowerCase()})`

/** Obstacles to using a column that is there. */
export function columnObstacles(table: Table, wanted: Column, found: FoundColumn, inTable: FoundTable): Obstacle[] {
  const name = `${table.name}.${wanted.name}`
  const obstacles: Obstacle[] = []
  const add = (says: string): void => void obstacles.push({ says, fix: giveBack(name) })
  if (found.type !== wanted.type)
    add(`Column ${name} is ${found.type || 'untyped'} in the database, but ${wanted.type} in the app`)
  else if (isBoolean(wanted) !== inTable.sql.includes(booleanCheck(wanted))) {
    const [before, now] = isBoolean(wanted) ? ['numbers', 'a boolean'] : ['a boolean', 'numbers']
    add(`Column ${name} holds ${before} in the database, but ${now} in the app`)
  }
  if (found.notNull && !wanted.notNull) add(`Column ${name} needs a value in the database, but is optional in the app`)
  if (!found.notNull && wanted.notNull) add(`Column ${name} is optional in the database, but required in the app`)
  if (found.primaryKey !== (wanted.primaryKey === true)) {
    add(`Column ${name} ${found.primaryKey ? 'is' : 'is not'} part of the primary key in the database`)
  }
  const onDelete = wanted.references && onDeleteSql[wanted.references.onDelete]
  const same =
    nameKey(found.references?.table ?? '') === nameKey(wanted.references?.table ?? '') &&
    found.references?.onDelete === onDelete
  if (!same) {
    const before = referenceText(found.references?.table, found.references?.onDelete)
    add(`Column ${name} ${before} in the database, but ${referenceText(wanted.references?.table, onDelete)} in the app`)
  }
  return obstacles
}

/** The obstacle to adding a column that rows need a value for. */
export function additionObstacle(table: Table, column: Column, renamedFrom: string | undefined): Obstacle | undefined {
  const name = `${table.name}.${column.name}`
  if (renamedFrom !== undefined) {
    return {
      says: `Column ${name} is to be the column ${renamedFrom} of before, but renaming is not supported yet`,
      fix: `Keep the name \`${renamedFrom}\`, or leave \`renamedFrom\` out to begin with an empty column.`,
    }
  }
  if (!column.notNull || column.default !== undefined) return undefined
  const fix = column.references
    ? `Make \`${column.name}\` optional.`
    : `Give \`${column.name}\` a \`default\`, or make it optional.`
  return { says: `The new column ${name} is required and has no default`, fix }
}

/** The obstacle that a column makes which the app no longer has. */
export function extraObstacle(table: Table, found: FoundColumn): Obstacle | undefined {
  if (!found.notNull || found.default !== null || found.generated) return undefined
  const name = `${table.name}.${found.name}`
  return {
    says: `Column ${name} needs a value in each new row, but the app no longer declares it`,
    fix: `Declare \`${found.name}\` on ${table.name} again, ${newDatabase}.`,
  }
}
