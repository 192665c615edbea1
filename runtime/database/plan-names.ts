// What was called otherwise before: the names in the database that tables and columns take over through `renamedFrom`.

import type { App } from '../truth/app.ts'
import type { Risk } from './plan.ts'
import { type Found, nameKey } from './read-schema.ts'

/** A name of now, and the names that it may have had, the likeliest first. */
export type Former = { readonly name: string; readonly formerly: readonly string[] }

/**
 * By the name of now: the name in the database that it takes over. Only what is not there under its own name takes one
 * over, so that a rename is done once; a name that is taken over is free for something new, or for another rename.
 */
export function takenOver(wanted: readonly Former[], isFound: (name: string) => boolean): ReadonlyMap<string, string> {
  const taken = new Map<string, string>()
  const gone = new Set<string>()
  const isThere = (name: string): boolean => isFound(name) && !gone.has(nameKey(name))
  for (let again = true; again; ) {
    again = false
    for (const { name, formerly } of wanted) {
      if (taken.has(name) || isThere(name)) continue
      const former = formerly.find((one) => nameKey(one) !== nameKey(name) && isThere(one))
      if (former === undefined) continue
      taken.set(name, former)
      gone.add(nameKey(former))
      again = true
    }
  }
  return taken
}

/** Renames in an order in which no name is given that is not free yet. */
export function inOrder(taken: ReadonlyMap<string, string>): readonly (readonly [from: string, to: string])[] {
  const left = new Map([...taken].map(([to, from]) => [nameKey(from), [from, to] as const]))
  const ordered: (readonly [string, string])[] = []
  while (left.size > 0) {
    const [key, next] = [...left].find(([, [, to]]) => !left.has(nameKey(to))) ?? [...left][0]!
    left.delete(key)
    ordered.push(next)
  }
  return ordered
}

/** Entities' tables, then the join tables beside them, whose names follow both the entity and the field. */
export function takenTables(app: App, found: Found): ReadonlyMap<string, string> {
  const isFound = (name: string): boolean => found.get(nameKey(name))?.kind === 'table'
  const entities = [...app.entities.values()]
  const tables = takenOver(
    entities.map(({ table, renamedFrom }) => ({
      name: table,
      formerly: renamedFrom === undefined ? [] : [renamedFrom],
    })),
    isFound,
  )
  const joins = entities.flatMap((entity) =>
    [...entity.fields.values()]
      .filter((field) => field.many && field.relation && field.relation.inverse === undefined)
      .map(({ name, renamedFrom }): Former => {
        const table = tables.get(entity.table) ?? entity.table
        const names = renamedFrom === undefined ? [name] : [name, renamedFrom]
        return { name: `${entity.table}.${name}`, formerly: names.map((one) => `${table}.${one}`) }
      }),
  )
  return new Map([...tables, ...takenOver(joins, isFound)])
}

/** A rename that comes too late: what it is of has been made anew, and what it was is still there with its values. */
export function lateRename(what: string, now: string, former: string, count: string): Risk {
  return {
    count,
    message: (rows) =>
      `\`renamedFrom: '${former}'\` comes too late: the ${what} ${now} was made anew meanwhile, and ${rows} of ${former} would be left behind.`,
    fix: `Call it \`${former}\` again and drop what was made meanwhile with \`truth migrate apply --allow-data-loss\`; then rename it, with \`renamedFrom\` in the same save. Or take \`renamedFrom\` out, and what was there stays as it is.`,
    permitted: true,
  }
}

/** By table: the former names of its columns. */
export function formerColumns(app: App): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const tables = new Map<string, Map<string, string>>()
  for (const entity of app.entities.values()) {
    const columns = [...entity.fields.values()].filter(({ renamedFrom }) => renamedFrom !== undefined)
    tables.set(entity.table, new Map(columns.map(({ name, renamedFrom }) => [name, String(renamedFrom)])))
  }
  return tables
}
