// Fixes that add what is missing: a field, an entity, a permission, a key.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { codes } from '../../runtime/truth/codes.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { type Node, nodeAt, type Path } from '../../runtime/truth/node.ts'
import type { Shape } from '../../runtime/truth/shape/shape.ts'
import { keysAt } from '../shapes.ts'
import type { Action } from './action.ts'
import { type Edit, keyInsertion } from './edits.ts'

type ObjectNode = Node & { readonly kind: 'object' }

const objectAt = (root: Node, path: Path): ObjectNode | undefined => {
  const node = nodeAt(root, path)
  return node?.kind === 'object' ? node : undefined
}

export function additionsFor(analysis: Analysis, diagnostic: Diagnostic): readonly Action[] {
  const { root, files } = analysis
  if (!root) return []
  const action = (title: string, edit: Edit | undefined): Action[] =>
    edit ? [{ title, kind: 'quickfix', diagnostic, edits: [edit] }] : []
  const insert = (path: Path, entry: string): Edit | undefined => {
    const object = objectAt(root, path)
    return object && keyInsertion(object, files, entry)
  }
  const [, field, entity] = /^Unknown field `(\w+)` on (\w+)\b/.exec(diagnostic.message) ?? []
  if (field && entity) {
    return action(
      `Add the field \`${field}\` to ${entity}`,
      insert(['entities', entity, 'fields'], `${field}: { type: 'string' }`),
    )
  }
  const [, unknown] = /^Unknown entity `(\w+)`/.exec(diagnostic.message) ?? []
  if (unknown) {
    const entry = `${unknown}: { fields: { name: { type: 'string', required: true } }, permissions: { read: 'authenticated' } }`
    return action(`Add the entity \`${unknown}\``, insert(['entities'], entry))
  }
  const path = diagnostic.path.split('.')
  if (diagnostic.code === codes.unreachable.id) {
    const entry =
      "permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated', delete: 'authenticated' }"
    return action('Let everybody who is signed in read and write it', insert(path.slice(0, 2), entry))
  }
  if (diagnostic.code !== codes.missingKey.id) return []
  const key = path.at(-1) ?? ''
  const at = path.slice(0, -1).flatMap(pathParts)
  const shape = keysAt(root, at)?.[key]?.shape
  return action(`Add \`${key}\``, shape && insert(at, `${key}: ${blank(shape)}`))
}

/** `actions[0]` is two parts of a path. */
function pathParts(part: string): Path {
  const [name = '', ...indexes] = part.split(/[[\]]+/).filter((one) => one !== '')
  return [name, ...indexes.map(Number)]
}

function blank(shape: Shape): string {
  switch (shape.is) {
    case 'list':
      return '[]'
    case 'object':
    case 'named':
      return '{}'
    case 'flag':
      return 'true'
    case 'number':
      return String(shape.least ?? 0)
    case 'either':
      return blank(shape.of[0] ?? { is: 'anything' })
    case 'text':
      return `'${shape.choices?.[0] ?? ''}'`
    default:
      return "''"
  }
}
