// Rename: complete in every file, or refused with the reason.

import { ownerOf } from '../../expr/index.ts'
import { reservedWords } from '../../expr/syntax/ast.ts'
import { type Analysis, analyse } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import { type Node, nodeAt, type Place } from '../../runtime/truth/node.ts'
import { type Occurrence, occurrencesIn, type SymbolKind } from '../occurrences.ts'
import type { Snapshot } from '../projects.ts'
import { applyEdits, type Edit, keyInsertion } from './edits.ts'
import { occurrencesAt } from './locate.ts'
import { sameNames } from './navigation.ts'
import { escapeFor } from './proposal.ts'

export type Renaming = { readonly edits: readonly Edit[] } | { readonly refused: string }

const identifier = /^[A-Za-z][A-Za-z0-9_]{0,59}$/
/** What is a text in the file may hold more than an identifier, but nothing that ends a text or a line. */
const plainText = /^[^'"`\\\p{Cc}${}]{1,100}$/u

/** The name under the cursor, where it can be renamed. */
export function renameTarget(analysis: Analysis, file: string, offset: number): Occurrence | undefined {
  return occurrencesAt(analysis, file, offset).find(({ place }) => place.end > place.start)
}

export function renameAt(snapshot: Snapshot, file: string, offset: number, to: string, keepData = false): Renaming {
  const { analysis } = snapshot
  const { root, draft: app, files } = analysis
  const target = renameTarget(analysis, file, offset)
  if (!target || !root || !app) return { refused: 'There is no name of the app here that can be renamed.' }
  const { kind, name } = target.symbol
  if (name === to) return { edits: [] }
  const wrong = faultOf(kind, to)
  if (wrong) return { refused: wrong }
  const places = sameNames(analysis, [target])
  const edits = places.map((one) => editOf(one, to, files))
  const computed = places.find(({ place }) => textAt(files, place) !== name)
  if (computed) return { refused: `\`${name}\` is put together from several texts, so it cannot be renamed here.` }
  const ids = new Set(places.map(({ symbol }) => symbol.id))
  const own = occurrencesIn(analysis).filter(({ symbol, declares }) => declares && ids.has(symbol.id))
  edits.push(...own.flatMap(({ symbol }) => kept(app, root, files, symbol.kind, symbol.path, to, keepData)))
  return check(snapshot, unique(edits), target, to)
}

const textAt = (files: ReadonlyMap<string, string>, { file, start, end }: Place): string | undefined =>
  files.get(file)?.slice(start, end)

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
function editOf({ place, as, symbol: { name } }: Occurrence, to: string, files: ReadonlyMap<string, string>): Edit {
  const text = files.get(place.file) ?? ''
  if (as === 'key') {
    const short = /^\s*[,}]/.test(text.slice(place.end, place.end + 200))
    return { place, text: short ? `${to}: ${name}` : to }
  }
  return { place, text: as === 'text' ? escapeFor(text[place.start - 1] ?? "'", to) : to }
}

/** What a name stood for by itself, written out: the owner relation, the auth entity; and the former name, if asked. */
function kept(
  app: App,
  root: Node,
  files: ReadonlyMap<string, string>,
  kind: SymbolKind,
  path: readonly string[],
  to: string,
  keepData: boolean,
): Edit[] {
  const edits: Edit[] = []
  const insert = (at: readonly string[], key: string, value: string): void => {
    const node = nodeAt(root, at)
    if (node?.kind === 'object' && !node.entries.has(key)) edits.push(keyInsertion(node, files, `${key}: ${value}`))
  }
  const [entity = '', name = ''] = path
  if (kind === 'field' && app.entities.get(entity)?.owner === undefined && ownerOf(app.schema, entity) === name) {
    insert(['entities', entity], 'owner', `'${to}'`)
  }
  if (kind === 'entity' && app.settings.auth.entity === entity) {
    const settings = nodeAt(root, ['settings'])
    const auth = nodeAt(root, ['settings', 'auth'])
    if (auth) insert(['settings', 'auth'], 'entity', `'${to}'`)
    else if (settings) insert(['settings'], 'auth', `{ entity: '${to}' }`)
    else insert([], 'settings', `{ auth: { entity: '${to}' } }`)
  }
  if (!keepData) return edits
  if (kind === 'entity') insert(['entities', entity], 'renamedFrom', `'${entity}'`)
  const stored = kind === 'field' && app.entities.get(entity)?.fields.has(name)
  if (stored) insert(['entities', entity, 'fields', name], 'renamedFrom', `'${name}'`)
  return edits
}

const unique = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [`${edit.place.file} ${edit.place.start} ${edit.text}`, edit])).values(),
]

const codesOf = ({ diagnostics }: Analysis): string =>
  diagnostics
    .map(({ code }) => code)
    .sort()
    .join(' ')

/** INVARIANT: after a rename the app has the faults it had before, and the old name stands nowhere. */
function check(snapshot: Snapshot, edits: readonly Edit[], { symbol }: Occurrence, to: string): Renaming {
  const before = snapshot.analysis
  const id = [...symbol.path.slice(0, -1), to].join('.')
  if (symbol.kind !== 'parameter' && occurrencesIn(before).some((one) => one.symbol.id === `${symbol.kind} ${id}`)) {
    return { refused: `There is a \`${to}\` already.` }
  }
  const files = applyEdits(before.files, edits)
  const [entry = ''] = before.files.keys()
  const after = analyse((file) => files.get(file), { entry })
  const left = occurrencesIn(after).some((one) => one.symbol.id === symbol.id && one.symbol.kind !== 'parameter')
  if (codesOf(before) === codesOf(after) && !left) return { edits }
  const known = new Set(before.diagnostics.map(({ message }) => message))
  const fresh = after.diagnostics.find(({ message }) => !known.has(message.replaceAll(to, symbol.name)))
  const why = fresh ? ` It would lead to: ${fresh.message}` : ''
  return { refused: `\`${symbol.name}\` cannot be renamed to \`${to}\` everywhere.${why}` }
}
