// The schema that a database really has, asked from the database itself, never remembered.

import { searchPrefix } from '../generate/search.ts'
import type { Input, Row, Statement } from './contract.ts'
import { statement } from './statement.ts'
import { conditionsByColumn } from './table-text.ts'

export type FoundColumn = {
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly primaryKey: boolean
  readonly default: string | null
  readonly generated: boolean
  /** Conditions, as `plainCondition` writes them. */
  readonly checks: readonly string[]
  readonly references?: {
    readonly table: string
    readonly column: string
    readonly onDelete: string
    readonly onUpdate: string
  }
}

export type FoundIndex = {
  readonly name: string
  /** Null stands for an expression. */
  readonly columns: readonly (string | null)[]
  readonly unique: boolean
  readonly partial: boolean
  /** Empty where the database made it by itself. */
  readonly sql: string
}

export type FoundTable = {
  readonly name: string
  readonly kind: string
  readonly strict: boolean
  readonly sql: string
  readonly columns: readonly FoundColumn[]
  readonly indexes: readonly FoundIndex[]
  /** Somebody else's, not those of search. */
  readonly triggers: number
}

/** By `nameKey`: SQLite does not tell capitals apart in names. */
export type Found = ReadonlyMap<string, FoundTable>

export const nameKey = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const tables = statement(
  `SELECT t."name", t."type", t."strict", coalesce(s."sql", ''), (SELECT count(*) FROM "sqlite_schema" AS r WHERE r."type" = 'trigger' AND r."tbl_name" = t."name" COLLATE NOCASE AND substr(r."name", 1, ${searchPrefix.length}) <> '${searchPrefix}') FROM pragma_table_list AS t LEFT JOIN "sqlite_schema" AS s ON s."name" = t."name" AND s."type" IN ('table', 'view') WHERE t."schema" = 'main' AND t."name" NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY t."name"`,
)
const columns = statement(
  `SELECT t."name", c."name", c."type", c."notnull", c."pk", c."dflt_value", c."hidden" FROM pragma_table_list AS t JOIN pragma_table_xinfo(t."name") AS c WHERE t."schema" = 'main' ORDER BY t."name", c."cid"`,
)
const references = statement(
  `SELECT t."name", f."from", f."table", coalesce(f."to", 'id'), f."on_delete", f."on_update" FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t."name") AS f WHERE t."schema" = 'main'`,
)
const indexes = statement(
  `SELECT t."name", i."name", i."unique", i."partial", c."name", coalesce(s."sql", '') FROM pragma_table_list AS t JOIN pragma_index_list(t."name") AS i JOIN pragma_index_info(i."name") AS c LEFT JOIN "sqlite_schema" AS s ON s."type" = 'index' AND s."name" = i."name" WHERE t."schema" = 'main' ORDER BY t."name", i."name", c."seqno"`,
)

/** Rows by the table in their first value. */
function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const name = String(row[0])
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return groups
}

function foundColumn(row: Row, links: readonly Row[], conditions: ReadonlyMap<string, readonly string[]>): FoundColumn {
  const [, name, type, notNull, key, preset, hidden] = row
  const link = links.find((one) => nameKey(String(one[1])) === nameKey(String(name)))
  return {
    name: String(name),
    type: String(type).toUpperCase(),
    notNull: notNull === 1,
    primaryKey: Number(key) > 0,
    default: preset === null || preset === undefined ? null : String(preset),
    generated: Number(hidden) > 1,
    checks: conditions.get(nameKey(String(name))) ?? [],
    ...(link && {
      references: {
        table: String(link[2]),
        column: String(link[3]),
        onDelete: String(link[4]),
        onUpdate: String(link[5]),
      },
    }),
  }
}

function foundIndexes(rows: readonly Row[]): FoundIndex[] {
  const found = new Map<string, FoundIndex & { readonly columns: (string | null)[] }>()
  for (const [, name, unique, partial, column, sql] of rows) {
    const index = found.get(String(name)) ?? {
      name: String(name),
      columns: [],
      unique: unique === 1,
      partial: partial === 1,
      sql: String(sql),
    }
    index.columns.push(column === null || column === undefined ? null : String(column))
    found.set(index.name, index)
  }
  return [...found.values()]
}

/** Reads the schema with four statements, on a database or inside a transaction. Throws DatabaseError. */
export async function readSchema(
  run: (statement: Statement, values: readonly Input[]) => Promise<readonly Row[]>,
): Promise<Found> {
  const tableRows = await run(tables, [])
  const columnRows = byTable(await run(columns, []))
  const linkRows = byTable(await run(references, []))
  const indexRows = byTable(await run(indexes, []))
  const found = new Map<string, FoundTable>()
  for (const [first, kind, strict, sql, triggers] of tableRows) {
    const name = String(first)
    const links = linkRows.get(name) ?? []
    const conditions = conditionsByColumn(String(sql))
    found.set(nameKey(name), {
      name,
      kind: String(kind),
      strict: strict === 1,
      sql: String(sql),
      columns: (columnRows.get(name) ?? []).map((row) => foundColumn(row, links, conditions)),
      indexes: foundIndexes(indexRows.get(name) ?? []),
      triggers: Number(triggers),
    })
  }
  return found
}
