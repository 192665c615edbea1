// Fixes that add what is missing: a field, an entity, a permission, a key.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { codes } from '../../runtime/truth/codes.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { childOf, type Node, nodeAt, type Path, pathText } from '../../runtime/truth/node.ts'
import { keysAt } from '../shapes.ts'
import type { Action } from './action.ts'
import { capabilityFixes } from './action-capability.ts'
import { blankFor } from './blanks.ts'
import { pathIn } from './diagnostic-path.ts'
import { type Edit, keyInsertion, type ObjectNode } from './edits.ts'
import { fieldFor } from './field-for.ts'
import { siteAt } from './locate.ts'
import type { Span } from './span.ts'

const objectAt = (root: Node, path: Path): ObjectNode | undefined => {
  const node = nodeAt(root, path)
  return node?.kind === 'object' ? node : undefined
}

export function additionsFor(analysis: Analysis, diagnostic: Diagnostic, span: Span): readonly Action[] {
  const { root } = analysis
  if (!root) return []
  const path = pathIn(root, diagnostic.path)
  switch (diagnostic.code) {
    case codes.unknownEntity.id:
      return newEntity(analysis, root, diagnostic)
    case codes.unreachable.id:
      return newPermissions(analysis, root, diagnostic, path)
    case codes.updateWiderThanRead.id:
      return readPermission(analysis, root, diagnostic, path)
    case codes.missingKey.id:
      return missingKey(analysis, root, diagnostic, path)
    default:
      return [...capabilityFixes(analysis, diagnostic, path, span), ...newField(analysis, root, diagnostic, path, span)]
  }
}

/** An action that inserts an entry into the object at a path, where there is one that lacks it. */
function insertion(
  analysis: Analysis,
  root: Node,
  diagnostic: Diagnostic,
  title: string,
  path: Path,
  name: string,
  value: string,
): Action[] {
  const object = objectAt(root, path)
  if (!object || object.entries.has(name) || isMisspelt(analysis, root, path, name)) return []
  const edits: Edit[] = [keyInsertion(object, analysis.files, `${name}: ${value}`)]
  return [{ title, kind: 'quickfix', diagnostic, edits }]
}

/** Whether a key that is there was meant to be this one. */
const isMisspelt = ({ diagnostics }: Analysis, root: Node, at: Path, key: string): boolean =>
  diagnostics.some(
    ({ code, suggestions, path }) =>
      code === codes.unknownKey.id &&
      suggestions?.some(({ edits }) => edits[0]?.text === key) &&
      pathText(pathIn(root, path).slice(0, -1)) === pathText(at),
  )

function newEntity(analysis: Analysis, root: Node, diagnostic: Diagnostic): Action[] {
  const [, name] = /^Unknown entity `([A-Za-z]\w*)`/.exec(diagnostic.message) ?? []
  if (!name) return []
  // People sign in with their address.
  const field = diagnostic.path === 'settings.auth.entity' ? 'email' : 'name'
  const entity = `{ fields: { ${field}: 'string' }, permissions: { read: 'authenticated' } }`
  return insertion(analysis, root, diagnostic, `Add the entity \`${name}\``, ['entities'], name, entity)
}

const everybody = ['create', 'read', 'update', 'delete'].map((action) => `${action}: 'authenticated'`).join(', ')

function newPermissions(analysis: Analysis, root: Node, diagnostic: Diagnostic, path: Path): Action[] {
  const title = 'Let everybody who is signed in read and write it'
  const permissions = objectAt(root, [...path, 'permissions'])
  if (permissions?.entries.size === 0)
    return [{ title, kind: 'quickfix', diagnostic, edits: [keyInsertion(permissions, analysis.files, everybody)] }]
  return insertion(analysis, root, diagnostic, title, path, 'permissions', `{ ${everybody} }`)
}

/** Who may change rows that nobody may see, may see them too. */
function readPermission({ files, ...analysis }: Analysis, root: Node, diagnostic: Diagnostic, path: Path): Action[] {
  const rule = nodeAt(root, path)
  const permissions = path.slice(0, -1)
  if (!rule || (rule.kind !== 'string' && rule.kind !== 'boolean')) return []
  const literal = files.get(rule.place.file)?.slice(rule.place.start, rule.place.end)
  const title = `Let those read it who may \`${String(path.at(-1))}\` it`
  return literal ? insertion({ files, ...analysis }, root, diagnostic, title, permissions, 'read', literal) : []
}

function missingKey(analysis: Analysis, root: Node, diagnostic: Diagnostic, path: Path): Action[] {
  const { draft: app } = analysis
  // An action that lacks its `type` is named itself.
  const whole = typeof path.at(-1) === 'number' ? [...path, 'type'] : path
  const [at, key] = [whole.slice(0, -1), String(whole.at(-1))]
  const object = objectAt(root, at)
  const shape = keysAt(root, at)?.[key]?.shape
  if (!app || !object || !shape) return []
  const value = blankFor({ app, root, path: at, object, shape }, key)
  return value === undefined ? [] : insertion(analysis, root, diagnostic, `Add \`${key}\``, at, key, value)
}

/** Words of JavaScript, which nobody means as fields, and those that expressions have for something else. */
const foreign =
  /^(?:Date|Math|await|const|function|if|let|new|return|typeof|var|authenticated|entity|event|input|next|now|previous|user)$/

function newField(analysis: Analysis, root: Node, diagnostic: Diagnostic, path: Path, { start }: Span): Action[] {
  const found = siteAt(analysis, diagnostic.file, start)
  const site = found && pathText(found.site.path) === diagnostic.path ? found.site : undefined
  const [, bare] = /^Unknown name `([A-Za-z]\w*)`/.exec(diagnostic.message) ?? []
  const [, field, of] = /^Unknown field `([A-Za-z]\w*)` on (\w+)\b/.exec(diagnostic.message) ?? []
  const [name, entity] = bare && site ? [bare, site.scope.entity] : [field, of]
  if (!name || !entity || foreign.test(name)) return []
  const value = fieldFor(analysis, entity, name, path, site)
  if (value === undefined || !childOf(nodeAt(root, ['entities', entity]), 'fields')) return []
  const title = `Add the field \`${name}\` to ${entity}`
  return insertion(analysis, root, diagnostic, title, ['entities', entity, 'fields'], name, value)
}
