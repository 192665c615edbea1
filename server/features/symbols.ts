// The outline of a file, and the search for names over all apps.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { entriesAt } from '../../runtime/truth/model/take.ts'
import type { Entry, Node, Place } from '../../runtime/truth/node.ts'
import { childOf } from '../../runtime/truth/node.ts'
import { type Occurrence, occurrencesIn, type SymbolKind } from '../occurrences.ts'
import { fieldTypeText } from './preview-types.ts'

export type OutlineKind = 'entity' | 'field' | 'behavior' | 'permission' | 'view' | 'workflow' | 'group'

export type Outline = {
  readonly name: string
  readonly kind: OutlineKind
  readonly detail: string
  /** The whole entry, and its name in it. */
  readonly whole: Place
  readonly own: Place
  readonly children: readonly Outline[]
}

export function outlineOf({ root, draft: app }: Analysis, file: string): readonly Outline[] {
  if (!root || !app) return []
  const item = (
    name: string,
    kind: OutlineKind,
    { key, value }: Entry,
    detail = '',
    children: readonly Outline[] = [],
  ): Outline[] => {
    // A part of another file is shown in that file, whole, where its text is.
    const own =
      key.file === file ? key : value.place.file === file ? { ...value.place, end: value.place.start + 1 } : undefined
    if (!own) return children.slice()
    const whole = value.place.file === own.file && value.place.end >= own.end ? { ...own, end: value.place.end } : own
    return [
      {
        name,
        kind,
        detail,
        whole,
        own,
        children: children.filter((child) => child.own.start >= whole.start && child.own.end <= whole.end),
      },
    ]
  }
  const entities = entriesAt(root, 'entities').flatMap(([name, entry]) => {
    const entity = app.entities.get(name)
    const fields = entriesAt(entry.value, 'fields').flatMap(([field, one]) => {
      const known = entity?.fields.get(field)
      return item(field, 'field', one, known ? fieldTypeText(known) : '')
    })
    const rules = entriesAt(entry.value, 'permissions').flatMap(([action, one]) =>
      item(action, 'permission', one, sourceOf(one.value)),
    )
    const behaviors = entriesAt(entry.value, 'behaviors').flatMap(([behavior, one]) => item(behavior, 'behavior', one))
    const computed = entriesAt(entry.value, 'computed').flatMap(([field, one]) =>
      item(field, 'field', one, sourceOf(one.value)),
    )
    return item(name, 'entity', entry, '', [...fields, ...computed, ...rules, ...behaviors])
  })
  const views = entriesAt(root, 'views').flatMap(([name, entry]) =>
    item(name, 'view', entry, app.views.get(name)?.route ?? ''),
  )
  const workflows = entriesAt(root, 'workflows').flatMap(([name, entry]) =>
    item(name, 'workflow', entry, app.workflows.get(name)?.trigger ?? ''),
  )
  const settings = childOf(root, 'settings') && root.kind === 'object' ? root.entries.get('settings') : undefined
  return [...(settings ? item('settings', 'group', settings) : []), ...entities, ...views, ...workflows]
}

const sourceOf = (node: Node): string => (node.kind === 'string' || node.kind === 'boolean' ? String(node.value) : '')

const searched: ReadonlySet<SymbolKind> = new Set(['entity', 'field', 'behavior', 'event', 'view', 'workflow'])

/** Declared names whose letters hold those of the query, in order. */
export function symbolsNamed(analysis: Analysis, query: string): readonly Occurrence[] {
  const letters = [...query.toLowerCase()]
  const fits = (name: string): boolean => {
    let from = 0
    return letters.every((letter) => {
      const at = name.indexOf(letter, from)
      from = at + 1
      return at >= 0
    })
  }
  return occurrencesIn(analysis).filter(
    ({ symbol, declares }) => declares && searched.has(symbol.kind) && fits(symbol.path.join('.').toLowerCase()),
  )
}
