// The status item: whether the server runs, and its version.

import * as vscode from 'vscode'
import { type LanguageClient, State } from 'vscode-languageclient/node'
import { truthFiles } from './server.ts'

const states = {
  [State.Running]: {
    text: '$(check) Truth',
    detail: 'running',
    severity: vscode.LanguageStatusSeverity.Information,
    busy: false,
  },
  [State.Starting]: {
    text: 'Truth',
    detail: 'starting',
    severity: vscode.LanguageStatusSeverity.Information,
    busy: true,
  },
  [State.StartFailed]: {
    text: '$(error) Truth',
    detail: 'could not be started',
    severity: vscode.LanguageStatusSeverity.Error,
    busy: false,
  },
  [State.Stopped]: {
    text: '$(error) Truth',
    detail: 'stopped',
    severity: vscode.LanguageStatusSeverity.Error,
    busy: false,
  },
} as const

export type Status = { readonly follow: (client: LanguageClient) => void }

export function createStatus(context: vscode.ExtensionContext): Status {
  const item = vscode.languages.createLanguageStatusItem('truth.status', truthFiles)
  item.name = 'Truth'
  item.command = { title: 'Restart', command: 'truth.restart' }
  context.subscriptions.push(item)
  const show = (client: LanguageClient): void => {
    const { text, detail, severity, busy } = states[client.state as keyof typeof states] ?? states[State.Stopped]
    const version = client.initializeResult?.serverInfo?.version
    item.text = text
    item.detail = version ? `${detail}, version ${version}` : detail
    item.severity = severity
    item.busy = busy
  }
  return {
    follow: (client) => {
      show(client)
      client.onDidChangeState(() => show(client))
    },
  }
}
