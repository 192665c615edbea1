// What has to be done to the tables of full-text search. They hold nothing of their own, so where anything about them
// or under them changes they are made again from the rows.

import { type Search, type SearchObject, searchOf, searchPrefix } from '../generate/search.ts'
import { quoteName } from '../generate/sql-schema.ts'
import type { App } from '../truth/app.ts'
import type { Input, Row, Statement } from './contract.ts'
import type { Step } from './plan.ts'
import { statement } from './statement.ts'

const read = statement(
  `SELECT "type", "name", "sql" FROM "sqlite_schema" WHERE substr("name", 1, ${searchPrefix.length}) = '${searchPrefix}' AND ("type" = 'trigger' OR "sql" LIKE 'CREATE VIRTUAL%') ORDER BY "type" DESC, "name"`,
)

/** Tables and triggers of search in the database, the triggers first. Throws DatabaseError. */
export async function readSearches(
  run: (statement: Statement, values: readonly Input[]) => Promise<readonly Row[]>,
): Promise<readonly SearchObject[]> {
  const rows = await run(read, [])
  return rows.map(([type, name, sql]) => ({
    kind: type === 'trigger' ? 'trigger' : 'table',
    name: String(name),
    sql: String(sql),
  }))
}

const drop = ({ kind, name }: SearchObject): string =>
  `DROP ${kind === 'trigger' ? 'TRIGGER' : 'TABLE'} ${quoteName(name)}`

/** Steps to do before and after all others; `moved` are the tables whose rows get other numbers or other names. */
export function planSearch(
  app: App,
  found: readonly SearchObject[],
  moved: ReadonlySet<string>,
): { readonly before: readonly Step[]; readonly after: readonly Step[] } {
  const texts = new Map(found.map(({ name, sql }) => [name, sql]))
  const isThere = ({ table, objects }: Search): boolean =>
    !moved.has(table) && objects.every(({ name, sql }) => texts.get(name) === sql)
  const wanted = [...app.entities.values()].flatMap((entity) => searchOf(entity) ?? [])
  const stays = new Set(wanted.filter(isThere).flatMap(({ objects }) => objects.map(({ name }) => name)))
  const gone = found.filter(({ name }) => !stays.has(name))
  const made = wanted.filter((search) => !isThere(search))
  return {
    before: gone.length === 0 ? [] : [{ says: 'drop search tables to be made again or gone', sql: gone.map(drop) }],
    after: made.map(({ table, objects, fill }) => ({
      says: `create search of ${table}`,
      sql: [objects[0]!.sql, fill, ...objects.slice(1).map(({ sql }) => sql)],
    })),
  }
}
