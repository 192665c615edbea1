// A language client for tests: the real server as a process of its own, spoken to in LSP.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node'

/** The server as it is shipped: `node build.mjs` makes it, as `npm run check` does first. */
const server = new URL('../../dist/lsp.js', import.meta.url).pathname

export type Client = {
  readonly connection: ProtocolConnection
  readonly process: ChildProcess
  readonly initialized: InitializeResult
  readonly folder: string
  readonly uri: (name: string) => string
  /** Writes a file on the disk, without telling the server. */
  readonly write: (name: string, text: string) => void
  readonly open: (name: string, text: string) => void
  readonly change: (name: string, changes: readonly TextDocumentContentChangeEvent[]) => void
  readonly replace: (name: string, text: string) => void
  readonly close: (name: string) => void
  readonly changed: (name: string, type: 1 | 2 | 3) => void
  readonly published: readonly PublishDiagnosticsParams[]
  /** The next diagnostics of a file's present version, pushed. */
  readonly diagnostics: (name: string) => Promise<Diagnostic[]>
  readonly pull: (name: string) => Promise<Diagnostic[]>
  readonly request: <R>(method: string, params: unknown) => Promise<R>
  readonly logged: readonly string[]
  readonly stop: () => Promise<void>
}

export type Options = {
  readonly capabilities?: ClientCapabilities
  readonly files?: Readonly<Record<string, string>>
  /** Folders of the workspace, below the temporary one; by default that one itself. */
  readonly folders?: readonly string[]
  readonly initializationOptions?: object
  readonly command?: readonly string[]
}

export async function startServer(options: Options = {}): Promise<Client> {
  const folder = mkdtempSync(join(tmpdir(), 'truth-lsp-'))
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  for (const [name, text] of Object.entries(options.files ?? {})) write(name, text)
  const [command = process.execPath, ...args] = options.command ?? [process.execPath, server, '--stdio']
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const versions = new Map<string, number>()
  const published: PublishDiagnosticsParams[] = []
  const waiting = new Set<() => void>()
  const logged: string[] = []
  child.stderr.on('data', (data) => logged.push(String(data)))
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void logged.push(message))
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params)
    for (const check of waiting) check()
  })
  connection.onRequest('client/registerCapability', () => null)
  connection.onRequest('workspace/diagnostic/refresh', () => null)
  connection.listen()
  const uri = (name: string): string => (name.includes(':') ? name : pathToFileURL(join(folder, name)).href)
  const folders = options.folders ?? ['']
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map((name) => ({ uri: uri(name), name })),
    capabilities: options.capabilities ?? {},
    ...(options.initializationOptions && { initializationOptions: options.initializationOptions }),
  })
  await connection.sendNotification('initialized', {})

  const diagnostics = (name: string): Promise<Diagnostic[]> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(check)
        reject(new Error(`no diagnostics for version ${versions.get(uri(name))} of ${name}; ${logged.join('\n')}`))
      }, 10_000)
      const check = (): void => {
        const found = published.findLast((each) => each.uri === uri(name))
        if (!found || found.version !== versions.get(uri(name))) return
        clearTimeout(timer)
        waiting.delete(check)
        resolve(found.diagnostics)
      }
      waiting.add(check)
      check()
    })

  const change: Client['change'] = (name, contentChanges) => {
    const version = (versions.get(uri(name)) ?? 0) + 1
    versions.set(uri(name), version)
    void connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri(name), version },
      contentChanges: [...contentChanges],
    })
  }
  return {
    connection,
    process: child,
    initialized,
    folder,
    uri,
    write,
    open: (name, text) => {
      versions.set(uri(name), 1)
      const textDocument = { uri: uri(name), languageId: 'typescript', version: 1, text }
      void connection.sendNotification('textDocument/didOpen', { textDocument })
    },
    change,
    replace: (name, text) => change(name, [{ text }]),
    close: (name) => {
      versions.delete(uri(name))
      void connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(name) } })
    },
    changed: (name, type) =>
      void connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(name), type }] }),
    published,
    diagnostics,
    pull: async (name) => {
      const report = await connection.sendRequest<{ items?: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: uri(name) },
      })
      return report.items ?? []
    },
    request: (method, params) => connection.sendRequest(method, params),
    logged,
    stop: async () => {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      await ended
      connection.dispose()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The text with `|` taken out, and where it was. */
export function withCursor(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf('|')
  return { text: text.slice(0, offset) + text.slice(offset + 1), offset }
}
