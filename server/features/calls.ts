// Who starts which workflow: behaviors, rows of entities, and other workflows, by the events that they emit. The editor
// shows it as a hierarchy of calls.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import { insideQuotes } from '../../runtime/truth/literal.ts'
import { childOf, type Node, nodeAt, type Path, type Place } from '../../runtime/truth/node.ts'
import { type RowEvent, rowEvents } from '../../runtime/truth/row-events.ts'
import { type Occurrence, occurrencesIn, symbol } from '../occurrences.ts'

export type CallKind = 'behavior' | 'entity' | 'workflow'

/** Something that starts workflows, or is one. */
export type CallItem = {
  readonly kind: CallKind
  readonly path: readonly string[]
  readonly name: string
  /** What starts it, or where it belongs. */
  readonly detail: string
  /** Its name, where it is declared. */
  readonly place: Place
}

export type Call = {
  readonly item: CallItem
  /** Where the caller names the event; without such a place, the caller itself. */
  readonly places: readonly Place[]
}

type Edge = { readonly from: string; readonly to: string; readonly place: Place | undefined }

const idOf = (kind: CallKind, ...path: readonly string[]): string => symbol(kind, ...path).id

/** The texts of a node: itself, or its elements. */
function textsOf(node: Node | undefined): readonly (readonly [text: string, place: Place])[] {
  if (node?.kind === 'string') return [[node.value, insideQuotes(node)]]
  return node?.kind === 'list' ? node.items.flatMap(textsOf) : []
}

/** What behaviors and actions of these types do to a row. */
const changes: ReadonlyMap<string, RowEvent> = new Map([
  ['create', 'created'],
  ['update', 'updated'],
  ['delete', 'deleted'],
])

/** Every event that somebody emits, with where it is named. */
function emitted(app: App, root: Node): readonly { from: string; event: string; place: Place | undefined }[] {
  const at = (...path: Path): Node | undefined => nodeAt(root, path)
  const found: { from: string; event: string; place: Place | undefined }[] = []
  for (const [entity, { behaviors, softDelete }] of app.entities) {
    for (const event of rowEvents({ softDelete }))
      found.push({ from: idOf('entity', entity), event: `${entity}.${event}`, place: undefined })
    for (const { name, type } of behaviors.values()) {
      const from = idOf('behavior', entity, name)
      const change = changes.get(type)
      if (change) found.push({ from, event: `${entity}.${change}`, place: undefined })
      for (const [event, place] of textsOf(at('entities', entity, 'behaviors', name, 'emits')))
        found.push({ from, event, place })
    }
  }
  for (const name of app.workflows.keys()) {
    const from = idOf('workflow', name)
    const actions = at('workflows', name, 'actions')
    for (const action of actions?.kind === 'list' ? actions.items : []) {
      for (const [event, place] of textsOf(childOf(action, 'event'))) found.push({ from, event, place })
      const [type] = textsOf(childOf(action, 'type'))[0] ?? []
      const change = changes.get(type ?? '')
      if (!change) continue
      for (const [entity, place] of textsOf(childOf(action, 'entity')))
        found.push({ from, event: `${entity}.${change}`, place })
    }
  }
  return found
}

type Graph = { readonly items: ReadonlyMap<string, CallItem>; readonly edges: readonly Edge[] }

const kept = new WeakMap<Analysis, Graph>()

function graphOf(analysis: Analysis): Graph {
  const known = kept.get(analysis)
  if (known) return known
  const { draft: app, root } = analysis
  const items = new Map<string, CallItem>()
  if (!app || !root) return { items, edges: [] }
  for (const { symbol: named, declares, place } of occurrencesIn(analysis)) {
    if (!declares || items.has(named.id)) continue
    const { kind, path, name } = named
    if (kind !== 'behavior' && kind !== 'entity' && kind !== 'workflow') continue
    const detail =
      kind === 'workflow' ? (app.workflows.get(name)?.trigger ?? '') : kind === 'behavior' ? (path[0] ?? '') : ''
    items.set(named.id, { kind, path, name, detail, place })
  }
  const edges = emitted(app, root).flatMap(({ from, event, place }) =>
    [...app.workflows.values()]
      .filter(({ trigger }) => trigger === event)
      .map(({ name }) => ({ from, to: idOf('workflow', name), place })),
  )
  const graph = { items, edges }
  kept.set(analysis, graph)
  return graph
}

const covers = (place: Place, file: string, offset: number): boolean =>
  place.file === file && place.start <= offset && offset <= place.end

/** What the hierarchy of a place begins with: the thing named there, or the workflows that an event starts. */
export function callItemsAt(analysis: Analysis, file: string, offset: number): readonly CallItem[] {
  const { items } = graphOf(analysis)
  const found = occurrencesIn(analysis).find(({ place }: Occurrence) => covers(place, file, offset))
  if (!found) return []
  const { kind, name, id } = found.symbol
  if (kind !== 'event') return [items.get(id)].filter((item) => item !== undefined)
  return [...items.values()].filter((item) => item.kind === 'workflow' && item.detail === name)
}

function calls(graph: Graph, edges: readonly Edge[], other: (edge: Edge) => string): readonly Call[] {
  const places = new Map<string, Place[]>()
  for (const edge of edges) {
    const known = places.get(other(edge)) ?? []
    const from = edge.place ?? graph.items.get(edge.from)?.place
    places.set(other(edge), from ? [...known, from] : known)
  }
  return [...places].flatMap(([id, at]) => {
    const item = graph.items.get(id)
    return item ? [{ item, places: at }] : []
  })
}

/** Who starts this workflow. */
export function incomingCalls(analysis: Analysis, item: Pick<CallItem, 'kind' | 'path'>): readonly Call[] {
  const graph = graphOf(analysis)
  const id = idOf(item.kind, ...item.path)
  return calls(
    graph,
    graph.edges.filter(({ to }) => to === id),
    ({ from }) => from,
  )
}

/** The workflows that this starts. */
export function outgoingCalls(analysis: Analysis, item: Pick<CallItem, 'kind' | 'path'>): readonly Call[] {
  const graph = graphOf(analysis)
  const id = idOf(item.kind, ...item.path)
  return calls(
    graph,
    graph.edges.filter(({ from }) => from === id),
    ({ to }) => to,
  )
}
