// What is written for a key that is missing: something that fits, as far as the app tells what could.

import { closest } from '../../expr/closest.ts'
import type { App } from '../../runtime/truth/app.ts'
import { entityOfQuery } from '../../runtime/truth/model/dashboards.ts'
import { textAt } from '../../runtime/truth/model/take.ts'
import { childOf, type Node, nodeAt, type Path } from '../../runtime/truth/node.ts'
import { actionKeys } from '../../runtime/truth/shape/app.ts'
import type { Shape } from '../../runtime/truth/shape/shape.ts'
import { isFree, isOfOneRow, segmentOf } from '../addresses.ts'
import { fitsPath } from '../slots.ts'
import type { ObjectNode } from './edits.ts'
import { escapeFor } from './proposal.ts'

type About = {
  readonly app: App
  readonly root: Node
  readonly path: Path
  readonly object: ObjectNode
  readonly shape: Shape
}
type Blank = (about: About) => string | undefined

const quoted = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `'${escapeFor("'", text)}'`

/** The entity that a name speaks of, else the first one. */
function entityFor(app: App, name: string): string | undefined {
  const names = [...app.entities.keys()]
  const within = names.filter((one) => name.toLowerCase().includes(one.toLowerCase()))
  return within.sort((a, b) => b.length - a.length)[0] ?? closest(name, names) ?? names[0]
}

const viewTypes: readonly (readonly [key: string, type: string])[] = [
  ['metrics', 'dashboard'],
  ['widgets', 'dashboard'],
  ['groupBy', 'kanban'],
  ['dateField', 'calendar'],
  ['mode', 'form'],
]

/** A view's type by what else is said of it; without anything, a list of the entity that its name speaks of. */
const viewType: Blank = ({ app, path, object }) => {
  const told = viewTypes.find(([key]) => object.entries.has(key))?.[1]
  if (told !== undefined && (told === 'dashboard' || object.entries.has('entity'))) return quoted(told)
  if (object.entries.has('entity')) return /\/:id\b/.test(textAt(object, 'route') ?? '') ? "'detail'" : "'list'"
  const entity = entityFor(app, String(path[1]))
  return entity === undefined ? undefined : `'${told ?? 'list'}', entity: '${entity}'`
}

function route({ app, path, object }: About): string {
  const view = String(path[1])
  const rest = isOfOneRow(textAt(object, 'type'), textAt(object, 'mode')) ? '/:id' : ''
  for (let number = 1; ; number++) {
    const own = `/${segmentOf(view)}${number === 1 ? '' : `-${number}`}${rest}`
    if (isFree(app, own, view)) return own
  }
}

/** The one that the view's query asks for, else the one that its name speaks of. */
const viewEntity: Blank = ({ app, path, object }) => {
  const asked = entityOfQuery(childOf(object, 'data')) ?? ''
  return quoted(app.entities.has(asked) ? asked : entityFor(app, String(path[1])))
}

const trigger: Blank = ({ app, path }) => {
  const entity = entityFor(app, String(path[1]))
  return quoted(entity && `${entity}.created`)
}

/** The row that an action is about: the one of the event, where it is of that entity. */
const rowId: Blank = ({ root, path, object }) => {
  const [entity = ''] = (textAt(nodeAt(root, path.slice(0, 2)), 'trigger') ?? '').split('.')
  return entity !== '' && entity === textAt(object, 'entity') ? "'${entity.id}'" : undefined
}

/** The kind of action that has all that it needs in what is there. */
function actionType(object: ObjectNode): string {
  const given = [...object.entries.keys()]
  const fits = Object.entries(actionKeys).find(
    ([, keys]) =>
      given.length > 0 &&
      given.every((key) => Object.hasOwn(keys, key)) &&
      Object.entries(keys).every(([key, { required }]) => !required || given.includes(key)),
  )
  return fits ? `'${fits[0]}'` : object.entries.has('message') ? "'log'" : "'log', message: 'It happened'"
}

/** By where the object stands, `*` for any name, and the key. */
const blanks: { readonly [path: string]: Blank } = {
  name: () => "'App'",
  'entities.*.fields.*.type': () => "'string'",
  'entities.*.fields.*.to': ({ app, path }) => quoted(entityFor(app, String(path[3]))),
  'entities.*.behaviors.*.input.*.type': () => "'string'",
  'entities.*.behaviors.*.input.*.to': ({ app, path }) => quoted(entityFor(app, String(path[5]))),
  'views.*.type': viewType,
  'views.*.route': (about) => quoted(route(about)),
  'views.*.entity': viewEntity,
  'workflows.*.trigger': trigger,
  'workflows.*.schedule': () => "'0 8 * * *'",
  'workflows.*.trigger.schedule': () => "'0 8 * * *'",
  'workflows.*.actions.*.type': ({ object }) => actionType(object),
  'workflows.*.actions.*.url': () => "'https://example.org'",
  'workflows.*.actions.*.to': () => "'somebody@example.org'",
  'workflows.*.actions.*.subject': () => "'It happened'",
  'workflows.*.actions.*.message': () => "'It happened'",
  'workflows.*.actions.*.entity': ({ app, path }) => quoted(entityFor(app, String(path[1]))),
  'workflows.*.actions.*.event': ({ path }) => `'${String(path[1])}.done'`,
  'workflows.*.actions.*.id': rowId,
  'workflows.*.actions.*.set': () => undefined,
}

const byLength = Object.entries(blanks).map(([path, blank]) => ({ parts: path.split('.'), blank }))

/** The text of a value for a missing key; undefined where nothing is known to fit. */
export function blankFor(about: About, key: string): string | undefined {
  const path = [...about.path, key]
  const row = byLength.find(({ parts }) => fitsPath(parts, path))
  return row ? row.blank(about) : ofShape(about.shape)
}

function ofShape(shape: Shape): string | undefined {
  if (shape.is === 'list') return shape.nonEmpty ? undefined : '[]'
  if (shape.is === 'object' || shape.is === 'named') return '{}'
  if (shape.is === 'flag') return 'true'
  if (shape.is === 'number') return String(shape.least ?? 0)
  return shape.is === 'text' ? quoted(shape.choices?.[0]) : undefined
}
