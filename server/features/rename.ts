// Rename: complete in every file of every app, or refused with the reason.

import { ownerOf, type Schema } from '../../expr/index.ts'
import { reservedWords } from '../../expr/syntax/ast.ts'
import { type Analysis, analyse } from '../../runtime/truth/analyse.ts'
import { nodeAt, type Place } from '../../runtime/truth/node.ts'
import { type Named, type Occurrence, occurrencesIn, type SymbolKind } from '../occurrences.ts'
import type { Snapshot } from '../projects.ts'
import { applyEdits, type Edit, keyInsertion } from './edits.ts'
import { formerName } from './former-name.ts'
import { freeTextWith } from './free-texts.ts'
import { occurrencesAt } from './locate.ts'
import { otherMeaning } from './other-meaning.ts'
import { escapeFor } from './proposal.ts'
import { distinct, type InApp, sameNames, shared } from './same-names.ts'
import { unreadPart } from './unread.ts'
import { comparedEvent, unresolvedIn } from './unresolved.ts'

type Refused = { readonly refused: string }
/** Files of the edits are paths. */
export type Renaming = { readonly edits: readonly Edit[] } | Refused

const identifier = /^[A-Za-z][A-Za-z0-9_]{0,59}$/
/** What is a text in the file may hold more than an identifier, but nothing that ends a text or a line. */
const plainText = /^[^'"`\\\p{Cc}${}]{1,100}$/u

type Target = { readonly snapshot: Snapshot; readonly occurrence: Occurrence }

/** The name under the cursor, where it can be renamed. */
export function renameTarget(apps: readonly Snapshot[], path: string, offset: number): Target | Refused | undefined {
  for (const snapshot of apps) {
    const file = snapshot.fileOf(path)
    const found = file === undefined ? [] : occurrencesAt(snapshot.analysis, file, offset)
    const occurrence = found.find(({ place }) => place.end > place.start)
    if (!occurrence) continue
    const unread = occurrence.symbol.kind === 'parameter' ? undefined : unreadIn(apps, [path])
    return unread ?? { snapshot, occurrence }
  }
  return undefined
}

/** Whether an app that uses one of the files cannot be read in full, so that names in it may be missed. */
function unreadIn(apps: readonly Snapshot[], paths: readonly string[]): Refused | undefined {
  for (const { analysis, entry, fileOf } of apps) {
    if (!paths.some((path) => fileOf(path) !== undefined)) continue
    const why = unreadPart(analysis)
    if (why) return { refused: `A rename could miss places of ${entry}: ${why}.` }
  }
  return undefined
}

/** Renames what stands at an offset of a file, in all of the apps. `keepData` writes `renamedFrom` too. */
export function renameAt(
  apps: readonly Snapshot[],
  path: string,
  offset: number,
  to: string,
  keepData = false,
): Renaming {
  const target = renameTarget(apps, path, offset)
  if (!target) return { refused: 'There is no name of the app here that can be renamed.' }
  if ('refused' in target) return target
  const { kind, name } = target.occurrence.symbol
  if (name === to) return { edits: [] }
  const wrong = faultOf(kind, to)
  if (wrong) return { refused: wrong }
  const found = sameNames(apps, (snapshot) => (snapshot === target.snapshot ? [target.occurrence] : []))
  const places = distinct(found)
  const files = [...new Set(places.map(({ place }) => place.file))]
  const unread = kind === 'parameter' ? undefined : unreadIn(apps, files)
  if (unread) return unread
  const textOf = textsOf(found)
  if (places.some(({ place: { file, start, end } }) => textOf(file).slice(start, end) !== name))
    return { refused: `\`${name}\` is put together from several texts, so it cannot be renamed here.` }
  const free = kind === 'parameter' ? undefined : freeIn(found, target.occurrence.symbol)
  if (free) return free
  const other = kind === 'parameter' ? undefined : meansOtherwise(apps, found, places, name)
  if (other) return other
  const further = found.map((one) => besides(one, to, keepData ? apps : undefined))
  const refused = further.find((one) => 'refused' in one)
  if (refused && 'refused' in refused) return refused
  const own = further.map((one) => ('edits' in one ? one.edits : []))
  const disputed = dispute(found, own)
  if (disputed) return disputed
  const edits = unique([...places.map((one) => editOf(one, to, textOf(one.place.file))), ...own.flat()])
  for (const snapshot of apps) {
    if (!edits.some(({ place }) => snapshot.fileOf(place.file) !== undefined)) continue
    const own = found.find((one) => one.snapshot === snapshot)?.occurrences ?? []
    const faulty = check({ snapshot, occurrences: own }, edits, name, to)
    if (faulty) return faulty
  }
  return { edits }
}

/** Whether a text with the name is used in other places too, of any app, and means something else there. */
function meansOtherwise(
  apps: readonly Snapshot[],
  found: readonly InApp[],
  places: readonly Occurrence[],
  name: string,
): Refused | undefined {
  const written = places.filter(({ as }) => as !== 'key')
  for (const { analysis, entry, fileOf } of apps) {
    const own = written.flatMap(({ place }): Place[] => {
      const file = fileOf(place.file)
      return file === undefined ? [] : [{ ...place, file }]
    })
    const known = found.find(({ snapshot }) => snapshot.analysis === analysis)
    const ids = new Set(known?.occurrences.map(({ symbol }) => symbol.id))
    const where = own.length > 0 && otherMeaning(analysis, own, (id) => ids.has(id))
    if (where) return { refused: `\`${name}\` also stands in \`${where}\` of ${entry}, where it means something else.` }
  }
  return undefined
}

/** Whether the name also stands where nothing is known of what it means. */
function freeIn(found: readonly InApp[], { kind, name }: Named): Refused | undefined {
  const isWord = kind !== 'event' && kind !== 'view' && kind !== 'workflow'
  for (const { snapshot, occurrences } of found) {
    const { analysis, entry } = snapshot
    const ends = new Set(occurrences.map(({ place: { file, end } }) => `${end} ${file}`))
    const free = freeTextWith(
      analysis,
      name,
      ({ file, end }) => ends.has(`${end} ${file}`) || ends.has(`${end - 1} ${file}`),
    )
    if (free) return { refused: `\`${name}\` also stands in \`${free}\` of ${entry}, where it may mean anything.` }
    const all = new Set(occurrencesIn(analysis).map(({ place: { file, start } }) => `${start} ${file}`))
    const faulty = isWord && unresolvedIn(analysis, name, ({ file, start }) => all.has(`${start} ${file}`))
    if (faulty)
      return { refused: `\`${name}\` also stands in \`${faulty}\` of ${entry}, which has a fault: mend that first.` }
    const compared = (kind === 'event' || kind === 'entity') && comparedEvent(analysis, kind, name)
    if (compared) return { refused: `\`${name}\` also stands in \`${compared}\` of ${entry}, as a text.` }
  }
  return undefined
}

function textsOf(found: readonly InApp[]): (path: string) => string {
  const texts = new Map<string, string>()
  for (const { snapshot } of found)
    for (const [file, text] of snapshot.analysis.files) texts.set(snapshot.pathOf(file), text)
  return (path) => texts.get(path) ?? ''
}

function faultOf(kind: SymbolKind, to: string): string | undefined {
  if (kind === 'option' || kind === 'event') {
    return plainText.test(to) ? undefined : 'A name here must not be empty nor hold quotes, braces or line ends.'
  }
  if (!identifier.test(to))
    return `\`${to}\` cannot be a name: a letter first, then letters, digits or \`_\`, at most 60.`
  const reserved = reservedWords.has(to) || /^(?:true|false|null|in)$/.test(to)
  return kind === 'parameter' && reserved ? `\`${to}\` is a reserved word.` : undefined
}

/** `{ Task }` becomes `{ Job: Task }`; in a text the quotes around it are minded. */
function editOf({ place, as, symbol: { name } }: Occurrence, to: string, text: string): Edit {
  if (as === 'key') {
    const short = /^\s*[,}]/.test(text.slice(place.end, place.end + 200))
    return { place, text: short ? `${to}: ${name}` : to }
  }
  return { place, text: as === 'text' ? escapeFor(text[place.start - 1] ?? "'", to) : to }
}

/** What an app needs besides: what a name stood for by itself, written out, and the former name, if asked. */
function besides({ snapshot, occurrences }: InApp, to: string, apps: readonly Snapshot[] | undefined): Renaming {
  const edits: Edit[] = []
  for (const { symbol, declares } of occurrences) {
    if (!declares) continue
    edits.push(...writtenOut(snapshot.analysis, symbol, to))
    const former = apps ? formerName(snapshot, symbol, to, apps) : { edits: [] }
    if ('refused' in former) return former
    edits.push(...former.edits)
  }
  return { edits: unique(edits.map(({ place, text }) => ({ place: shared(snapshot, place), text }))) }
}

/** The owner relation and the auth entity are found by their names, where nothing says which they are. */
function writtenOut({ draft: app, root, files }: Analysis, { kind, path }: Named, to: string): readonly Edit[] {
  if (!app || !root) return []
  const insert = (at: readonly string[], key: string, value: string): Edit[] => {
    const node = nodeAt(root, at)
    const free = node?.kind === 'object' && !node.entries.has(key)
    return free ? [keyInsertion(node, files, `${key}: ${value}`)] : []
  }
  const [entity = '', name = ''] = path
  if (kind === 'field') {
    const owner = ownerOf(app.schema, entity)
    const moves = owner === name || ownerAfter(app.schema, path, to) !== owner
    return owner !== undefined && moves ? insert(['entities', entity], 'owner', `'${owner === name ? to : owner}'`) : []
  }
  if (kind !== 'entity' || app.settings.auth.entity !== entity) return []
  if (nodeAt(root, ['settings', 'auth'])) return insert(['settings', 'auth'], 'entity', `'${to}'`)
  if (nodeAt(root, ['settings'])) return insert(['settings'], 'auth', `{ entity: '${to}' }`)
  return insert([], 'settings', `{ auth: { entity: '${to}' } }`)
}

/** Whom `owner` would mean, where no more than a field's name were another. */
function ownerAfter(schema: Schema, [entity = '', name = '']: readonly string[], to: string): string | undefined {
  const known = schema.entities.get(entity)
  if (!known) return undefined
  const fields = new Map([...known.fields].map(([field, is]) => [field === name ? to : field, is]))
  return ownerOf({ ...schema, entities: new Map(schema.entities).set(entity, { ...known, fields }) }, entity)
}

/** What one app needs in a part must be right for the others that read the part as well. */
function dispute(found: readonly InApp[], edits: readonly (readonly Edit[])[]): Refused | undefined {
  const same = (a: Edit, b: Edit): boolean => a.place.file === b.place.file && a.place.start === b.place.start
  for (const [index, own] of edits.entries()) {
    for (const edit of own) {
      const other = found.find(
        ({ snapshot }, at) =>
          at !== index &&
          snapshot.fileOf(edit.place.file) !== undefined &&
          !edits[at]?.some((one) => same(one, edit) && one.text === edit.text),
      )
      if (!other) continue
      const { entry } = found[index]?.snapshot ?? other.snapshot
      return {
        refused: `For ${entry} the rename needs \`${edit.text.trim()}\` in ${edit.place.file}, which would say something else in ${other.snapshot.entry}.`,
      }
    }
  }
  return undefined
}

/** Of two edits of one stretch the later one counts: it holds the other. */
const unique = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(
    edits.map((edit) => {
      const { file, start, end } = edit.place
      return [`${file} ${start} ${end} ${end > start ? '' : edit.text}`, edit]
    }),
  ).values(),
]

const codesOf = ({ diagnostics }: Analysis): string =>
  diagnostics
    .map(({ code }) => code)
    .sort()
    .join(' ')

/** How many names an app has: one that is declared in two places would be two after a rename of one of them. */
const namesOf = (analysis: Analysis): number => new Set(occurrencesIn(analysis).map(({ symbol }) => symbol.id)).size

/** What says that it was called so before. */
function claimsOf({ draft }: Analysis, name: string): readonly string[] {
  return [...(draft?.entities.values() ?? [])].flatMap((entity) => [
    ...(entity.renamedFrom === name ? [entity.name] : []),
    ...[...entity.fields.values()].filter((one) => one.renamedFrom === name).map((one) => `${entity.name}.${one.name}`),
  ])
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** INVARIANT: after a rename each app has the faults it had before, and the old name stands nowhere. */
function check(
  { snapshot, occurrences }: InApp,
  edits: readonly Edit[],
  name: string,
  to: string,
): Refused | undefined {
  const { analysis: before, entry, fileOf } = snapshot
  const symbols = new Map(
    occurrences.flatMap(({ symbol: { id, kind, path } }) =>
      kind === 'parameter' ? [] : [[id, { kind, path }] as const],
    ),
  )
  const taken = new Set(
    [...symbols.values()].map(({ kind, path }) => `${kind} ${[...path.slice(0, -1), to].join('.')}`),
  )
  if (occurrencesIn(before).some(({ symbol }) => taken.has(symbol.id)))
    return { refused: `There is a \`${to}\` already.` }
  const own = edits.flatMap(({ place, text }): Edit[] => {
    const file = fileOf(place.file)
    return file === undefined ? [] : [{ place: { ...place, file }, text }]
  })
  const files = applyEdits(before.files, own)
  const [first = ''] = before.files.keys()
  const after = analyse((file) => files.get(file), { entry: first })
  if (before.draft?.settings.auth.entity === undefined && after.draft?.settings.auth.entity !== undefined)
    return { refused: `People would sign in as rows of \`${to}\` in ${entry}: say so first, or take another name.` }
  const claimed = claimsOf(after, name).find((one) => !claimsOf(before, name).includes(one) && lastOf(one) !== to)
  if (claimed) return { refused: `\`${claimed}\` of ${entry} would have been \`${name}\` before, too.` }
  const left = occurrencesIn(after).some(({ symbol }) => symbols.has(symbol.id))
  const isWhole = namesOf(before) === namesOf(after)
  if (codesOf(before) === codesOf(after) && !left && isWhole) return undefined
  const known = new Set(before.diagnostics.map(({ message }) => message))
  const fresh = after.diagnostics.find(({ message }) => !known.has(message.replaceAll(to, name)))
  const why = fresh ? ` It would lead to: ${fresh.message}` : ''
  return { refused: `\`${name}\` cannot be renamed to \`${to}\` everywhere in ${entry}.${why}` }
}
