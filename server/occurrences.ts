// Every place of an app's files where one of its names stands: keys, texts, and names in expressions.

import type { Meaning } from '../expr/editor/uses.ts'
import { usesIn } from '../expr/editor/uses.ts'
import { usesInQuery, usesInTemplate } from '../expr/editor/uses-text.ts'
import type { Analysis } from '../runtime/truth/analyse.ts'
import type { App } from '../runtime/truth/app.ts'
import { insideQuotes, placeInString } from '../runtime/truth/literal.ts'
import type { Site } from '../runtime/truth/model/rule.ts'
import { type Node, type Path, type Place, pathText, type StringNode } from '../runtime/truth/node.ts'
import { rowEvents } from '../runtime/truth/row-events.ts'
import { partEntry } from './part.ts'
import { type Slot, slotOfKey, slotOfValue } from './slots.ts'

export type SymbolKind =
  | 'entity'
  | 'field'
  | 'option'
  | 'behavior'
  | 'input'
  | 'event'
  | 'view'
  | 'workflow'
  | 'parameter'

/** A name of the app. Two are the same when their `id` is. */
export type Named = {
  readonly id: string
  readonly kind: SymbolKind
  readonly name: string
  readonly path: readonly string[]
}

export type Occurrence = {
  readonly symbol: Named
  /** The name itself, without quotes. */
  readonly place: Place
  readonly declares: boolean
  /** How it is written: a key of an object, a text, or a word in an expression. */
  readonly as: 'key' | 'text' | 'word'
}

export function symbol(kind: SymbolKind, ...path: readonly string[]): Named {
  return { id: `${kind} ${path.join('.')}`, kind, name: path.at(-1) ?? '', path }
}

const kept = new WeakMap<Analysis, readonly Occurrence[]>()

/** All occurrences, in the order of the tree. */
export function occurrencesIn(analysis: Analysis): readonly Occurrence[] {
  const known = kept.get(analysis)
  if (known) return known
  const steps = collect(analysis)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** The same with pauses, so that a request that waits for it can be cancelled. */
export async function prepareOccurrences(analysis: Analysis, pause: () => Promise<void>): Promise<void> {
  if (kept.has(analysis)) return
  for (const _ of collect(analysis)) await pause()
}

/** Expressions that are looked into between two pauses. */
const together = 50

function* collect(analysis: Analysis): Generator<void, readonly Occurrence[]> {
  const { root, draft: app, sites, files } = analysis
  if (!root || !app) return []
  const found = new Map<string, Occurrence>()
  const add = (named: Named | undefined, place: Place, declares: boolean, as: Occurrence['as']): void => {
    if (!named || place.file === partEntry) return
    const key = `${named.id} ${place.file} ${place.start}`
    if (!found.get(key)?.declares) found.set(key, { symbol: named, place, declares, as })
  }
  const expressions = new Set<StringNode>(sites.map(({ node }) => node))
  const visit = (node: Node, path: Path): void => {
    if (node.kind === 'list') node.items.forEach((item, index) => visit(item, [...path, index]))
    if (node.kind === 'object') {
      for (const [name, { key, value }] of node.entries) {
        const at = [...path, name]
        const slot = slotOfKey(app, root, at)
        if (slot) add(symbolOf(slot, name, app), withoutQuotes(key, files), slot.declares === true, 'key')
        visit(value, at)
      }
    }
    if (node.kind === 'string' && !expressions.has(node)) addText(node, path, app, root, add)
  }
  visit(root, [])
  for (const [index, site] of sites.entries()) {
    if (index % together === together - 1) yield
    addSite(site, app, add)
  }
  const all = [...found.values()]
  kept.set(analysis, all)
  return all
}

export type TextOfApp = {
  readonly node: StringNode
  readonly path: Path
  /** What it names where it stands; a constant may mean something else at its other places. */
  readonly names: () => readonly Occurrence[]
}

/** Every text of an app at each of its places. */
export function* textsIn({ root, draft: app, sites }: Analysis): Generator<TextOfApp> {
  if (!root || !app) return
  const listed = (fill: (add: Add) => void) => (): readonly Occurrence[] => {
    const found: Occurrence[] = []
    fill((named, place, declares, as) => {
      if (named) found.push({ symbol: named, place, declares, as })
    })
    return found
  }
  const atSites = new Set(sites.map(({ path }) => pathText(path)))
  function* visit(node: Node, path: Path): Generator<TextOfApp> {
    if (node.kind === 'list') for (const [index, item] of node.items.entries()) yield* visit(item, [...path, index])
    if (node.kind === 'object') for (const [name, { value }] of node.entries) yield* visit(value, [...path, name])
    if (node.kind === 'string' && app && root && !atSites.has(pathText(path)))
      yield { node, path, names: listed((add) => addText(node, path, app, root, add)) }
  }
  yield* visit(root, [])
  for (const site of sites) yield { node: site.node, path: site.path, names: listed((add) => addSite(site, app, add)) }
}

type Add = (named: Named | undefined, place: Place, declares: boolean, as: Occurrence['as']) => void

/** A key may be written in quotes, which are no part of the name. */
function withoutQuotes(key: Place, files: ReadonlyMap<string, string>): Place {
  const quoted = /^['"`]/.test(files.get(key.file)?.slice(key.start, key.start + 1) ?? '')
  return quoted ? { ...key, start: key.start + 1, end: key.end - 1 } : key
}

function addText(node: StringNode, path: Path, app: App, root: Node, add: Add): void {
  const slot = slotOfValue(app, root, path)
  if (!slot || node.pieces.length !== 1) return
  const [entity = '', what] = node.value.split('.')
  const known = app.entities.get(entity)
  if (slot.is === 'event' && known && rowEvents(known).some((event) => event === what)) {
    return add(symbol('entity', entity), placeInString(node, 0, entity.length), false, 'text')
  }
  add(symbolOf(slot, node.value, app), insideQuotes(node), slot.declares === true, 'text')
}

/** The symbol that a name in a slot means; undefined when there is no such thing. */
function symbolOf(slot: Slot, name: string, app: App): Named | undefined {
  switch (slot.is) {
    case 'entity':
      return app.entities.has(name) ? symbol('entity', name) : undefined
    case 'field': {
      const entity = app.entities.get(slot.entity)
      const field = entity?.fields.get(name)
      const known = slot.declares || entity?.computed.has(name) || (field && !field.system)
      return known ? symbol('field', slot.entity, name) : undefined
    }
    case 'option':
      return app.entities.get(slot.entity)?.fields.get(slot.field)?.options?.includes(name)
        ? symbol('option', slot.entity, slot.field, name)
        : undefined
    case 'behavior':
      return app.entities.get(slot.entity)?.behaviors.has(name) ? symbol('behavior', slot.entity, name) : undefined
    case 'input':
      return symbol('input', slot.entity, slot.behavior, name)
    case 'event':
      return name === 'schedule' ? undefined : symbol('event', name)
    case 'view':
    case 'workflow':
      return symbol(slot.is, name)
    default:
      return undefined
  }
}

function addSite({ kind, node, path, scope }: Site, app: App, add: Add): void {
  const query = kind === 'query' ? usesInQuery(node.value, scope.schema) : undefined
  if (query?.entity) {
    const { entity, start, end } = query.entity
    add(symbol('entity', entity), placeInString(node, start, end), false, 'word')
  }
  const uses = query?.uses ?? (kind === 'template' ? usesInTemplate(node.value, scope) : usesIn(node.value, scope))
  for (const { meaning, start, end } of uses) {
    const declares = meaning.is === 'parameter' && meaning.declared.start === start
    add(symbolOfMeaning(meaning, path, node, app), placeInString(node, start, end), declares, 'word')
  }
}

/** The symbol that a name in an expression means; `owner` is a word of the language, not the field's name. */
function symbolOfMeaning(meaning: Meaning, path: Path, node: StringNode, app: App): Named | undefined {
  switch (meaning.is) {
    case 'field':
      return symbolOf({ is: 'field', entity: meaning.entity }, meaning.field, app)
    case 'slot':
      return meaning.source === 'input' ? inputSymbol(path, meaning.field) : undefined
    case 'option': {
      const { of, option } = meaning
      return of.is === 'field' ? symbolOf({ is: 'option', entity: of.entity, field: of.field }, option, app) : undefined
    }
    case 'parameter': {
      const at = placeInString(node, meaning.declared.start, meaning.declared.end)
      return { ...symbol('parameter', at.file, String(at.start), meaning.name) }
    }
    default:
      return undefined
  }
}

/** The input that an expression of a behavior, or of its permission, speaks of. */
function inputSymbol([room, entity, part, behavior]: Path, field: string): Named | undefined {
  const known = room === 'entities' && (part === 'behaviors' || part === 'permissions')
  return known ? symbol('input', String(entity), String(behavior), field) : undefined
}
