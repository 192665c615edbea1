// Diagnostics to the client: pushed after every change, with the document's version, or as it asks for them.

import {
  type Connection,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver'
import { diagnosticsOf, type Found } from '../features/diagnostics.ts'
import { attempt, guarded, pause } from '../guard.ts'
import { pathOf, truthFile } from '../path.ts'
import type { State } from '../state.ts'

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const

const tags: Readonly<Record<string, DiagnosticTag[]>> = {
  T5003: [DiagnosticTag.Unnecessary],
  T5006: [DiagnosticTag.Unnecessary],
}

const docs = new URL('../docs/diagnostics.md', import.meta.url)

function toClient(state: State, path: string, { diagnostic, snapshot }: Found): Diagnostic {
  const { code, severity, message, range, related } = diagnostic
  const tag = tags[code]
  return {
    code,
    source: 'truth',
    severity: severities[severity],
    message,
    range: state.texts.converterAt(path).fromUtf16(range),
    codeDescription: { href: `${docs.href}#${code.toLowerCase()}` },
    ...(tag && { tags: tag }),
    ...(related && {
      relatedInformation: related.map((one) => {
        const other = snapshot.pathOf(one.file)
        const where = state.texts.converterAt(other).fromUtf16(one.range)
        return { message: one.message, location: { uri: state.texts.uriOf(other), range: where } }
      }),
    }),
  }
}

/** The diagnostics of a file as the client takes them; of one that is gone there are none. */
export function clientDiagnostics(state: State, path: string): Diagnostic[] {
  if (!truthFile.test(path) || state.texts.textOf(path) === undefined) return []
  return diagnosticsOf(path, state.projects.snapshotsOf(path)).map((found) => toClient(state, path, found))
}

/** Short and stable for equal diagnostics, so that a client that asks again need not be told twice. */
function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics)
  let hash = text.length
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return (hash >>> 0).toString(36)
}

/** The longest that a push waits for another key, in milliseconds; only where an analysis takes as long. */
const longestDelay = 50

export type Diagnoser = {
  /** Something changed: push again soon. */
  readonly touch: () => void
  /** Takes back what was said about a file. */
  readonly clear: (uri: string) => void
}

export function handleDiagnostics(connection: Connection, state: State): Diagnoser {
  const { texts, projects } = state
  const sent = new Map<string, { readonly version: number; readonly diagnostics: readonly Diagnostic[] }>()
  let timer: NodeJS.Timeout | NodeJS.Immediate | undefined
  let lastCost = 0

  function push(): void {
    timer = undefined
    const start = performance.now()
    for (const path of texts.openPaths()) {
      const document = texts.documentAt(path)
      if (!document || !truthFile.test(path)) continue
      const diagnostics = attempt<Diagnostic[] | undefined>(connection, 'diagnostics', undefined, () =>
        clientDiagnostics(state, path),
      )
      if (!diagnostics) continue
      // Another file may have changed nothing here: then the version is the one that was told of.
      const before = sent.get(path)
      if (before?.version === document.version && resultIdOf(before.diagnostics) === resultIdOf(diagnostics)) continue
      sent.set(path, { version: document.version, diagnostics })
      void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics })
    }
    lastCost = performance.now() - start
  }

  connection.languages.diagnostics.on(
    guarded<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      connection,
      'diagnostic',
      { kind: 'full', items: [] },
      (params) => {
        const items = clientDiagnostics(state, pathOf(params.textDocument.uri))
        const resultId = resultIdOf(items)
        return params.previousResultId === resultId
          ? { kind: 'unchanged', resultId }
          : { kind: 'full', resultId, items }
      },
    ),
  )
  connection.languages.diagnostics.onWorkspace(
    async ({ previousResultIds }: WorkspaceDiagnosticParams, token): Promise<WorkspaceDiagnosticReport> => {
      const before = new Map(previousResultIds.map(({ uri, value }) => [pathOf(uri), value]))
      if (!state.client.watches) projects.refresh()
      const paths = new Set(texts.openPaths().filter((path) => truthFile.test(path)))
      for (const { analysis, pathOf: absolute } of projects.each()) {
        for (const file of analysis.files.keys()) paths.add(absolute(file))
        await pause(token)
      }
      // What was told of files that are gone is taken back.
      for (const path of before.keys()) paths.add(path)
      const items: WorkspaceDocumentDiagnosticReport[] = []
      for (const path of paths) {
        items.push(attempt(connection, 'workspace diagnostic', unchanged(path), () => reportOf(path)))
        await pause(token)
      }
      return { items }

      function unchanged(path: string): WorkspaceDocumentDiagnosticReport {
        return { kind: 'unchanged', uri: texts.uriOf(path), version: null, resultId: before.get(path) ?? '' }
      }
      function reportOf(path: string): WorkspaceDocumentDiagnosticReport {
        const diagnostics = clientDiagnostics(state, path)
        const resultId = resultIdOf(diagnostics)
        const about = { uri: texts.uriOf(path), version: texts.documentAt(path)?.version ?? null, resultId }
        if (before.get(path) === resultId) return { kind: 'unchanged', ...about }
        return { kind: 'full', ...about, items: diagnostics }
      }
    },
  )

  return {
    touch: () => {
      if (state.client.pulls || timer) return
      // A burst of changes is answered once. Where an analysis is slow, the next key may come first.
      timer = lastCost < longestDelay ? setImmediate(push) : setTimeout(push, longestDelay)
    },
    clear: (uri) => {
      sent.delete(pathOf(uri))
      if (!state.client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] })
    },
  }
}
