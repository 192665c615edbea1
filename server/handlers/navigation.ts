// Definition, references, highlights and rename, as the client takes them.

import {
  type CancellationToken,
  type Connection,
  DocumentHighlightKind,
  ErrorCodes,
  type Location,
  type LocationLink,
  ResponseError,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import type { Edit } from '../features/edits.ts'
import { definitionsAt, referencesAt } from '../features/navigation.ts'
import { renameAt, renameTarget } from '../features/rename.ts'
import { guarded, pause } from '../guard.ts'
import { prepareOccurrences } from '../occurrences.ts'
import { pathOf } from '../path.ts'
import type { Snapshot } from '../projects.ts'
import { rangeIn, type State } from '../state.ts'
import { spotOf } from './place.ts'

/** Edits of an app's files, with the versions of those that are open. */
export function workspaceEdit(state: State, pathOf: (file: string) => string, edits: readonly Edit[]): WorkspaceEdit {
  const byUri = new Map<string, { path: string; edits: Edit[] }>()
  for (const edit of edits) {
    const path = pathOf(edit.place.file)
    const uri = state.texts.uriOf(path)
    const entry = byUri.get(uri) ?? { path, edits: [] }
    entry.edits.push(edit)
    byUri.set(uri, entry)
  }
  const textEdits = ({ path, edits: own }: { path: string; edits: Edit[] }) =>
    own.map(({ place, text }) => ({ range: rangeIn(state, path, place), newText: text }))
  if (!state.client.versionedEdits) {
    return { changes: Object.fromEntries([...byUri].map(([uri, entry]) => [uri, textEdits(entry)])) }
  }
  return {
    documentChanges: [...byUri].map(([uri, entry]) => ({
      textDocument: { uri, version: state.texts.documentAt(entry.path)?.version ?? null },
      edits: textEdits(entry),
    })),
  }
}

export function handleNavigation(connection: Connection, state: State): void {
  connection.onDefinition(
    guarded<TextDocumentPositionParams, Location[] | LocationLink[]>(connection, 'definition', [], (params) => {
      const at = spotOf(state, params)
      if (!at) return []
      const found = definitionsAt(
        state.projects.snapshotsOf(at.path),
        at.path,
        at.offset,
        !state.client.besideTypeScript,
      )
      const targets = found.map(({ from, to }) => ({
        from,
        to: { uri: state.texts.uriOf(to.file), range: rangeIn(state, to.file, to) },
      }))
      if (!state.client.links) return targets.map(({ to }) => to)
      return targets.map(({ from, to }) => ({
        originSelectionRange: rangeIn(state, at.path, from),
        targetUri: to.uri,
        targetRange: to.range,
        targetSelectionRange: to.range,
      }))
    }),
  )
  connection.onReferences(async (params, token): Promise<Location[]> => {
    const apps = await appsFor(state, params, token)
    return guarded<TextDocumentPositionParams, Location[]>(connection, 'references', [], () => {
      const at = spotOf(state, params)
      if (!at) return []
      return referencesAt(apps(), at.path, at.offset)
        .filter(({ declares }) => params.context.includeDeclaration || !declares)
        .map(({ place }) => ({ uri: state.texts.uriOf(place.file), range: rangeIn(state, place.file, place) }))
    })(params, token)
  })
  connection.onDocumentHighlight(
    guarded(connection, 'highlight', [], (params: TextDocumentPositionParams) => {
      const at = spotOf(state, params)
      if (!at) return []
      return referencesAt(state.projects.snapshotsOf(at.path), at.path, at.offset)
        .filter(({ place }) => place.file === at.path)
        .map(({ place, declares }) => ({
          range: rangeIn(state, at.path, place),
          kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }))
    }),
  )
  // What cannot be renamed completely is refused with the reason, which the client shows.
  const refused = (reason: string): ResponseError => new ResponseError(ErrorCodes.InvalidParams, reason)
  connection.onPrepareRename((params) => {
    const at = spotOf(state, params)
    const target = at && renameTarget(state.projects.snapshotsOf(at.path), at.path, at.offset)
    if (!at || !target) return null
    if ('refused' in target) return refused(target.refused)
    const { symbol, place } = target.occurrence
    return { range: rangeIn(state, at.path, place), placeholder: symbol.name }
  })
  connection.onRenameRequest(async (params, token) => {
    const apps = await appsFor(state, params, token)
    const at = spotOf(state, params)
    if (!at) return null
    const renaming = renameAt(apps(), at.path, at.offset, params.newName, state.settings.renamedFrom)
    if ('refused' in renaming) return refused(renaming.refused)
    return workspaceEdit(state, (path) => path, renaming.edits)
  })
}

/**
 * The apps that may use a file. Reading them for the first time takes a while, so a request that was cancelled meanwhile
 * ends here; they are asked for again behind the last pause, since texts may have changed in one.
 */
async function appsFor(
  state: State,
  { textDocument }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<() => readonly Snapshot[]> {
  const path = pathOf(textDocument.uri)
  if (!state.client.watches) state.projects.refresh()
  try {
    for (const { analysis } of state.projects.apps(path)) {
      await pause(token)
      await prepareOccurrences(analysis, () => pause(token))
    }
  } catch (error) {
    // Anything else happens again where it is asked for, and is logged there.
    if (error instanceof ResponseError) throw error
  }
  return () => [...state.projects.apps(path)]
}
