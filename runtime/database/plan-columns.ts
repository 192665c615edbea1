// Where the values of a table's columns come from, and what of them a change of the column would lose.

import { checkOf } from '../generate/column-kind.ts'
import { onDeleteSql, quoteName } from '../generate/sql-schema.ts'
import type { Column, Table } from '../generate/table.ts'
import { convert, renameOptions } from './convert.ts'
import { foundHolds, wantedHolds } from './found-kind.ts'
import type { Context, Source } from './plan.ts'
import { takenOver } from './plan-names.ts'
import { type FoundColumn, type FoundTable, nameKey } from './read-schema.ts'
import { plainCondition } from './table-text.ts'

const ofRow = (column: string): string => `"@row".${quoteName(column)}`

/** A value where it is the id of a row; NULL where the table is to be created, for it has none. */
const where = (table: string | undefined, value: string): string =>
  table === undefined
    ? 'NULL'
    : `CASE WHEN EXISTS (SELECT 1 FROM ${quoteName(table)} AS "@to" WHERE "@to"."id" = ${value}) THEN ${value} END`

function refersAlike(column: Column, from: FoundColumn, { before }: Context): boolean {
  const { references } = column
  if (!references || !from.references) return !references
  return nameKey(before(references.table) ?? '') === nameKey(from.references.table)
}

/** Whether a column is as it is wanted, but for its name. */
function fits(column: Column, from: FoundColumn): boolean {
  const condition = checkOf(from.name, wantedHolds(column))
  return (
    from.type === column.type &&
    from.notNull === column.notNull &&
    from.primaryKey === (column.primaryKey === true) &&
    from.checks.join('\n') === (condition === undefined ? '' : plainCondition(condition)) &&
    (column.references === undefined) === (from.references === undefined) &&
    (column.references === undefined || onDeleteSql[column.references.onDelete] === from.references?.onDelete)
  )
}

function stored(column: Column, from: FoundColumn, context: Context): Source {
  const raw = ofRow(from.name)
  const found = renameOptions(raw, foundHolds(from), column)
  const { value, exact } = convert(found.value, found.holds, wantedHolds(column))
  const alike = refersAlike(column, from, context)
  const target = column.references?.table ?? ''
  const before = alike ? value : where(context.before(target), value)
  const lost = `(${before}) IS NULL AND ${raw} IS NOT NULL${exact === undefined ? '' : ` OR NOT (${exact})`}`
  const same = alike && value === raw
  return {
    column,
    from,
    before,
    after: alike ? value : where(target, value),
    ...(!same && { lost }),
    same,
    fits: same && fits(column, from),
  }
}

/** The one row that a many-to-many relation led to. */
function linked(column: Column, links: string, context: Context): Source {
  const target = column.references?.table ?? ''
  const of = `FROM ${quoteName(links)} AS "@link" WHERE "@link"."source" = "@row"."id"`
  const one = (table: string | undefined): string =>
    table === undefined
      ? 'NULL'
      : `(SELECT min("@link"."target") ${of} AND "@link"."target" IN (SELECT "id" FROM ${quoteName(table)}))`
  const before = one(context.before(target))
  const lost = `(SELECT count(*) ${of}) <> ((${before}) IS NOT NULL)`
  return { column, from: undefined, before, after: one(target), lost, same: false, fits: false }
}

/** The columns of a table, each with where its values come from, and the columns that the app does not declare. */
export function sourcesOf(
  table: Table,
  found: FoundTable,
  context: Context,
): { readonly sources: readonly Source[]; readonly extra: readonly FoundColumn[] } {
  const byName = new Map(found.columns.map((column) => [nameKey(column.name), column]))
  const wanted = table.columns.map(({ name }) => {
    const former = context.former(table.name, name)
    return { name, formerly: former === undefined ? [] : [former] }
  })
  const taken = takenOver(wanted, (name) => byName.has(nameKey(name)))
  const gone = new Set([...taken.values()].map(nameKey))
  const used = new Set<FoundColumn>()
  const sources = table.columns.map((column): Source => {
    const former = taken.get(column.name)
    const own = gone.has(nameKey(column.name)) ? undefined : byName.get(nameKey(column.name))
    const from = former === undefined ? own : byName.get(nameKey(former))
    if (from) {
      used.add(from)
      return stored(column, from, context)
    }
    const links = column.references && context.linksOf(table.name, column.name)
    if (links !== undefined) return linked(column, links, context)
    return { column, from: undefined, before: 'NULL', after: 'NULL', same: false, fits: false }
  })
  return { sources, extra: found.columns.filter((column) => !used.has(column)) }
}
