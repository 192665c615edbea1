// Which rows a request speaks of: `filter`, and `field=value`. Every name in them is one that the caller may name.

import { compileExpression, joinSql, type Sql, sql } from '../../../expr/index.ts'
import type { Caller } from '../../database/records/caller.ts'
import { type Collection, given } from '../../database/records/collection.ts'
import { columnOf } from '../../database/records/guard.ts'
import type { App, Field } from '../../truth/app.ts'
import { canonicalValue, valueFault } from '../../truth/kinds.ts'
import { badRequest, isRefusal, type Refusal } from '../refusal.ts'
import { mayRead, nameable, unknownField } from './names.ts'

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

type Growing = { readonly shape: string[]; readonly conditions: Sql[]; readonly given: Record<string, unknown> }

export type Conditions = {
  readonly shape: string
  readonly conditions: readonly Sql[]
  readonly given: Readonly<Record<string, unknown>>
}

function fieldConditions(
  collection: Collection,
  caller: Caller,
  query: URLSearchParams,
  reserved: ReadonlySet<string>,
  into: Growing,
): Refusal | undefined {
  for (const name of new Set(query.keys())) {
    if (reserved.has(name)) continue
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

function filterCondition(
  app: App,
  collection: Collection,
  caller: Caller,
  source: string,
  into: Growing,
): Refusal | undefined {
  const compiled = compileExpression(source, { schema: app.schema, place: 'filter', entity: collection.entity.name })
  if (!compiled.ok) {
    const [first] = compiled.diagnostics
    return badRequest(
      'filter',
      `At character ${(first?.start ?? 0) + 1} of the filter: ${first?.message ?? 'it cannot be read.'}`,
    )
  }
  const { reads } = compiled.expression
  const hidden = reads.find((name) => !mayRead(app, collection.entity, [name], caller))
  if (hidden !== undefined) return unknownField(hidden.replace(/^entity\./, ''))
  into.shape.push(`filter ${source}`)
  into.conditions.push(compiled.expression.toSql({ mode: 'decision' }))
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
  const into: Growing = { shape: [], conditions: [], given: {} }
  const filter = query.get('filter')
  const refused =
    fieldConditions(collection, caller, query, reserved, into) ??
    (filter === null ? undefined : filterCondition(app, collection, caller, filter, into))
  return refused ?? { ...into, shape: into.shape.join('&') }
}
