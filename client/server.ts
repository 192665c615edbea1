// Which language server is started, and how the client speaks with it.

import * as vscode from 'vscode'
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node'

/** Truth files stay TypeScript files: everything else that knows TypeScript goes on working on them. */
export const truthFiles: vscode.DocumentSelector = [{ language: 'typescript', pattern: '**/*.truth.ts' }]

export const isTruthFile = (document: vscode.TextDocument): boolean => vscode.languages.match(truthFiles, document) > 0

/** The server of the workspace's own `truthfile`, so that editor and command line agree. */
async function workspaceServer(): Promise<string | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    if (folder.uri.scheme !== 'file') continue
    const own = vscode.Uri.joinPath(folder.uri, 'node_modules', 'truthfile', 'dist', 'lsp.js')
    if (await exists(own)) return own.fsPath
  }
  return undefined
}

const exists = (uri: vscode.Uri): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  )

/** SECURITY: a program out of the workspace is only started where the user trusts the workspace. */
async function serverPath(context: vscode.ExtensionContext): Promise<string> {
  const bundled = context.asAbsolutePath('dist/lsp.js')
  if (!vscode.workspace.isTrusted) return bundled
  const set = vscode.workspace.getConfiguration('truth').get<string>('serverPath')?.trim()
  return set || ((await workspaceServer()) ?? bundled)
}

export async function createClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
): Promise<LanguageClient> {
  const module = await serverPath(context)
  // PERF: the server starts sooner when what it compiled is kept.
  const env = { ...process.env, NODE_COMPILE_CACHE: vscode.Uri.joinPath(context.globalStorageUri, 'compiled').fsPath }
  const run = { module, transport: TransportKind.ipc, options: { env } }
  const serverOptions: ServerOptions = { run, debug: { ...run, options: { env, execArgv: ['--inspect=6010'] } } }
  const clientOptions: LanguageClientOptions = {
    documentSelector: [{ language: 'typescript', pattern: '**/*.truth.ts' }],
    outputChannel: output,
    synchronize: { configurationSection: 'truth' },
    initializationOptions: {
      diagnostics: 'push',
      previews: true,
      besideTypeScript: true,
      settings: vscode.workspace.getConfiguration('truth'),
    },
  }
  return new LanguageClient('truth', 'Truth', serverOptions, clientOptions)
}
