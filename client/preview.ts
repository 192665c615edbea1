// Read-only documents that show what an app becomes, and follow it as it is typed.

import * as vscode from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { chooseSource } from './apps.ts'
import { isTruthFile } from './server.ts'

const scheme = 'truth-preview'

export const previewKinds = [
  { id: 'types', label: 'TypeScript types', extension: 'd.ts' },
  { id: 'sql', label: 'SQL tables', extension: 'sql' },
  { id: 'openapi', label: 'OpenAPI', extension: 'jsonc' },
  { id: 'routes', label: 'Routes', extension: 'txt' },
] as const
export type PreviewKind = (typeof previewKinds)[number]['id']

/** Milliseconds after the last key. */
const delay = 120

export function registerPreviews(context: vscode.ExtensionContext, client: () => LanguageClient): void {
  const changed = new vscode.EventEmitter<vscode.Uri>()
  const shown = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  async function provide(uri: vscode.Uri): Promise<string> {
    shown.add(uri.toString())
    const [, kind = ''] = uri.path.split('/')
    const answer = await client().sendRequest<{ readonly text: string } | null>('truth/preview', {
      uri: uri.query,
      kind,
    })
    return answer?.text ?? 'There is no app in this file.'
  }

  context.subscriptions.push(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: provide,
    }),
    vscode.workspace.onDidCloseTextDocument((document) => void shown.delete(document.uri.toString())),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (shown.size === 0 || !isTruthFile(document)) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        for (const uri of shown) changed.fire(vscode.Uri.parse(uri))
      }, delay)
    }),
  )
}

function previewUri(kind: PreviewKind, source: string): vscode.Uri {
  const { label, extension } = previewKinds.find((one) => one.id === kind) ?? previewKinds[0]
  return vscode.Uri.from({ scheme, path: `/${kind}/${label}.${extension}`, query: source })
}

type App = { readonly uri: string; readonly name: string }

/** The file itself, or where several apps use it, the one that is picked. */
async function appOf(client: LanguageClient, file: string): Promise<string | undefined> {
  const apps = await client.sendRequest<readonly App[]>('truth/apps', { uri: file })
  if (apps.length < 2) return file
  const items = apps.map(({ uri, name }) => {
    const description = vscode.workspace.asRelativePath(vscode.Uri.parse(uri))
    return { label: name, description, uri }
  })
  return (await vscode.window.showQuickPick(items, { title: 'Several apps use this file. Of which one?' }))?.uri
}

/** Opens a preview beside the file; without a kind, asks for it. */
export async function openPreview(client: LanguageClient, kind?: PreviewKind, source?: string): Promise<void> {
  const file = source ?? (await chooseSource('Of which app?'))
  const from = file === undefined ? undefined : await appOf(client, file)
  if (from === undefined) return
  const chosen =
    kind ??
    (
      await vscode.window.showQuickPick<{ readonly label: string; readonly id: PreviewKind }>([...previewKinds], {
        title: 'What the app becomes',
      })
    )?.id
  if (!chosen) return
  const preview = await vscode.workspace.openTextDocument(previewUri(chosen, from))
  await vscode.window.showTextDocument(preview, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  })
}
