// Fixes for conditions such as `canPublish`, which name an ability that nobody has: leave it to the permission, or make
// it a field of whoever is signed in.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { writtenIn } from '../../runtime/truth/literal.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { nodeAt, type Path, pathText } from '../../runtime/truth/node.ts'
import type { Action } from './action.ts'
import { keyInsertion, keyRemoval } from './edits.ts'
import { withField } from './field-for.ts'
import { siteAt } from './locate.ts'
import { problemsOf } from './problems.ts'
import type { Span } from './span.ts'

const ability = /^Unknown name `((?:can|may|is|has)[A-Z]\w*)`/

export function capabilityFixes(
  analysis: Analysis,
  diagnostic: Diagnostic,
  path: Path,
  { start, end }: Span,
): readonly Action[] {
  const [, name] = ability.exec(diagnostic.message) ?? []
  const found = siteAt(analysis, diagnostic.file, start)
  if (!name || found?.site.kind !== 'expression' || pathText(found.site.path) !== diagnostic.path) return []
  return [
    ...leftToPermission(analysis, diagnostic, path, name),
    ...ofUser(analysis, diagnostic, found, name, { start, end }),
  ]
}

/** `requires: 'canPublish'` beside `permissions: { publish: … }`. */
function leftToPermission({ root, files }: Analysis, diagnostic: Diagnostic, path: Path, name: string): Action[] {
  const [entities = '', entity = '', behaviors, behavior = '', key = ''] = path.map(String)
  if (!root || behaviors !== 'behaviors' || key !== 'requires') return []
  const node = nodeAt(root, path)
  const holder = nodeAt(root, path.slice(0, -1))
  const granted = nodeAt(root, [entities, entity, 'permissions', behavior])
  if (node?.kind !== 'string' || node.value.trim() !== name || holder?.kind !== 'object' || !granted) return []
  const edit = keyRemoval(holder, files, key)
  const title = `Leave it to the permission \`${behavior}\`: take \`requires\` out`
  return edit ? [{ title, kind: 'quickfix', diagnostic, edits: [edit] }] : []
}

/** SECURITY: the new field is read-only, so that nobody can give themselves the ability. */
function ofUser(
  { draft: app, root, files }: Analysis,
  diagnostic: Diagnostic,
  { site, at }: { readonly site: Site; readonly at: number },
  name: string,
  { start, end }: Span,
): Action[] {
  const auth = app?.settings.auth.entity
  const fields = auth === undefined || !root ? undefined : nodeAt(root, ['entities', auth, 'fields'])
  if (!app || auth === undefined || fields?.kind !== 'object' || fields.entries.has(name)) return []
  const { value } = site.node
  const asked = `${value.slice(0, at)}user.${value.slice(at)}`
  const after = problemsOf(site, withField(app.schema, auth, name, { type: 'boolean' }), asked).length
  if (after >= problemsOf(site, app.schema).length) return []
  const edits = [
    keyInsertion(fields, files, `${name}: { type: 'boolean', readonly: true }`),
    { place: { file: diagnostic.file, start, end }, text: writtenIn(site.node, at, `user.${name}`) },
  ]
  return [{ title: `Make \`${name}\` a field of ${auth}: \`user.${name}\``, kind: 'quickfix', diagnostic, edits }]
}
