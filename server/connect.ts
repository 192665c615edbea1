// The language server on a connection: what it says it can do, what it does when files change. Pure wiring.

import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver'
import { actionKinds, handleActions } from './handlers/actions.ts'
import { handleCalls } from './handlers/calls.ts'
import { completionTriggers, handleCompletion } from './handlers/completion.ts'
import { handleDiagnostics } from './handlers/diagnostics.ts'
import { handleNavigation } from './handlers/navigation.ts'
import { handleReading, tokensLegend } from './handlers/reading.ts'
import { handleStructure } from './handlers/structure.ts'
import { makeRoomFor } from './heap.ts'
import { pathOf, truthFile } from './path.ts'
import { clientOf, createState, settingsOf } from './state.ts'

export function serve(connection: Connection, version: string): void {
  const state = createState()
  const { texts, projects } = state
  const diagnoser = handleDiagnostics(connection, state)
  handleCompletion(connection, state)
  handleNavigation(connection, state)
  handleCalls(connection, state)
  handleReading(connection, state)
  handleStructure(connection, state)
  handleActions(connection, state)

  connection.onInitialize((params) => {
    state.client = clientOf(params)
    state.settings = settingsOf(params.initializationOptions?.settings)
    projects.setFolders(state.client.folders)
    return {
      serverInfo: { name: 'truth', version },
      capabilities: {
        positionEncoding: state.client.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        definitionProvider: true,
        hoverProvider: true,
        signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] },
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentLinkProvider: { resolveProvider: false },
        linkedEditingRangeProvider: true,
        inlayHintProvider: true,
        codeLensProvider: { resolveProvider: false },
        codeActionProvider: { codeActionKinds: actionKinds },
        semanticTokensProvider: { legend: tokensLegend, full: true, range: true },
        // Beside TypeScript's own formatter a second one would make the editor ask which to use.
        documentFormattingProvider: !state.client.besideTypeScript,
        referencesProvider: true,
        callHierarchyProvider: true,
        documentHighlightProvider: true,
        renameProvider: params.capabilities.textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
        completionProvider: { triggerCharacters: completionTriggers },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(state.client.pulls && {
          diagnosticProvider: { identifier: 'truth', interFileDependencies: true, workspaceDiagnostics: true },
        }),
      },
    }
  })

  connection.onInitialized(() => {
    if (state.client.watches) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.truth.ts', kind: WatchKind.Create | WatchKind.Change | WatchKind.Delete }],
      })
    }
  })

  connection.onDidChangeConfiguration(({ settings }) => {
    state.settings = settingsOf(settings?.truth, state.settings)
    if (state.client.refreshes.lenses) void connection.sendRequest(CodeLensRefreshRequest.type)
    if (state.client.refreshes.hints) void connection.languages.inlayHint.refresh()
  })

  connection.onNotification('workspace/didChangeWorkspaceFolders', ({ event }) => {
    const gone = new Set<string>(event.removed.map(({ uri }: { uri: string }) => pathOf(uri).replace(/\/$/, '')))
    const added = event.added.map(({ uri }: { uri: string }) => pathOf(uri).replace(/\/$/, ''))
    const folders = [...state.client.folders.filter((folder) => !gone.has(folder)), ...added]
    state.client = { ...state.client, folders }
    projects.setFolders(folders)
    diagnoser.touch()
  })

  connection.onDidOpenTextDocument(({ textDocument }) => {
    makeRoomFor(textDocument.text)
    texts.open(textDocument)
    diagnoser.touch()
  })
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    texts.change(textDocument.uri, textDocument.version, contentChanges)
    diagnoser.touch()
  })
  connection.onDidCloseTextDocument(({ textDocument }) => {
    texts.close(textDocument.uri)
    diagnoser.clear(textDocument.uri)
    diagnoser.touch()
  })
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const ours = changes.filter(({ uri }) => truthFile.test(pathOf(uri)))
    if (ours.length === 0) return
    projects.refresh()
    for (const { uri, type } of ours) if (type === FileChangeType.Deleted) diagnoser.clear(texts.uriOf(pathOf(uri)))
    diagnoser.touch()
    if (state.client.refreshes.diagnostics && state.client.pulls) connection.languages.diagnostics.refresh()
  })
}
