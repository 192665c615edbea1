// What has to be done to a database so that an app can use it. Pure: a wanted schema and a found one in, steps out.

import type { SearchObject } from '../generate/search.ts'
import { createIndexSql, createTableSql, quoteName } from '../generate/sql-schema.ts'
import type { Table } from '../generate/table.ts'
import { tablesOf } from '../generate/tables.ts'
import type { App } from '../truth/app.ts'
import { ownTables } from './own-tables.ts'
import type { Context, Parts, Step } from './plan.ts'
import { planExtra } from './plan-extra.ts'
import { formerColumns, inOrder, lateRename, takenTables } from './plan-names.ts'
import { planSearch } from './plan-search.ts'
import { planTable } from './plan-table.ts'
import { type Found, nameKey } from './read-schema.ts'

export type SchemaPlan = Readonly<Parts> & {
  /** Names of the tables that the app has when the steps are done, and of those that it had and that stay. */
  readonly tables: readonly string[]
}

export type PlanOptions = {
  /** Tables that were made for the app once; others are somebody else's and stay whatever happens. */
  readonly known: readonly string[]
  /** Whether tables and columns that the app does not declare are dropped. */
  readonly drop: boolean
  /** Tables and triggers of search that are there. */
  readonly searches: readonly SearchObject[]
}

function contextOf(
  app: App,
  wanted: readonly Table[],
  found: Found,
  drop: boolean,
): Context & { taken: ReadonlyMap<string, string> } {
  const taken = takenTables(app, found)
  const gone = new Set([...taken.values()].map(nameKey))
  const columns = formerColumns(app)
  const before: Context['before'] = (table) =>
    taken.get(table) ?? (gone.has(nameKey(table)) ? undefined : found.get(nameKey(table))?.name)
  const former: Context['former'] = (table, column) => columns.get(table)?.get(column)
  const referred = new Set(
    [...found.values()].flatMap(({ columns }) => columns.map(({ references }) => nameKey(references?.table ?? ''))),
  )
  for (const table of wanted)
    for (const { references } of table.columns) if (references) referred.add(nameKey(references.table))
  return {
    taken,
    found,
    before,
    former,
    drop,
    linksOf: (table, column) => {
      const names = [column, former(table, column)].map((name) => `${before(table)}.${name}`)
      return names
        .map((name) => found.get(nameKey(name))?.name)
        .find((name) => name !== undefined && !gone.has(nameKey(name)))
    },
    isReferenced: (table) => referred.has(nameKey(table.name)) || referred.has(nameKey(before(table.name) ?? '')),
  }
}

/** Links to the one row that each row led to, where a relation to one becomes one to many. */
function fillLinks(app: App, context: Context): ReadonlyMap<string, string> {
  const fills = new Map<string, string>()
  for (const entity of app.entities.values()) {
    const found = context.found.get(nameKey(context.before(entity.table) ?? ''))
    for (const field of entity.fields.values()) {
      const target = app.entities.get(field.relation?.to ?? '')
      if (!target || !field.many || field.relation?.inverse !== undefined) continue
      const names = [field.name, field.renamedFrom].flatMap((name) => (name === undefined ? [] : [nameKey(name)]))
      const column = found?.columns.find(({ name, references }) => references && names.includes(nameKey(name)))
      if (!column) continue
      const name = `${entity.table}.${field.name}`
      const value = quoteName(column.name)
      fills.set(
        name,
        `INSERT OR IGNORE INTO ${quoteName(name)} ("source", "target") SELECT "id", ${value} FROM ${quoteName(entity.table)} WHERE ${value} IN (SELECT "id" FROM ${quoteName(target.table)})`,
      )
    }
  }
  return fills
}

const createSteps = (tables: readonly Table[], fills: ReadonlyMap<string, string>): Step[] => {
  const created = tables.map((table) => ({
    says: `create table ${table.name}`,
    sql: [createTableSql(table), ...table.indexes.map((index) => createIndexSql(table, index))],
  }))
  const filled = tables.flatMap(({ name }) => {
    const sql = fills.get(name)
    return sql === undefined ? [] : [{ says: `fill table ${name}`, sql: [sql] }]
  })
  return [...created, ...filled]
}

/** Compares what the app wants with what is there. */
export function planSchema(app: App, found: Found, options: PlanOptions): SchemaPlan {
  const wanted = [...ownTables(app), ...tablesOf(app)]
  const context = contextOf(app, wanted, found, options.drop)
  const into: Parts = { steps: [], risks: [], notes: [] }
  for (const [from, to] of inOrder(context.taken)) {
    const sql = `ALTER TABLE ${quoteName(from)} RENAME TO ${quoteName(to)}`
    into.steps.push({ says: `rename table ${from} to ${to}`, sql: [sql] })
  }
  const missing = wanted.filter(({ name }) => context.before(name) === undefined)
  into.steps.push(...createSteps(missing, fillLinks(app, context)))
  const moved = new Set(context.taken.keys())
  for (const table of wanted) {
    const there = found.get(nameKey(context.before(table.name) ?? ''))
    if (there && planTable(table, there, context, into) === 'moved') moved.add(table.name)
  }
  const used = new Set(wanted.map(({ name }) => nameKey(context.before(name) ?? '')))
  const extra = [...found.values()].filter(({ name }) => !used.has(nameKey(name)))
  for (const { name, table, renamedFrom } of app.entities.values()) {
    const left = extra.find((one) => one.kind === 'table' && nameKey(one.name) === nameKey(renamedFrom ?? ''))
    if (left && context.before(table) !== undefined)
      into.risks.push(lateRename('entity', name, left.name, `SELECT count(*) FROM ${quoteName(left.name)}`))
  }
  const stays = planExtra(extra, options.known, options.drop, into)
  const search = planSearch(app, options.searches, moved)
  const steps = [...search.before, ...into.steps, ...search.after]
  return { ...into, steps, tables: [...tablesOf(app).map(({ name }) => name), ...stays] }
}
