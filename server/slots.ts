// Which of the app's names stand where: the one table behind completion, definition, references and rename.

import type { App, Field } from '../runtime/truth/app.ts'
import { measures } from '../runtime/truth/measures.ts'
import { entityOfQuery } from '../runtime/truth/model/dashboards.ts'
import { textAt } from '../runtime/truth/model/take.ts'
import { childOf, type Node, nodeAt, type Path } from '../runtime/truth/node.ts'

export type Slot = { readonly declares?: boolean } & (
  | { readonly is: 'entity' }
  | { readonly is: 'field'; readonly entity: string }
  | { readonly is: 'option'; readonly entity: string; readonly field: string }
  | { readonly is: 'behavior'; readonly entity: string }
  | { readonly is: 'input'; readonly entity: string; readonly behavior: string }
  | { readonly is: 'event' }
  | { readonly is: 'view' }
  | { readonly is: 'workflow' }
  | { readonly is: 'field type' }
)

type Names = readonly string[]
type Find = (app: App, root: Node, names: Names) => Slot | undefined

const field: Find = (_, __, [entity = '']) => ({ is: 'field', entity })
const ofEntity = (_: App, root: Node, path: Path): string | undefined => textAt(nodeAt(root, path), 'entity')

/** The fields of the entity that an action or a view is about. */
const fieldOf =
  (...path: Path): Find =>
  (app, root, names) => {
    const at = path.map((part) => (typeof part === 'number' ? (names[part] ?? '') : part))
    const entity = ofEntity(
      app,
      root,
      at.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    )
    return entity === undefined ? undefined : { is: 'field', entity }
  }

const optionOf = (field: Field | undefined, entity: string | undefined): Slot | undefined =>
  field?.type === 'enum' && entity !== undefined ? { is: 'option', entity, field: field.name } : undefined

const optionIn: Find = (app, _, [entity = '', name = '']) =>
  optionOf(app.entities.get(entity)?.fields.get(name), entity)

/** Whether a path is the one that the parts of another describe, with `*` for names and places in lists. */
export const fitsPath = (parts: readonly string[], path: Path): boolean =>
  parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index])

/** Paths with `*` for the user's own names, which are handed to the function in order. */
type Row = readonly [path: string, find: Slot | Find]

const keyRows: readonly Row[] = [
  ['entities.*', { is: 'entity', declares: true }],
  ['entities.*.fields.*', (_, __, [entity = '']) => ({ is: 'field', entity, declares: true })],
  ['entities.*.computed.*', (_, __, [entity = '']) => ({ is: 'field', entity, declares: true })],
  ['entities.*.behaviors.*', (_, __, [entity = '']) => ({ is: 'behavior', entity, declares: true })],
  [
    'entities.*.behaviors.*.input.*',
    (_, __, [entity = '', behavior = '']) => ({ is: 'input', entity, behavior, declares: true }),
  ],
  ['entities.*.behaviors.*.set.*', field],
  ['entities.*.behaviors.*.fields.*', field],
  ['entities.*.behaviors.*.modifies.*', field],
  ['entities.*.permissions.*', (_, __, [entity = '']) => ({ is: 'behavior', entity })],
  ['views.*', { is: 'view', declares: true }],
  ['workflows.*', { is: 'workflow', declares: true }],
  ['workflows.*.actions.*.set.*', fieldOf('workflows', 0, 'actions', 1)],
  ['views.*.filters.*', fieldOf('views', 0)],
]

const behaviorOfView: Find = (app, root, [view = '']) => {
  const entity = ofEntity(app, root, ['views', view])
  return entity === undefined ? undefined : { is: 'behavior', entity }
}
const behavior: Find = (_, __, [entity = '']) => ({ is: 'behavior', entity })
const fieldOfView = fieldOf('views', 0)

const isIndex = (name: string): boolean => /^\d+$/.test(name)

/** Names of fields in a list, or values by field. */
const filter: Find = (app, root, names) => {
  const [view = '', name = ''] = names
  const entity = ofEntity(app, root, ['views', view])
  if (entity === undefined) return undefined
  return isIndex(name) ? { is: 'field', entity } : optionOf(app.entities.get(entity)?.fields.get(name), entity)
}

/** The fields of the entity that a part of a dashboard asks for. */
const ofPart =
  (key: string): Find =>
  (_, root, [view = '', part = '']) => {
    const node = nodeAt(root, ['views', view, key, isIndex(part) ? Number(part) : part])
    const entity = entityOfQuery(childOf(node, 'data'))
    return entity === undefined ? undefined : { is: 'field', entity }
  }

/** In a list of sections the fields have a key of their own, in sections by name they have none. */
const inSection: Find = (_, __, [entity = '', , last = '']) => (isIndex(last) ? { is: 'field', entity } : undefined)

const inverse: Find = (_, root, [entity = '', name = '']) => {
  const to = textAt(nodeAt(root, ['entities', entity, 'fields', name]), 'to')
  return to === undefined ? undefined : { is: 'field', entity: to }
}

const optionOfAction: Find = (app, root, [workflow = '', index = '', name = '']) => {
  const entity = ofEntity(app, root, ['workflows', workflow, 'actions', Number(index)])
  return optionOf(app.entities.get(entity ?? '')?.fields.get(name), entity)
}

const setRows = ['set', 'fields', 'modifies'].map(
  (key): Row => [
    `entities.*.behaviors.*.${key}.*`,
    (app, root, [entity = '', , name = '']) => optionIn(app, root, [entity, name]),
  ],
)

const valueRows: readonly Row[] = [
  ['entities.*.owner', field],
  ...['indexes.*.*', 'unique.*.*'].map((path): Row => [`entities.*.${path}`, field]),
  ...[
    'list.columns',
    'list.sortable',
    'list.filterable',
    'list.searchable',
    'form.fields',
    'display.metadata',
    'display.secondary',
    'display.badge',
  ].map((path): Row => [`entities.*.ui.${path}.*`, field]),
  ...['primary', 'secondary', 'badge', 'color', 'avatar'].map((key): Row => [`entities.*.ui.display.${key}`, field]),
  ['entities.*.ui.list.actions.*', behavior],
  ['entities.*.ui.detail.actions.*', behavior],
  ['entities.*.fields.*', { is: 'field type' }],
  ['entities.*.fields.*.type', { is: 'field type' }],
  ['entities.*.behaviors.*.input.*', { is: 'field type' }],
  ['entities.*.behaviors.*.input.*.type', { is: 'field type' }],
  ['entities.*.behaviors.*.input.*.to', { is: 'entity' }],
  ['entities.*.fields.*.to', { is: 'entity' }],
  ['entities.*.fields.*.inverse', inverse],
  ...['options', 'values'].map(
    (key): Row => [
      `entities.*.fields.*.${key}.*`,
      (_, __, [entity = '', name = '']) => ({ is: 'option', entity, field: name, declares: true }),
    ],
  ),
  ['entities.*.fields.*.renamedOptions.*', optionIn],
  ['entities.*.fields.*.default', optionIn],
  ['entities.*.fields.*.default.*', optionIn],
  ...setRows,
  ['entities.*.behaviors.*.emits', { is: 'event', declares: true }],
  ['entities.*.behaviors.*.emits.*', { is: 'event', declares: true }],
  ['views.*.entity', { is: 'entity' }],
  ...['columns.*', 'cardFields.*', 'groupBy', 'dateField', 'titleField', 'colorField'].map(
    (path): Row => [`views.*.${path}`, fieldOfView],
  ),
  ['views.*.filters.*', filter],
  ...measures.map((key): Row => [`views.*.metrics.*.${key}`, ofPart('metrics')]),
  ['views.*.widgets.*.columns.*', ofPart('widgets')],
  ...['form', 'detail'].flatMap((key): Row[] => [
    [`entities.*.ui.${key}.sections.*.fields.*`, field],
    [`entities.*.ui.${key}.sections.*.*`, inSection],
  ]),
  ['views.*.actions.*', behaviorOfView],
  ['workflows.*.trigger', { is: 'event' }],
  ['workflows.*.actions.*.entity', { is: 'entity' }],
  ['workflows.*.actions.*.event', { is: 'event', declares: true }],
  ['workflows.*.actions.*.set.*', optionOfAction],
  ['settings.auth.entity', { is: 'entity' }],
]

type Compiled = { readonly parts: readonly string[]; readonly find: Slot | Find }

function byLength(rows: readonly Row[]): ReadonlyMap<number, readonly Compiled[]> {
  const table = new Map<number, Compiled[]>()
  for (const [path, find] of rows) {
    const parts = path.split('.')
    table.set(parts.length, [...(table.get(parts.length) ?? []), { parts, find }])
  }
  return table
}

const keyTable = byLength(keyRows)
const valueTable = byLength(valueRows)

function slotIn(table: typeof keyTable, app: App, root: Node, path: Path): Slot | undefined {
  for (const { parts, find } of table.get(path.length) ?? []) {
    if (!fitsPath(parts, path)) continue
    const names = path.filter((_, index) => parts[index] === '*').map(String)
    const slot = typeof find === 'function' ? find(app, root, names) : find
    if (slot) return slot
  }
  return undefined
}

/** What the key at a path names. */
export const slotOfKey = (app: App, root: Node, path: Path): Slot | undefined => slotIn(keyTable, app, root, path)

/** What the text at a path names. */
export const slotOfValue = (app: App, root: Node, path: Path): Slot | undefined => slotIn(valueTable, app, root, path)
