// Which rows a request speaks of: `filter`, `search` and `field=value`. Every name in them is one that the caller may name.

import {
  compileExpression,
  identifier,
  isLanguageWord,
  joinSql,
  type Scope,
  type Sql,
  sql,
} from '../../../expr/index.ts'
import type { Caller } from '../../database/records/caller.ts'
import { type Collection, given } from '../../database/records/collection.ts'
import { columnOf } from '../../database/records/guard.ts'
import { searchColumn, searchFields, searchTable } from '../../generate/search.ts'
import type { App, Entity, Field } from '../../truth/app.ts'
import { canonicalValue, valueFault } from '../../truth/kinds.ts'
import { leavesRow } from '../../truth/model/rule.ts'
import { badRequest, isRefusal, type Refusal } from '../refusal.ts'
import { refuseCostly } from './filter-cost.ts'
import { closedName, isOpenName, nameable, unknownField } from './names.ts'

/** The value of `field=value`, as text in a URL, for a field's type. */
function parameterValue(field: Field, text: string): { readonly value: unknown } | Refusal {
  const wrong = (say: string): Refusal => badRequest('parameter', `\`${field.name}\` ${say}.`)
  const value =
    field.type === 'number' || field.type === 'integer'
      ? /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)
        ? Number(text)
        : text
      : field.type === 'boolean'
        ? text === 'true' || (text === 'false' ? false : text)
        : text
  // Bounds and patterns are for what is stored; a search may ask for anything of the type.
  const fault = valueFault(value, { type: field.type, ...(field.options && { options: field.options }) })
  return fault === undefined ? { value: canonicalValue(value, field) } : wrong(fault)
}

/** Refuses a parameter that can say one thing only and is given more than once. */
export const givenTwice = (query: URLSearchParams, name: string): Refusal | undefined =>
  query.getAll(name).length > 1 ? badRequest('parameter', `\`${name}\` is given more than once.`) : undefined

type Growing = {
  readonly shape: string[]
  readonly conditions: Sql[]
  readonly given: Record<string, unknown>
  followsRelations: boolean
}

export type Conditions = {
  readonly shape: string
  readonly conditions: readonly Sql[]
  readonly given: Readonly<Record<string, unknown>>
  /** Whether the filter looks at other rows. */
  readonly followsRelations: boolean
}

function fieldConditions(
  collection: Collection,
  caller: Caller,
  query: URLSearchParams,
  reserved: ReadonlySet<string>,
  into: Growing,
): Refusal | undefined {
  for (const name of new Set(query.keys())) {
    if (reserved.has(name)) {
      const refused = givenTwice(query, name)
      if (refused) return refused
      continue
    }
    const field = nameable(collection.entity, name, caller)
    if (!field) return unknownField(name)
    if (field.many || field.type === 'json') return badRequest('parameter', `Use \`filter\` for \`${name}\`.`)
    const texts = query.getAll(name)
    if (texts.length > 100) return badRequest('parameter', `\`${name}\` is given more than 100 times.`)
    const slots: Sql[] = []
    for (const [index, text] of texts.entries()) {
      const parsed = parameterValue(field, text)
      if (isRefusal(parsed)) return parsed
      into.given[`eq.${name}.${index}`] = parsed.value
      slots.push(given(`eq.${name}.${index}`))
    }
    into.shape.push(`${name}=${texts.length}`)
    into.conditions.push(sql`${columnOf(collection.entity, name)} IN (${joinSql(slots, ', ')})`)
  }
  return undefined
}

const texts = /'(?:[^'\\]|\\[\s\S])*'?|"(?:[^"\\]|\\[\s\S])*"?/g

/** `x` of `x => …` and `(x) => …`. PERF: one pattern for all of it would go back and forth in long texts. */
const parametersIn = (source: string): readonly string[] =>
  source
    .split('=>')
    .slice(0, -1)
    .flatMap(
      (before) =>
        before
          .trimEnd()
          .replace(/\)$/, '')
          .trimEnd()
          .match(/(?<![\w$])[\w$]+$/) ?? [],
    )

/**
 * The name to refuse a filter by: the first in it that is no open field, or `name`.
 * SECURITY: what is hidden and what is not there are refused by the same name, also where the rest of the filter cannot be
 * read, or the difference would tell.
 */
function firstTold(app: App, source: string, caller: Caller, name: string | undefined): string | undefined {
  const outside = source.replace(texts, ' ')
  const own = new Set(parametersIn(outside))
  const isMeant = (word: string): boolean => !isLanguageWord(word) && !own.has(word) && !isOpenName(app, word, caller)
  return outside.match(/(?<![\w$])[A-Za-z_$][\w$]*/g)?.find((word) => word === name || isMeant(word))
}

function filterCondition(
  app: App,
  collection: Collection,
  caller: Caller,
  source: string,
  into: Growing,
): Refusal | undefined {
  const scope: Scope = { schema: app.schema, place: 'filter', entity: collection.entity.name }
  const compiled = compileExpression(source, scope)
  if (!compiled.ok) {
    const [first] = compiled.diagnostics
    // No hint at what there is instead: that may be what the caller must not learn of.
    const isMissing = first?.code === 'T4101' || first?.code === 'T4102'
    const told = firstTold(app, source, caller, isMissing ? source.slice(first.start, first.end) : undefined)
    if (told !== undefined) return unknownField(told)
    return badRequest(
      'filter',
      `At character ${(first?.start ?? 0) + 1} of the filter: ${first?.message ?? 'it cannot be read.'}`,
    )
  }
  const { reads } = compiled.expression
  const closed = closedName(app, collection.entity, reads, caller)
  // What `owner` stands for may not be told either.
  if (closed !== undefined) return unknownField(firstTold(app, source, caller, closed) ?? 'owner')
  const costly = refuseCostly(compiled.expression)
  if (costly) return costly
  into.followsRelations = reads.some((name) => leavesRow(name, scope))
  into.shape.push(`filter ${source}`)
  into.conditions.push(compiled.expression.toSql({ mode: 'decision' }))
  return undefined
}

const most = { words: 20, letters: 300 }

/** The columns that a search of the caller's looks in: those of fields that they may name. */
export const searchColumns = (entity: Entity, caller: Caller): readonly string[] =>
  searchFields(entity).flatMap((field, index) => (nameable(entity, field.name, caller) ? [searchColumn(index)] : []))

/** The words of a search. */
export const wordsIn = (text: string): readonly string[] => text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

/** Words in any order, each the beginning of a word in one of the fields that the caller may name, and in no other. */
function searchCondition(collection: Collection, caller: Caller, text: string, into: Growing): Refusal | undefined {
  const { entity } = collection
  const columns = searchColumns(entity, caller)
  if (columns.length === 0)
    return badRequest('search', `There is nothing to search in ${entity.labelPlural.toLowerCase()}.`)
  const words = wordsIn(text)
  if (words.length === 0 || words.length > most.words || text.length > most.letters)
    return badRequest('search', `\`search\` takes 1 to ${most.words} words, in at most ${most.letters} characters.`)
  const table = identifier(searchTable(entity))
  // SECURITY: no ranking; it would tell how often words occur in rows and fields that the caller may not read.
  into.given.search = `{${columns.join(' ')}} : (${words.map((word) => `"${word}"*`).join(' AND ')})`
  into.shape.push('search')
  into.conditions.push(
    sql`${columnOf(entity, 'id')} IN (SELECT "id" FROM ${table} WHERE ${table} MATCH ${given('search')})`,
  )
  return undefined
}

/** The conditions of a request's parameters; those whose names are `reserved` say something else. */
export function readConditions(
  app: App,
  collection: Collection,
  caller: Caller,
  query: URLSearchParams,
  reserved: ReadonlySet<string>,
): Conditions | Refusal {
  const into: Growing = { shape: [], conditions: [], given: {}, followsRelations: false }
  const filter = query.get('filter')
  const refused =
    fieldConditions(collection, caller, query, reserved, into) ??
    (filter === null ? undefined : filterCondition(app, collection, caller, filter, into))
  if (refused) return refused
  const search = query.get('search')
  const unsearched = search === null ? undefined : searchCondition(collection, caller, search, into)
  return unsearched ?? Object.assign(into, { shape: into.shape.join('&') })
}
