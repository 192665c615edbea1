// The commands of the palette and of code lenses.

import * as vscode from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { openPreview, type PreviewKind } from './preview.ts'
import { isTruthFile } from './server.ts'

type Explanation = {
  readonly expression: string
  readonly reading?: string
  readonly sql?: string
  readonly grants?: string
  readonly refuses?: string
  readonly reads: readonly string[]
  readonly problems: readonly string[]
}

/** Runs `truth` in a terminal, in the folder of the app that is being edited, else of the workspace. */
function inTerminal(name: string, command: string): void {
  const document = vscode.window.activeTextEditor?.document
  const file = document && isTruthFile(document) && document.uri.scheme === 'file' ? document.uri : undefined
  const folder = file ? vscode.workspace.getWorkspaceFolder(file) : vscode.workspace.workspaceFolders?.[0]
  const cwd = folder?.uri ?? (file && vscode.Uri.joinPath(file, '..'))
  const target = file?.path.endsWith('/app.truth.ts')
    ? vscode.workspace.asRelativePath(vscode.Uri.joinPath(file, '..'), false)
    : '.'
  const found = vscode.window.terminals.find((terminal) => terminal.name === name && terminal.exitStatus === undefined)
  const terminal = found ?? vscode.window.createTerminal({ name, ...(cwd && { cwd }) })
  terminal.show(true)
  terminal.sendText(`npx truth ${command} ${quoted(cwd && target === cwd.fsPath ? '.' : target)}`)
}

const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : JSON.stringify(path))

async function explain(client: LanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor
  if (!editor || !isTruthFile(editor.document))
    return void vscode.window.showInformationMessage('Open a truth file first.')
  const { line, character } = editor.selection.active
  const answer = await client.sendRequest<Explanation | null>('truth/explain', {
    textDocument: { uri: editor.document.uri.toString() },
    position: { line, character },
  })
  if (!answer) return void vscode.window.showInformationMessage('Put the cursor into a permission first.')
  const parts = [
    `# ${answer.reading ?? 'An expression'}`,
    `\`\`\`ts\n${answer.expression}\n\`\`\``,
    answer.grants && `**Gets in:** ${answer.grants}`,
    answer.refuses && `**Does not:** ${answer.refuses}`,
    answer.sql && `## As SQL\n\n\`\`\`sql\n${answer.sql}\n\`\`\``,
    answer.reads.length > 0 && `## It reads\n\n${answer.reads.map((path) => `- \`${path}\``).join('\n')}`,
    answer.problems.length > 0 && `## Problems\n\n${answer.problems.map((problem) => `- ${problem}`).join('\n')}`,
  ]
  const content = `${parts.filter(Boolean).join('\n\n')}\n`
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content })
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true })
}

async function openExplorer(): Promise<void> {
  const port = vscode.workspace.getConfiguration('truth').get<number>('serve.port') ?? 3000
  await vscode.env.openExternal(vscode.Uri.parse(`http://127.0.0.1:${port}/api/docs`))
}

type Place = { readonly uri: string; readonly range: vscode.Range }

/** Code lenses carry plain data; the editor's own command wants its classes. */
async function showReferences(uri: string, position: vscode.Position, places: readonly Place[]): Promise<void> {
  const at = ({ line, character }: vscode.Position): vscode.Position => new vscode.Position(line, character)
  const locations = places.map(
    (place) =>
      new vscode.Location(vscode.Uri.parse(place.uri), new vscode.Range(at(place.range.start), at(place.range.end))),
  )
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), at(position), locations)
}

export function registerCommands(
  context: vscode.ExtensionContext,
  client: () => LanguageClient,
  restart: () => Promise<void>,
): void {
  const port = (): number => vscode.workspace.getConfiguration('truth').get<number>('serve.port') ?? 3000
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    'truth.restart': restart,
    'truth.preview': (kind?: PreviewKind, source?: string) => openPreview(kind, source),
    'truth.previewTypes': () => openPreview('types'),
    'truth.previewSql': () => openPreview('sql'),
    'truth.previewOpenApi': () => openPreview('openapi'),
    'truth.previewRoutes': () => openPreview('routes'),
    'truth.check': () => inTerminal('truth check', 'check'),
    'truth.serve': () => inTerminal('truth serve', `serve --port ${port()}`),
    'truth.openExplorer': openExplorer,
    'truth.explain': () => explain(client()),
    'truth.references': showReferences,
  }
  for (const [name, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run))
  }
}
