// The shape that the tables ask for at a place of the literal: for completion of keys and values, and hover on keys.

import { kinds } from '../runtime/truth/kinds.ts'
import { isFieldType, typeOfNode } from '../runtime/truth/model/fields.ts'
import { textAt } from '../runtime/truth/model/take.ts'
import { type Node, nodeAt, type Path } from '../runtime/truth/node.ts'
import { actionKeys, appKeys } from '../runtime/truth/shape/app.ts'
import { type Key, type Keys, object, type Shape } from '../runtime/truth/shape/shape.ts'

/** The shapes that a value at a path may have; several where the tables offer a choice. */
export function shapesAt(root: Node, path: Path): readonly Shape[] {
  let shapes: readonly Shape[] = [object(appKeys)]
  for (const [index, part] of path.entries()) {
    const action = isAction(path.slice(0, index)) ? actionShape(root, path.slice(0, index)) : undefined
    shapes = (action ? [action] : shapes).flatMap(flat).flatMap((shape) => step(shape, part))
  }
  const action = isAction(path) ? actionShape(root, path) : undefined
  return action ? [action] : shapes.flatMap(flat)
}

const flat = (shape: Shape): readonly Shape[] => (shape.is === 'either' ? shape.of.flatMap(flat) : [shape])

function step(shape: Shape, part: string | number): readonly Shape[] {
  const inList = typeof part === 'number'
  if (shape.is === 'list') return inList ? [shape.of] : []
  if (shape.is === 'named') return inList ? [] : [shape.of]
  if (shape.is !== 'object') return []
  const key = Object.hasOwn(shape.keys, part) ? shape.keys[part] : undefined
  return key ? [key.shape] : []
}

/** `workflows.W.actions.0`: what it may hold depends on its `type`. */
const isAction = (path: Path): boolean => path.length === 4 && path[0] === 'workflows' && path[2] === 'actions'

const typeKey: Key = {
  shape: { is: 'text', choices: Object.keys(actionKeys) },
  doc: 'The kind of action.',
  required: true,
}

function actionShape(root: Node, path: Path): Shape {
  const type = nodeAt(root, [...path, 'type'])
  const keys = type?.kind === 'string' && Object.hasOwn(actionKeys, type.value) ? actionKeys[type.value] : {}
  return object({ type: typeKey, ...keys })
}

const special = new Set(Object.values(kinds).flatMap(({ keys }) => keys))

/** The keys that may stand in an object; of a field, only those that its type takes. */
export function keysAt(root: Node, path: Path): Keys | undefined {
  const shape = shapesAt(root, path).find((one) => one.is === 'object')
  if (shape?.is !== 'object') return undefined
  if (isView(path)) {
    const type = textAt(nodeAt(root, path), 'type')
    return type === undefined || type === 'dashboard' ? shape.keys : without(shape.keys, ofDashboards)
  }
  if (!isField(path)) return shape.keys
  const node = nodeAt(root, path)
  const type = node && typeOfNode(node)
  if (type === undefined || !isFieldType(type)) return shape.keys
  const takes = kinds[type].keys
  return Object.fromEntries(Object.entries(shape.keys).filter(([name]) => !special.has(name) || takes.includes(name)))
}

const ofDashboards: ReadonlySet<string> = new Set(['metrics', 'widgets'])

const without = (keys: Keys, names: ReadonlySet<string>): Keys =>
  Object.fromEntries(Object.entries(keys).filter(([name]) => !names.has(name)))

const isView = (path: Path): boolean => path.length === 2 && path[0] === 'views'

const isField = (path: Path): boolean =>
  path[0] === 'entities' &&
  ((path.length === 4 && path[2] === 'fields') || (path.length === 6 && path[2] === 'behaviors' && path[4] === 'input'))

/** What the tables say of the key at a path. */
export function keyAt(root: Node, path: Path): Key | undefined {
  const keys = keysAt(root, path.slice(0, -1))
  const name = String(path.at(-1))
  return keys && Object.hasOwn(keys, name) ? keys[name] : undefined
}
