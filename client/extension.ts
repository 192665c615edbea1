// The VS Code extension: starts the language server and adds what the protocol has no words for.

import * as vscode from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { registerCommands } from './commands.ts'
import { registerPreviews } from './preview.ts'
import { createClient } from './server.ts'
import { createStatus } from './status.ts'

let client: LanguageClient | undefined

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Truth', { log: true })
  const status = createStatus(context)
  context.subscriptions.push(output)

  async function start(): Promise<LanguageClient> {
    const started = await createClient(context, output)
    client = started
    status.follow(started)
    await started.start()
    return started
  }
  async function restart(): Promise<void> {
    await client?.stop()
    await start()
  }
  const running = (): LanguageClient => {
    if (!client) throw new Error('The language server is not running.')
    return client
  }

  registerCommands(context, running, restart)
  registerPreviews(context, running)
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('truth.serverPath')) void restart()
    }),
  )
  await start()
}

export async function deactivate(): Promise<void> {
  await client?.stop()
}
