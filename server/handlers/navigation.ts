// Definition, references, highlights and rename, as the client takes them.

import {
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
import { definitionAt, referencesAt } from '../features/navigation.ts'
import { renameAt, renameTarget } from '../features/rename.ts'
import { guarded } from '../guard.ts'
import type { Snapshot } from '../projects.ts'
import { locationOf, rangeIn, type State } from '../state.ts'
import { placeOf } from './place.ts'

/** Edits of an app's files, with the versions of those that are open. */
export function workspaceEdit(state: State, snapshot: Snapshot, edits: readonly Edit[]): WorkspaceEdit {
  const byUri = new Map<string, { path: string; edits: Edit[] }>()
  for (const edit of edits) {
    const path = snapshot.pathOf(edit.place.file)
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
      const at = placeOf(state, params)
      if (!at) return []
      const found = definitionAt(at.snapshot.analysis, at.file, at.offset, !state.client.besideTypeScript)
      const targets = found.map(({ from, to }) => ({ from, to: locationOf(state, at.snapshot, to) }))
      if (!state.client.links) return targets.map(({ to }) => to)
      return targets.map(({ from, to }) => ({
        originSelectionRange: rangeIn(state, at.path, from),
        targetUri: to.uri,
        targetRange: to.range,
        targetSelectionRange: to.range,
      }))
    }),
  )
  connection.onReferences((params, token) =>
    guarded<TextDocumentPositionParams, Location[]>(connection, 'references', [], () => {
      const at = placeOf(state, params)
      if (!at) return []
      return referencesAt(at.snapshot.analysis, at.file, at.offset)
        .filter(({ declares }) => params.context.includeDeclaration || !declares)
        .map(({ place }) => locationOf(state, at.snapshot, place))
    })(params, token),
  )
  connection.onDocumentHighlight(
    guarded(connection, 'highlight', [], (params: TextDocumentPositionParams) => {
      const at = placeOf(state, params)
      if (!at) return []
      return referencesAt(at.snapshot.analysis, at.file, at.offset)
        .filter(({ place }) => place.file === at.file)
        .map(({ place, declares }) => ({
          range: rangeIn(state, at.path, place),
          kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }))
    }),
  )
  connection.onPrepareRename((params) => {
    const at = placeOf(state, params)
    const target = at && renameTarget(at.snapshot.analysis, at.file, at.offset)
    return at && target ? { range: rangeIn(state, at.path, target.place), placeholder: target.symbol.name } : null
  })
  // A rename that cannot be complete is refused with the reason, which the client shows.
  connection.onRenameRequest((params) => {
    const at = placeOf(state, params)
    if (!at) return null
    const renaming = renameAt(at.snapshot, at.file, at.offset, params.newName, state.settings.renamedFrom)
    if ('refused' in renaming) return new ResponseError(ErrorCodes.InvalidParams, renaming.refused)
    return workspaceEdit(state, at.snapshot, renaming.edits)
  })
}
