// What has to be done to a database so that an app can use it. Pure: a wanted schema and a found one in, steps out.

import type { Column, Index, Table } from '../generate/table.ts'
import { tablesOf } from '../generate/tables.ts'
import type { App } from '../truth/app.ts'
import { additionObstacle, columnObstacles, extraObstacle, type Obstacle } from './compare-column.ts'
import { isOwnTable, ownTables } from './own-tables.ts'
import { type Found, type FoundColumn, type FoundTable, nameKey } from './read-schema.ts'

export type TablePlan = {
  readonly table: Table
  /** Absent when the table is to be created. */
  readonly found?: FoundTable
  /** The table in which the rows were, where the app says that it was renamed. */
  readonly formerly?: string
  readonly addColumns: readonly Column[]
  readonly createIndexes: readonly Index[]
  /** Names of unique indexes that the app no longer wants. */
  readonly dropIndexes: readonly string[]
  /** When there are any, the table must be empty, and is made again. */
  readonly obstacles: readonly Obstacle[]
}

export type SchemaPlan = {
  /** Only the tables to which something has to be done. */
  readonly tables: readonly TablePlan[]
  /** What is in the database beyond the app, and stays. */
  readonly notes: readonly string[]
}

type Renames = { readonly tables: ReadonlyMap<string, string>; readonly columns: ReadonlyMap<string, string> }

/** By table, and by `table.column`. */
function renamesOf(app: App): Renames {
  const tables = new Map<string, string>()
  const columns = new Map<string, string>()
  for (const entity of app.entities.values()) {
    if (entity.renamedFrom !== undefined) tables.set(entity.table, entity.renamedFrom)
    for (const field of entity.fields.values()) {
      if (field.renamedFrom === undefined) continue
      columns.set(`${entity.table}.${field.name}`, field.renamedFrom)
      if (field.many && field.relation)
        tables.set(`${entity.table}.${field.name}`, `${entity.table}.${field.renamedFrom}`)
    }
  }
  return { tables, columns }
}

const sameColumns = (index: Index, columns: readonly (string | null)[]): boolean =>
  index.columns.length === columns.length &&
  index.columns.every((name, at) => nameKey(name) === nameKey(columns[at] ?? ''))

function planIndexes(table: Table, found: FoundTable): Pick<TablePlan, 'createIndexes' | 'dropIndexes'> {
  const whole = found.indexes.filter(({ partial }) => !partial)
  return {
    createIndexes: table.indexes.filter(
      (index) => !whole.some(({ columns, unique }) => unique === index.unique && sameColumns(index, columns)),
    ),
    dropIndexes: found.indexes
      .filter(({ name, unique }) => unique && name.startsWith(`${table.name}(`) && name.endsWith(') unique'))
      .filter(({ columns }) => !table.indexes.some((index) => index.unique && sameColumns(index, columns)))
      .map(({ name }) => name),
  }
}

function planTable(table: Table, found: FoundTable, renames: Renames): TablePlan {
  const columns = new Map(found.columns.map((column) => [nameKey(column.name), column]))
  const obstacles: Obstacle[] = []
  if (!found.strict) {
    const fix = `Give the entity another \`table\`, or start with a new database.`
    obstacles.push({ says: `The table ${found.name} was not made for this app: it is not STRICT`, fix })
  }
  const addColumns: Column[] = []
  for (const column of table.columns) {
    const there = columns.get(nameKey(column.name))
    columns.delete(nameKey(column.name))
    if (there) {
      obstacles.push(...columnObstacles(table, column, there, found))
      continue
    }
    const former = renames.columns.get(`${table.name}.${column.name}`)
    const wasThere = former !== undefined && found.columns.some(({ name }) => nameKey(name) === nameKey(former))
    const obstacle = additionObstacle(table, column, wasThere ? former : undefined)
    if (obstacle) obstacles.push(obstacle)
    addColumns.push(column)
  }
  for (const extra of columns.values()) {
    const obstacle = extraObstacle(table, extra)
    if (obstacle) obstacles.push(obstacle)
  }
  return { table, found, addColumns, ...planIndexes(table, found), obstacles }
}

const isIdle = ({ found, addColumns, createIndexes, dropIndexes, obstacles }: TablePlan): boolean =>
  found !== undefined && addColumns.length + createIndexes.length + dropIndexes.length + obstacles.length === 0

/** Tables of the database's own making and of its tools. */
const isForeign = (name: string): boolean => /^(?:sqlite_|libsql_|_litestream_|_cf_)/i.test(name)

function notesOf(wanted: readonly Table[], found: Found): string[] {
  const notes: string[] = []
  const tables = new Map(wanted.map((table) => [nameKey(table.name), table]))
  const stays = 'is not declared in the app; it stays as it is'
  for (const [key, there] of found) {
    const table = tables.get(key)
    if (!table) {
      if (!isOwnTable(there.name) && !isForeign(there.name) && there.kind === 'table')
        notes.push(`table ${there.name} ${stays}`)
      continue
    }
    const isExtra = (column: FoundColumn): boolean =>
      !table.columns.some(({ name }) => nameKey(name) === nameKey(column.name))
    for (const column of there.columns.filter(isExtra)) notes.push(`column ${table.name}.${column.name} ${stays}`)
  }
  return notes
}

/** Compares what the app wants with what is there. */
export function planSchema(app: App, found: Found): SchemaPlan {
  const wanted = [...ownTables(app), ...tablesOf(app)]
  const renames = renamesOf(app)
  const plans = wanted.map((table): TablePlan => {
    const there = found.get(nameKey(table.name))
    if (there) return planTable(table, there, renames)
    const formerly = found.get(nameKey(renames.tables.get(table.name) ?? ''))?.name
    const nothing = { addColumns: [], createIndexes: [], dropIndexes: [], obstacles: [] }
    return { table, ...(formerly !== undefined && { formerly }), ...nothing }
  })
  return { tables: plans.filter((plan) => !isIdle(plan)), notes: notesOf(wanted, found) }
}
