// Outline, search, folding, selections, links, linked names, formatting, as the client takes them.

import {
  type Connection,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type LinkedEditingRanges,
  type SelectionRange,
  SymbolKind,
  type TextEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver'
import { formatEdits } from '../features/format.ts'
import { foldsIn, linkedAt, linksIn, selectionAt } from '../features/ranges.ts'
import { type Outline, type OutlineKind, outlineOf, symbolsNamed } from '../features/symbols.ts'
import { guarded, pause } from '../guard.ts'
import type { SymbolKind as NameKind } from '../occurrences.ts'
import { folderOf, joinPath, pathOf } from '../path.ts'
import { locationOf, offsetIn, rangeIn, type State } from '../state.ts'
import { fileOf, placeOf } from './place.ts'

const outlineKinds: Readonly<Record<OutlineKind, SymbolKind>> = {
  behavior: SymbolKind.Method,
  entity: SymbolKind.Class,
  field: SymbolKind.Field,
  group: SymbolKind.Namespace,
  permission: SymbolKind.Key,
  view: SymbolKind.Interface,
  workflow: SymbolKind.Event,
}
const nameKinds: Readonly<Partial<Record<NameKind, SymbolKind>>> = {
  behavior: SymbolKind.Method,
  entity: SymbolKind.Class,
  event: SymbolKind.Event,
  field: SymbolKind.Field,
  view: SymbolKind.Interface,
  workflow: SymbolKind.Event,
}

type InDocument = { readonly textDocument: { readonly uri: string } }

const mostSymbols = 500

/** Names by place: a part that several apps use declares each of its names once. */
function found(state: State, query: string): WorkspaceSymbol[] {
  const symbols = new Map<string, WorkspaceSymbol>()
  for (const snapshot of state.projects.each()) {
    for (const { symbol, place } of symbolsNamed(snapshot.analysis, query)) {
      symbols.set(`${snapshot.pathOf(place.file)} ${place.start} ${symbol.name}`, {
        name: symbol.name,
        kind: nameKinds[symbol.kind] ?? SymbolKind.Key,
        location: locationOf(state, snapshot, place),
        ...(symbol.path.length > 1 && { containerName: symbol.path.slice(0, -1).join('.') }),
      })
    }
  }
  return [...symbols.values()]
}

export function handleStructure(connection: Connection, state: State): void {
  connection.onDocumentSymbol(
    guarded<InDocument, DocumentSymbol[]>(connection, 'outline', [], ({ textDocument }) => {
      const found = fileOf(state, pathOf(textDocument.uri))
      if (!found) return []
      const symbolOf = ({ name, kind, detail, whole, own, children }: Outline): DocumentSymbol => ({
        name,
        kind: outlineKinds[kind],
        ...(detail && { detail }),
        range: rangeIn(state, found.path, whole),
        selectionRange: rangeIn(state, found.path, own),
        children: children.map(symbolOf),
      })
      return outlineOf(found.snapshot.analysis, found.file).map(symbolOf)
    }),
  )
  connection.onWorkspaceSymbol(async ({ query }, token): Promise<WorkspaceSymbol[]> => {
    for (const _ of state.projects.each()) await pause(token)
    return guarded<{ query: string }, WorkspaceSymbol[]>(connection, 'search', [], () =>
      found(state, query).slice(0, mostSymbols),
    )({ query }, token)
  })
  connection.onFoldingRanges(
    guarded<InDocument, FoldingRange[]>(connection, 'folding', [], ({ textDocument }) => {
      const found = fileOf(state, pathOf(textDocument.uri))
      if (!found) return []
      return foldsIn(found.snapshot.analysis, found.file).flatMap((place) => {
        const { start, end } = rangeIn(state, found.path, place)
        return end.line - 1 > start.line ? [{ startLine: start.line, endLine: end.line - 1 }] : []
      })
    }),
  )
  connection.onSelectionRanges((params, token) =>
    guarded<typeof params, SelectionRange[]>(connection, 'selection', [], ({ textDocument, positions }) => {
      const found = fileOf(state, pathOf(textDocument.uri))
      return positions.map((position) => {
        const places = found
          ? selectionAt(found.snapshot.analysis, found.file, offsetIn(state, found.path, position))
          : []
        const outer = places.reduceRight<SelectionRange | undefined>(
          (parent, place) => ({ range: rangeIn(state, found?.path ?? '', place), ...(parent && { parent }) }),
          undefined,
        )
        return outer ?? { range: { start: position, end: position } }
      })
    })(params, token),
  )
  connection.onDocumentLinks(
    guarded<InDocument, DocumentLink[]>(connection, 'links', [], ({ textDocument }) => {
      const found = fileOf(state, pathOf(textDocument.uri))
      if (!found) return []
      return linksIn(found.snapshot.analysis, found.file).map(({ place, target }) => ({
        range: rangeIn(state, found.path, place),
        target: state.texts.uriOf(joinPath(folderOf(found.path), target)),
      }))
    }),
  )
  connection.languages.onLinkedEditingRange((params, token) =>
    guarded<typeof params, LinkedEditingRanges | null>(connection, 'linked names', null, () => {
      const at = placeOf(state, params)
      const places = at ? linkedAt(at.snapshot.analysis, at.file, at.offset) : []
      if (!at || places.length < 2) return null
      return { ranges: places.map((place) => rangeIn(state, at.path, place)), wordPattern: '[A-Za-z_$][A-Za-z0-9_$]*' }
    })(params, token),
  )
  connection.onDocumentFormatting(
    guarded<InDocument, TextEdit[]>(connection, 'formatting', [], ({ textDocument }) => {
      const found = fileOf(state, pathOf(textDocument.uri))
      if (!found) return []
      const edits = formatEdits(found.snapshot.analysis, found.file)
      return edits.map(({ place, text }) => ({ range: rangeIn(state, found.path, place), newText: text }))
    }),
  )
}
