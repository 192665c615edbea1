// From a request to the app, the file and the offset it is about.

import type { TextDocumentPositionParams } from 'vscode-languageserver'
import { pathOf, truthFile } from '../path.ts'
import type { Snapshot } from '../projects.ts'
import { offsetIn, type State } from '../state.ts'

export type InFile = { readonly snapshot: Snapshot; readonly path: string; readonly file: string }
export type At = InFile & { readonly offset: number }

/** The app and the file of a path; undefined for anything but truth files. */
export function fileOf(state: State, path: string): InFile | undefined {
  if (!truthFile.test(path)) return undefined
  const snapshot = state.projects.snapshotOf(path)
  const file = snapshot.fileOf(path)
  return file === undefined ? undefined : { snapshot, path, file }
}

export function placeOf(state: State, { textDocument, position }: TextDocumentPositionParams): At | undefined {
  const found = fileOf(state, pathOf(textDocument.uri))
  return found && { ...found, offset: offsetIn(state, found.path, position) }
}

/** The path and the offset alone, for what asks several apps. */
export function spotOf(
  state: State,
  { textDocument, position }: TextDocumentPositionParams,
): { readonly path: string; readonly offset: number } | undefined {
  const path = pathOf(textDocument.uri)
  return truthFile.test(path) ? { path, offset: offsetIn(state, path, position) } : undefined
}
