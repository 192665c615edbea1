// Completion of values in the literal: choices, names of entities, fields, events, options, field types.

import type { App } from '../../runtime/truth/app.ts'
import type { LiteralCursor } from '../../runtime/truth/cursor.ts'
import { type Node, nodeAt, type Path } from '../../runtime/truth/node.ts'
import type { Shape } from '../../runtime/truth/shape/shape.ts'
import { namesFor } from '../names.ts'
import { shapesAt } from '../shapes.ts'
import { type Slot, slotOfValue } from '../slots.ts'
import { routeNames } from './completion-routes.ts'
import { escapeFor, type Proposal, type ProposalKind } from './proposal.ts'

type ValueCursor = LiteralCursor & { readonly at: 'text' | 'value' }
type Value = {
  readonly name: string
  readonly detail: string
  readonly doc?: string
  readonly kind: ProposalKind
  readonly rank?: number
}

export function valueProposals(app: App, root: Node, cursor: ValueCursor, text: string): readonly Proposal[] {
  const { path, start, end } = cursor
  const shapes = shapesAt(root, path)
  const texts = textsAt(app, root, path, shapes)
  const taken = takenAround(root, path)
  const outer = cursor.at === 'text' ? (text[start - 1] ?? "'") : "'"
  const inQuotes = texts
    .filter(({ name }) => !taken.has(name))
    .map(({ name, detail, doc, kind, rank = 0 }): Proposal => {
      const written = escapeFor(outer, name)
      const insert = cursor.at === 'text' ? written : `'${written}'`
      return {
        label: cursor.at === 'text' ? name : `'${name}'`,
        kind,
        detail,
        ...(doc && { doc }),
        insert,
        start,
        end,
        rank,
      }
    })
  return cursor.at === 'text' ? inQuotes : [...inQuotes, ...plainValues(app, path, shapes, start, end)]
}

/** The other elements of a list of names: none is proposed twice. */
function takenAround(root: Node, path: Path): ReadonlySet<string> {
  const index = path.at(-1)
  const list = typeof index === 'number' ? nodeAt(root, path.slice(0, -1)) : undefined
  if (list?.kind !== 'list') return new Set()
  return new Set(list.items.flatMap((item, at) => (item.kind === 'string' && at !== index ? [item.value] : [])))
}

const kindOf: Readonly<Record<Slot['is'], ProposalKind>> = {
  entity: 'entity',
  field: 'field',
  option: 'option',
  behavior: 'behavior',
  input: 'field',
  event: 'event',
  view: 'value',
  workflow: 'value',
  'field type': 'value',
}

function textsAt(app: App, root: Node, path: Path, shapes: readonly Shape[]): readonly Value[] {
  const choices = shapes.flatMap((shape) => (shape.is === 'text' ? (shape.choices ?? []) : []))
  const fixed = choices.map((name): Value => ({ name, detail: 'choice', kind: 'value' }))
  const slot = slotOfValue(app, root, path)
  const isDefinition = slot?.declares && slot.is !== 'event'
  const names =
    slot && !isDefinition ? namesFor(slot, app, path).map((one): Value => ({ ...one, kind: kindOf[slot.is] })) : []
  return [...fixed, ...names, ...ownActions(path), ...fillers(app, path), ...routeNames(app, root, path)]
}

/** What a page offers besides behaviors. */
function ownActions(path: Path): readonly Value[] {
  const [room, , part, page, key] = path.map(String)
  const isOffer =
    (room === 'views' && part === 'actions' && path.length === 4) ||
    (room === 'entities' &&
      part === 'ui' &&
      /^(?:list|detail)$/.test(page ?? '') &&
      key === 'actions' &&
      path.length === 6)
  const names = isOffer ? ['create', 'update', 'delete'] : []
  return names.map((name) => ({ name, detail: 'of every row', kind: 'value', rank: 1 }))
}

/** The words that the runtime fills in, in `default` and `set`, and the word for a cron line. */
function fillers(app: App, path: Path): readonly Value[] {
  const [room, entity = '', part, name = '', key, target = ''] = path.map(String)
  if (room === 'workflows' && part === 'trigger')
    return [
      { name: 'schedule', detail: 'at set times', doc: 'Needs a cron line in `schedule`.', kind: 'value', rank: 1 },
    ]
  if (room !== 'entities') return []
  const isDefault = part === 'fields' && key === 'default'
  const isSet = part === 'behaviors' && (key === 'set' || key === 'fields' || key === 'modifies')
  if (!isDefault && !isSet) return []
  const field = app.entities.get(entity)?.fields.get(isDefault ? name : target)
  if (field?.type === 'date' || field?.type === 'datetime')
    return [{ name: 'now', detail: 'the present time', kind: 'value' }]
  if (field?.type === 'relation' && field.relation?.to === app.settings.auth.entity)
    return [{ name: 'user', detail: 'who is signed in', kind: 'value' }]
  return field?.type === 'uuid' && isDefault ? [{ name: 'auto', detail: 'a new UUID', kind: 'value' }] : []
}

/** Values that are no texts: `true` and `false`, an empty list or object to go on in. */
function plainValues(app: App, path: Path, shapes: readonly Shape[], start: number, end: number): Proposal[] {
  const plain = (label: string, insert = label, rank = 1): Proposal => ({
    label,
    kind: 'keyword',
    detail: '',
    insert,
    start,
    end,
    rank,
  })
  const [room, entity = '', part, name = '', key, target = ''] = path.map(String)
  const own = app.entities.get(entity)?.fields
  const isSet = part === 'behaviors' && (key === 'set' || key === 'fields' || key === 'modifies')
  const field =
    room !== 'entities'
      ? undefined
      : isSet
        ? own?.get(target)
        : part === 'fields' && key === 'default'
          ? own?.get(name)
          : undefined
  if (field?.type === 'boolean') return [plain('true', 'true', 0), plain('false', 'false', 0)]
  return shapes.flatMap((shape) => {
    if (shape.is === 'flag') return [plain('true', 'true', 0), plain('false', 'false', 0)]
    if (shape.is === 'expression') return [plain("'…'", "'$0'", 0), plain('true'), plain('false')]
    if (shape.is === 'list') return [plain('[…]', shape.of.is === 'text' ? "['$0']" : '[$0]')]
    return shape.is === 'object' || shape.is === 'named' ? [plain('{…}', '{ $0 }')] : []
  })
}
