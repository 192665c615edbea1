// Values of one kind of column as those of another, in SQL. What the other kind cannot hold becomes NULL.

import { conditionOf, type Holds } from '../generate/column-kind.ts'
import { literalSql } from '../generate/sql-schema.ts'
import type { Column, ColumnKind } from '../generate/table.ts'

export type Conversion = {
  /** NULL for what cannot be held. */
  readonly value: string
  /** Whether the value says all that it said before, where NULL is not the only way of losing. */
  readonly exact?: string
}

const safe = '9007199254740991'
const largest = '1.7976931348623157e308'
const startOfDay = `'T00:00:00.000Z'`
const datetimePattern = `'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]*Z'`

/**
 * A REAL as the shortest of fifteen digits that says it exactly, else seventeen. The empty text makes a text of what
 * SQLite would otherwise go on to take for JSON.
 */
const realText = (value: string): string =>
  `CASE WHEN ${value} IS NULL THEN NULL WHEN CAST(json_quote(${value}) AS REAL) = ${value} THEN json_quote(${value}) || '' ELSE format('%!.17g', ${value}) END`

const isWhole = (value: string): string =>
  `${value} BETWEEN -${safe} AND ${safe} AND ${value} = CAST(${value} AS INTEGER)`

const boolText = (value: string): string => `CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`

function textOf(value: string, kind: ColumnKind): string {
  switch (kind) {
    case 'integer':
      return `CAST(${value} AS TEXT)`
    case 'real':
      return `CASE WHEN ${isWhole(value)} THEN CAST(CAST(${value} AS INTEGER) AS TEXT) ELSE ${realText(value)} END`
    case 'boolean':
      return boolText(value)
    case 'json':
      return `CASE json_type(${value}) WHEN 'text' THEN json_extract(${value}, '$') ELSE ${value} END`
    default:
      return value
  }
}

function jsonOf(value: string, kind: ColumnKind): string {
  switch (kind) {
    case 'integer':
      return `CAST(${value} AS TEXT)`
    case 'real':
      return realText(value)
    case 'boolean':
      return boolText(value)
    case 'json':
    case 'list':
      return value
    default:
      return `CASE WHEN ${value} IS NOT NULL THEN json_quote(${value}) END`
  }
}

function fromText(text: string, to: Holds): string {
  switch (to.kind) {
    case 'text':
      return text
    case 'integer': {
      const number = `CAST(${text} AS INTEGER)`
      return `CASE WHEN CAST(${number} AS TEXT) = ${text} AND ${number} BETWEEN -${safe} AND ${safe} THEN ${number} END`
    }
    case 'real': {
      const number = `CAST(${text} AS REAL)`
      return `CASE WHEN json_valid(${text}) THEN CASE WHEN json_type(${text}) IN ('integer', 'real') AND ${number} BETWEEN -${largest} AND ${largest} THEN ${number} END END`
    }
    case 'boolean':
      return `CASE ${text} WHEN 'true' THEN 1 WHEN '1' THEN 1 WHEN 'false' THEN 0 WHEN '0' THEN 0 END`
    case 'uuid':
      return `CASE WHEN ${conditionOf(`lower(${text})`, to)} THEN lower(${text}) END`
    case 'datetime':
      return `CASE WHEN ${conditionOf(text, to)} THEN ${text} WHEN ${text} GLOB ${datetimePattern} AND length(${text}) <= 24 AND date(substr(${text}, 1, 10)) = substr(${text}, 1, 10) THEN strftime('%Y-%m-%dT%H:%M:%fZ', ${text}) END`
    case 'enum':
    case 'date':
      return `CASE WHEN ${conditionOf(text, to)} THEN ${text} END`
    case 'json':
      return jsonOf(text, 'text')
    case 'list':
      return listOf(fromText(text, elementOf(to)), to)
  }
}

const elementOf = ({ element = 'text', options }: Holds): Holds => ({ kind: element, options })

/** A list of one element, of its kind already. */
const listOf = (element: string, to: Holds): string => `'[' || ${jsonOf(element, elementOf(to).kind)} || ']'`

const sameOptions = (from: Holds, to: Holds): boolean =>
  to.options === undefined || (from.options ?? []).every((option) => to.options?.includes(option))

/** Lists element by element; those that cannot be held are left out. */
function convertList(list: string, from: Holds, to: Holds): Conversion {
  const [before, after] = [elementOf(from), elementOf(to)]
  if (before.kind === after.kind && sameOptions(before, after)) return { value: list }
  const item = jsonOf(convert('"@item"."value"', before, after).value, after.kind)
  const value = `CASE WHEN ${list} IS NOT NULL THEN (SELECT json_group_array(json(${item})) FROM json_each(${list}) AS "@item" WHERE (${item}) IS NOT NULL) END`
  return { value, exact: `json_array_length(${value}) = json_array_length(${list})` }
}

/** The elements of JSON have kinds of their own, so each goes by way of its text. */
function listOfJson(json: string, to: Holds): Conversion {
  const element = elementOf(to)
  const text = `CASE "@item"."type" WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'real' THEN ${realText('"@item"."value"')} ELSE CAST("@item"."value" AS TEXT) END`
  const item = jsonOf(fromText(text, element), element.kind)
  const list = `(SELECT json_group_array(json(${item})) FROM json_each(${json}) AS "@item" WHERE (${item}) IS NOT NULL)`
  const value = `CASE json_type(${json}) WHEN 'array' THEN ${list} ELSE ${fromText(textOf(json, 'json'), to)} END`
  const exact = `CASE json_type(${json}) WHEN 'array' THEN json_array_length(${list}) = json_array_length(${json}) ELSE 1 END`
  return { value, exact }
}

/** Values with options that have another name now, by that name, and what they hold then. */
export function renameOptions(
  value: string,
  holds: Holds,
  { options = [], renamedOptions }: Pick<Column, 'options' | 'renamedOptions'>,
): { readonly value: string; readonly holds: Holds } {
  // A text can be any of them.
  const formers = holds.kind === 'text' ? [...(renamedOptions?.keys() ?? [])] : (holds.options ?? [])
  const renamed = formers.flatMap((former) => {
    const now = options.includes(former) ? undefined : renamedOptions?.get(former)
    return now === undefined ? [] : [{ former, now }]
  })
  if (renamed.length === 0) return { value, holds }
  const nameNow = (option: string): string => renamed.find(({ former }) => former === option)?.now ?? option
  const cases = renamed.map(({ former, now }) => `WHEN ${literalSql(former)} THEN ${literalSql(now)}`).join(' ')
  const oneNow = (one: string): string => `CASE ${one} ${cases} ELSE ${one} END`
  const listNow = `CASE WHEN ${value} IS NOT NULL THEN (SELECT json_group_array(${oneNow('"@item"."value"')}) FROM json_each(${value}) AS "@item") END`
  return {
    value: holds.kind === 'list' ? listNow : oneNow(value),
    holds: holds.options ? { ...holds, options: [...new Set(holds.options.map(nameNow))] } : holds,
  }
}

/** `value` is SQL for a value of `from`; the result that of `to`. */
export function convert(value: string, from: Holds, to: Holds): Conversion {
  const way = `${from.kind} ${to.kind}`
  switch (way) {
    case 'list list':
      return convertList(value, from, to)
    case 'json list':
      return listOfJson(value, to)
    case 'list json':
    case 'list text':
    case 'boolean integer':
      return { value }
    case 'enum enum':
      return sameOptions(from, to) ? { value } : { value: fromText(value, to) }
    case 'integer real':
    case 'boolean real':
      return { value: `CAST(${value} AS REAL)` }
    case 'real integer':
      return {
        value: `CASE WHEN ${value} BETWEEN -${safe} AND ${safe} THEN CAST(${value} AS INTEGER) END`,
        exact: isWhole(value),
      }
    case 'date datetime':
      return { value: `${value} || ${startOfDay}` }
    case 'datetime date':
      return { value: `substr(${value}, 1, 10)`, exact: `substr(${value}, 11) = ${startOfDay}` }
    default:
  }
  if (from.kind === to.kind) return { value }
  if (to.kind === 'list') {
    const only = convert(value, from, elementOf(to))
    return { ...only, value: listOf(only.value, to) }
  }
  if (from.kind === 'list') {
    const only = convert(`json_extract(${value}, '$[0]')`, elementOf(from), to)
    return {
      value: `CASE json_array_length(${value}) WHEN 1 THEN ${only.value} END`,
      ...(only.exact && { exact: only.exact }),
    }
  }
  if (to.kind === 'json') return { value: jsonOf(value, from.kind) }
  return { value: fromText(textOf(value, from.kind), to) }
}
