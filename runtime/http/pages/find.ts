// What a list page can be narrowed down by, and what was asked of it.

import type { Caller } from '../../database/records/caller.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { Entity, Field } from '../../truth/app.ts'
import type { FindProps } from '../../ui/find.tsx'
import { searchColumns, wordsIn } from '../api/conditions.ts'
import { nameable } from '../api/names.ts'
import type { Call } from '../call.ts'
import type { Service } from '../service.ts'
import { choicesFor } from './lookup.ts'

/** Fields that one value can be asked of with some use. */
const fits = ({ many, type }: Field): boolean => !many && type !== 'json' && type !== 'text' && type !== 'datetime'

/** The fields that are offered: those that the view or the entity names, else the choices among the columns. */
function offered(entity: Entity, names: readonly string[] | undefined, columns: readonly Field[]): readonly Field[] {
  const declared = names ?? entity.ui.filterable
  if (!declared) return columns.filter(({ type }) => type === 'enum' || type === 'boolean')
  return declared.flatMap((name) => entity.fields.get(name) ?? [])
}

/** A form sends every input, also those that were left empty: these ask for nothing. */
export function withoutEmpty(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([, value]) => value !== ''))
}

/** Whether words are searched for that are none, such as an emoji alone: nothing is like that. */
export const isWordless = (entity: Entity, caller: Caller, query: URLSearchParams): boolean =>
  query.has('search') && wordsIn(query.get('search') ?? '').length === 0 && searchColumns(entity, caller).length > 0

/** The form above a list; `query` is what was asked, without what is empty. */
export async function findProps(
  service: Service,
  { caller, path }: Call,
  { entity }: Collection,
  query: URLSearchParams,
  names: readonly string[] | undefined,
  columns: readonly Field[],
): Promise<FindProps> {
  const fields = offered(entity, names, columns).filter((field) => fits(field) && nameable(entity, field.name, caller))
  const values = Object.fromEntries(fields.map(({ name }) => [name, query.get(name)]))
  const kept = ['sort', 'deleted'].flatMap((name) => {
    const value = query.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  const isNarrow = query.has('search') || fields.some(({ name }) => query.has(name))
  const whole = new URLSearchParams(kept.map(([name, value]) => [name, value]))
  return {
    action: path,
    words: searchColumns(entity, caller).length > 0 ? (query.get('search') ?? '') : undefined,
    fields,
    values,
    choices: await choicesFor(service, caller, fields, values),
    kept,
    allHref: isNarrow ? (whole.size > 0 ? `${path}?${whole}` : path) : undefined,
  }
}
