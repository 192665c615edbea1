// Writes `renamedFrom` where an entity or a field is declared, so that a migration keeps the rows. Declarations that
// cannot be written to without saying it of something else too are left alone, with the reason.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { childOf, type Entry, type Node, nodeAt, type Path, type Place } from '../../runtime/truth/node.ts'
import type { Named } from '../occurrences.ts'
import type { Snapshot } from '../projects.ts'
import { type Edit, keyInsertion } from './edits.ts'
import { escapeFor } from './proposal.ts'

type Written = { readonly edits: readonly Edit[] } | { readonly refused: string }

/** An app, with its files as all apps name them. */
type InPaths = Pick<Snapshot, 'analysis' | 'pathOf'>

/**
 * `renamedFrom` of a declaration that is called `to` from now on, and was called `former`. The key itself is renamed by
 * others; `apps` are all that may use the definition too. Where not all are known, what stands in another file is left.
 */
export function writeFormerName(
  app: InPaths,
  path: readonly string[],
  { to, former: before }: { readonly to: string; readonly former: string },
  apps: readonly InPaths[] | undefined,
): Written {
  const { root, files } = app.analysis
  const parent = root && nodeAt(root, path.slice(0, -1))
  const name = path.at(-1) ?? ''
  const entry = parent?.kind === 'object' ? parent.entries.get(name) : undefined
  if (!root || !entry) return { edits: [] }
  const { key, value } = entry
  if (value.kind !== 'object' && value.kind !== 'string') return refuse(name, 'its definition cannot be read')
  const said = childOf(value, 'renamedFrom')
  if (said) {
    const former = said.kind === 'string' ? `'${said.value}'` : 'another name'
    return refuse(
      name,
      `it says \`renamedFrom: ${former}\` already: take that out once every database has been migrated`,
    )
  }
  const former = `renamedFrom: '${before}'`
  const text = files.get(key.file) ?? ''
  const here = key.file === value.place.file && /^\s*:\s*$/.test(text.slice(key.end, value.place.start))
  if (here && value.kind === 'string') {
    const type = text.slice(value.place.start, value.place.end)
    return { edits: [{ place: value.place, text: `{ type: ${type}, ${former} }` }] }
  }
  const users = apps ?? [app]
  const isFar = !apps && key.file !== value.place.file
  const others = isFar || users.some((one) => usesElsewhere(one, path, entry, app))
  if (value.kind === 'object' && (here || !others)) return { edits: [keyInsertion(value, files, former)] }
  const reference = /^\s*:\s*([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)(?=\s*[,}])/.exec(text.slice(key.end))
  const whole = (of: string): string =>
    value.kind === 'string' ? `{ type: ${of}, ${former} }` : `{ ...${of}, ${former} }`
  if (reference?.[1]) {
    const end = key.end + reference[0].length
    return { edits: [{ place: { file: key.file, start: end - reference[1].length, end }, text: whole(reference[1]) }] }
  }
  const short = /^\s*[,}]/.test(text.slice(key.end, key.end + 200))
  if (short) return { edits: [{ place: key, text: `${to}: ${whole(name)}` }] }
  return refuse(name, 'its definition stands elsewhere and others use it too: write it out here first')
}

const refuse = (name: string, why: string): Written => ({
  refused: `\`renamedFrom\` cannot be written for \`${name}\`: ${why}, or rename without keeping the data.`,
})

/** Whether a declaration of another name has the same value; one that shares the key as well is renamed with it. */
function usesElsewhere(app: InPaths, path: Path, { key, value }: Entry, from: InPaths): boolean {
  const { root } = app.analysis
  const same = (a: Place, b: Place): boolean => a.start === b.start && app.pathOf(a.file) === from.pathOf(b.file)
  const isInside = (a: Place, b: Place): boolean =>
    a.start > b.start && a.start < b.end && app.pathOf(a.file) === from.pathOf(b.file)
  /** It is that value, or spreads it. */
  const takes = (one: Node): boolean =>
    same(one.place, value.place) ||
    (one.kind === 'object' && [...one.entries.values()].some((part) => isInside(part.key, value.place)))
  const declared = path.length === 2 ? [childOf(root, 'entities')] : fieldsIn(root)
  return declared.some(
    (node) =>
      node?.kind === 'object' && [...node.entries.values()].some((one) => takes(one.value) && !same(one.key, key)),
  )
}

function fieldsIn(root: Node | undefined): readonly (Node | undefined)[] {
  const entities = childOf(root, 'entities')
  if (entities?.kind !== 'object') return []
  return [...entities.entries.values()].flatMap(({ value }) => {
    const behaviors = childOf(value, 'behaviors')
    const inputs = behaviors?.kind === 'object' ? [...behaviors.entries.values()] : []
    return [childOf(value, 'fields'), ...inputs.map((behavior) => childOf(behavior.value, 'input'))]
  })
}

function formerOption({ draft, root, files }: Analysis, path: readonly string[], to: string): readonly Edit[] {
  const [entity = '', field = '', name = ''] = path
  const node = root && nodeAt(root, ['entities', entity, 'fields', field])
  if (node?.kind !== 'object' || !draft?.entities.get(entity)?.fields.has(field)) return []
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${escapeFor("'", name)}'`
  const entry = `${key}: '${escapeFor("'", to)}'`
  const known = childOf(node, 'renamedOptions')
  if (!known) return [keyInsertion(node, files, `renamedOptions: { ${entry} }`)]
  return known.kind === 'object' && !known.entries.has(name) ? [keyInsertion(known, files, entry)] : []
}

/** What keeps the rows of a name that is called `to` from now on: nothing for names that are not stored. */
export function formerName(snapshot: Snapshot, { kind, path }: Named, to: string, apps: readonly Snapshot[]): Written {
  const [entity = '', name = ''] = path
  if (kind === 'option') return { edits: formerOption(snapshot.analysis, path, to) }
  if (kind === 'entity') return writeFormerName(snapshot, ['entities', entity], { to, former: entity }, apps)
  const field = kind === 'field' ? snapshot.analysis.draft?.entities.get(entity)?.fields.get(name) : undefined
  // The other side of a relation has no column.
  if (!field || (field.many && field.relation?.inverse !== undefined)) return { edits: [] }
  return writeFormerName(snapshot, ['entities', entity, 'fields', name], { to, former: name }, apps)
}
