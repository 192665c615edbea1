// What has to be done to one table that is there. Pure.

import { addColumnSql, quoteName } from '../generate/sql-schema.ts'
import type { Column, ColumnType, Table } from '../generate/table.ts'
import { type Context, finalValue, type Parts, type Risk, type Source } from './plan.ts'
import { sourcesOf } from './plan-columns.ts'
import { allIndexes, duplicates, planIndexes } from './plan-indexes.ts'
import { inOrder, lateRename } from './plan-names.ts'
import { type FoundColumn, type FoundTable, nameKey } from './read-schema.ts'
import { type Filled, rebuildSql } from './rebuild.ts'

const anotherTable = 'Give the entity another `table`, or start with a new database.'
const allow = 'run `truth migrate apply --allow-data-loss`'

const countRows = (found: FoundTable, where = ''): string =>
  `SELECT count(*) FROM ${quoteName(found.name)} AS "@row"${where === '' ? '' : ` WHERE ${where}`}`

/** What somebody else made, and the runtime does not touch. */
function refusals(table: Table, found: FoundTable, rebuilt: boolean): Risk[] {
  const never = (count: string, message: Risk['message']): Risk => ({
    count,
    message,
    fix: anotherTable,
    permitted: false,
  })
  if (found.kind !== 'table')
    return [never('SELECT 1', () => `${found.name} is a ${found.kind} in the database, where the app has a table.`)]
  const keys = (columns: readonly { readonly name: string; readonly primaryKey?: boolean }[]): string =>
    columns
      .flatMap(({ name, primaryKey }) => (primaryKey ? [nameKey(name)] : []))
      .sort()
      .join()
  const odd = !found.strict
    ? 'it is not STRICT'
    : keys(table.columns) !== keys(found.columns)
      ? 'its primary key is another'
      : undefined
  const notOurs = `The table ${found.name} was not made for this app`
  if (odd !== undefined && found.triggers > 0)
    return [never('SELECT 1', () => `${notOurs}: ${odd}, and ${found.name} has triggers.`)]
  if (odd !== undefined)
    return [never(countRows(found), (rows) => `${notOurs}: ${odd}, and ${found.name} has ${rows}.`)]
  if (!rebuilt) return []
  const generated = found.columns.find((column) => column.generated)
  if (found.triggers > 0 || generated) {
    const what = found.triggers > 0 ? 'triggers' : `the generated column ${generated?.name}`
    return [never('SELECT 1', () => `The table ${found.name} must be made again, but has ${what} that would be lost.`)]
  }
  return []
}

function lossOf(table: Table, found: FoundTable, { column, from, lost }: Source): Risk[] {
  if (lost === undefined) return []
  const name = `${table.name}.${column.name}`
  const what =
    from === undefined
      ? `${name} holds one row now, but more or others are linked in`
      : column.references
        ? `${name} refers to ${column.references.table}, where the values of`
        : `${name} is ${describe(column)} now, which cannot hold the values of`
  const tail = column.references && from !== undefined ? ' are no ids.' : '.'
  return [
    {
      count: countRows(found, lost),
      message: (rows) => `${what} ${rows}${tail}`,
      fix: `Change these rows, or ${allow} to lose what does not fit.`,
      permitted: true,
    },
  ]
}

function describe({ kind, type, options = [] }: Column): string {
  if (kind === 'enum') return `one of ${options.join(', ')}`
  const names: { readonly [kind: string]: string } = {
    integer: 'a whole number',
    real: 'a number',
    boolean: 'true or false',
    list: 'a list',
  }
  return names[kind ?? type.toLowerCase()] ?? `a ${kind ?? 'text'}`
}

/** Rows without a value for a column that needs one. Links are left out instead. */
function gapOf(table: Table, found: FoundTable, { column, from, same, before }: Source): Risk[] {
  if (!column.notNull || column.fill !== undefined || table.links || (same && from?.notNull)) return []
  const name = `${table.name}.${column.name}`
  return [
    {
      count: countRows(found, `(${before}) IS NULL`),
      message: (rows) => `${name} is required now, but ${rows} would have no value for it.`,
      fix: column.references
        ? `Make \`${column.name}\` optional, or give these rows a value first.`
        : `Give \`${column.name}\` a \`default\`, or make it optional.`,
      permitted: false,
    },
  ]
}

/** Rows that were deleted softly, of an entity that has no soft delete any more: nothing would keep them from readers. */
const returning = (table: Table, found: FoundTable): Risk => ({
  count: countRows(found, '"@row"."deletedAt" IS NOT NULL'),
  message: (rows) => `${table.name} has no soft delete any more, and what was deleted would be there again: ${rows}.`,
  fix: `Leave \`softDelete: true\`, delete these rows for good first, or run \`truth migrate apply --allow-data-loss\` to have them back.`,
  permitted: true,
})

/** A column that the app does not declare and that stays: new rows need no value for it, and it holds on to no other row. */
const loosened = ({ name, type, checks }: FoundColumn): Column => ({
  name,
  type: type as ColumnType,
  notNull: false,
  checks,
})

const isInTheWay = ({ notNull, references, default: preset, generated }: FoundColumn): boolean =>
  (notNull && preset === null && !generated) || references !== undefined

function addColumn(table: Table, column: Column): string[] {
  // SQLite 3.45 takes a REAL default with a fraction, or a large one, for NULL, and refuses the required column or calls
  // the table corrupt. So rows get it afterwards; for rows to come the runtime gives every value itself.
  const late = column.type === 'REAL' && column.notNull && column.default !== undefined
  const added = addColumnSql(table, late ? { ...column, default: '0' } : column)
  return late ? [added, `UPDATE ${quoteName(table.name)} SET ${quoteName(column.name)} = ${column.default}`] : [added]
}

/** Whether ALTER TABLE can add it: rows have nothing to bring along, and get NULL or the default. */
const isPlainNew = ({ column, from, after }: Source): boolean =>
  from === undefined && after === 'NULL' && (!column.notNull || column.default !== undefined)

const renamed = ({ column, from }: Source): boolean => from !== undefined && nameKey(from.name) !== nameKey(column.name)

/**
 * `found` is the table as it was found; its statements run after tables were renamed. Tells whether rows get other
 * numbers, or columns other names.
 */
export function planTable(table: Table, found: FoundTable, context: Context, into: Parts): 'moved' | 'stays' {
  const { sources, extra } = sourcesOf(table, found, context)
  const parts = { table, found, sources }
  const stays = context.drop ? [] : extra
  const dropped = extra.filter((column) => !stays.includes(column))
  const changed = sources.filter((source) => !source.fits && !isPlainNew(source))
  const freed = stays.filter(isInTheWay)
  const isRebuilt = !found.strict || changed.length + freed.length + dropped.length > 0
  const refused = refusals(table, found, isRebuilt)
  into.risks.push(...refused)
  into.risks.push(...extra.filter(({ name }) => name === 'deletedAt').map(() => returning(table, found)))
  for (const { column } of sources) {
    const left = extra.find(({ name }) => nameKey(name) === nameKey(context.former(table.name, column.name) ?? ''))
    if (!left) continue
    const count = countRows(found, `"@row".${quoteName(left.name)} IS NOT NULL`)
    into.risks.push(lateRename('field', `${table.name}.${column.name}`, left.name, count))
  }
  for (const { name } of stays) {
    const says = `column ${table.name}.${name} is not declared in the app; it stays as it is`
    into.notes.push({ says, count: countRows(found, `"@row".${quoteName(name)} IS NOT NULL`) })
  }
  if (found.kind !== 'table') return 'stays'
  for (const source of sources) into.risks.push(...lossOf(table, found, source), ...gapOf(table, found, source))
  const { steps, created } = planIndexes(parts)
  const unsure = table.indexes.filter(
    (index) =>
      index.unique &&
      (created.includes(index) || sources.some(({ column, same }) => !same && index.columns.includes(column.name))),
  )
  for (const index of unsure) into.risks.push(duplicates(table, found, sources, index))
  if (isRebuilt) {
    const kept: readonly Filled[] = [
      ...sources.map((source) => ({ column: source.column, value: finalValue(source, source.after) })),
      ...stays.map((column) => ({ column: loosened(column), value: `"@row".${quoteName(column.name)}` })),
    ]
    const columns = kept.map(({ column }) => column.name)
    const why = [
      ...(found.strict ? [] : ['make it STRICT']),
      ...changed.map(({ column, from }) => `${from ? 'change' : 'add'} column ${column.name}`),
      ...freed.map(({ name }) => `free column ${name}`),
      ...dropped.map(({ name }) => `drop column ${name}`),
    ]
    const refuge = context.isReferenced(table) && found.columns.some(({ name }) => nameKey(name) === 'id')
    into.steps.push({
      says: `rebuild table ${table.name}: ${why.join(', ')}`,
      sql: [...rebuildSql(table, table.name, kept, refuge), ...allIndexes(parts, columns)],
    })
    return 'moved'
  }
  const names = new Map(sources.filter(renamed).map(({ column, from }) => [column.name, from?.name ?? '']))
  for (const [from, to] of inOrder(names)) {
    const sql = `ALTER TABLE ${quoteName(table.name)} RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`
    into.steps.push({ says: `rename column ${table.name}.${from} to ${to}`, sql: [sql] })
  }
  for (const { column } of sources.filter((source) => !source.fits))
    into.steps.push({ says: `add column ${table.name}.${column.name}`, sql: addColumn(table, column) })
  into.steps.push(...steps)
  return names.size > 0 ? 'moved' : 'stays'
}
