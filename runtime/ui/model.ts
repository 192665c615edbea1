// What pages are given: plain values that the caller may see, and what they may do. Nothing here asks the database.

import type { Entity, Field, Section } from '../truth/app.ts'

export type RowValues = { readonly [field: string]: unknown; readonly id: string }

/** A row of another entity, named. */
export type Choice = { readonly id: string; readonly label: string }

/** What a relation can be set to. Where there are more rows than are offered, `cutAt` tells how many are. */
export type Choices = { readonly offered: readonly Choice[]; readonly cutAt?: number | undefined }

/** Labels of related rows by id, for the relation fields of a page. */
export type Labels = ReadonlyMap<string, string>

export type Link = { readonly href: string; readonly label: string; readonly current: boolean }

export type Frame = {
  readonly app: string
  readonly title: string
  readonly links: readonly Link[]
  readonly user: { readonly label: string; readonly href: string | undefined } | undefined
  readonly canSignIn: boolean
  readonly canSignUp: boolean
  /** Whether a mail can bring another password. */
  readonly canRecover: boolean
  /** Something that happened, told once. */
  readonly notice?: string | undefined
  /** Problems of the truth file, in development. */
  readonly problems?: string | undefined
  readonly accent?: string | undefined
}

/** A way to sign in beside the password. */
export type Way = { readonly label: string; readonly href: string }

/** Faults of a form by field; the empty name is the form as a whole. */
export type Faults = ReadonlyMap<string, string>

/** What was typed, by field, where its value may look otherwise: JSON. */
export type Typed = ReadonlyMap<string, string>

const usual = ['name', 'title', 'label', 'subject', 'email']

/** The field that names a row of the entity; undefined when only its id does. */
export function nameField(entity: Entity): Field | undefined {
  const declared = entity.ui.display.primary
  const names = [typeof declared === 'string' ? declared : '', ...usual]
  const named = names.map((name) => entity.fields.get(name)).find((field) => field && !field.secret && !field.relation)
  return named ?? [...entity.fields.values()].find((field) => field.type === 'string' && !field.secret && !field.many)
}

/** The fields that an entity declares for these roles of `ui.display`, in that order. */
export function displayed(entity: Entity, ...roles: readonly string[]): readonly string[] {
  const names = roles.flatMap((role) => entity.ui.display[role] ?? [])
  return [...new Set(names)].filter((name) => entity.fields.get(name)?.secret === false || entity.computed.has(name))
}

export function rowLabel(entity: Entity, row: RowValues): string {
  const field = nameField(entity)
  const value = field && row[field.name]
  return value === null || value === undefined || value === '' ? `${entity.label} ${row.id.slice(-6)}` : String(value)
}

/** The columns of an entity's list: declared ones, or the first that fit. */
export function listColumns(entity: Entity, declared: readonly string[] | undefined): readonly string[] {
  const wanted = declared ?? entity.ui.columns
  const known = wanted?.filter((name) => entity.computed.has(name) || entity.fields.get(name)?.secret === false)
  if (known && known.length > 0) return known
  const fields = [...entity.fields.values()].filter(
    (field) =>
      !field.system &&
      !field.secret &&
      field.type !== 'json' &&
      field.type !== 'text' &&
      !(field.many && field.relation),
  )
  const first = nameField(entity)
  const ordered = first ? [first, ...fields.filter((field) => field !== first)] : fields
  return ordered.length === 0 ? ['id'] : ordered.slice(0, 5).map((field) => field.name)
}

/** The label of a field or computed value. */
export const columnLabel = (entity: Entity, name: string): string =>
  entity.fields.get(name)?.label ?? name.charAt(0).toUpperCase() + name.slice(1)

/** What stands together on a page, under a heading or under none. */
export type Group<T> = { readonly title: string | undefined; readonly items: readonly T[] }

/** Items by the sections that name them, in the order of these; what none names comes last, under no heading. */
export function groupsOf<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  sections: readonly Section[] = [],
): readonly Group<T>[] {
  const left = new Map(items.map((item) => [nameOf(item), item]))
  const take = (name: string): T[] => {
    const item = left.get(name)
    left.delete(name)
    return item === undefined ? [] : [item]
  }
  const groups = sections.map(({ title, fields }): Group<T> => ({ title, items: fields.flatMap(take) }))
  return [...groups, { title: undefined, items: [...left.values()] }].filter((group) => group.items.length > 0)
}
