// The commands of the palette and of code lenses.

import * as vscode from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { allTargets, chooseTarget } from './apps.ts'
import { openPreview, type PreviewKind } from './preview.ts'
import { isTruthFile } from './server.ts'
import type { Target } from './targets.ts'

type Explanation = {
  readonly expression: string
  readonly reading?: string
  readonly sql?: string
  readonly grants?: string
  readonly refuses?: string
  readonly reads: readonly string[]
  readonly problems: readonly string[]
}

type Run = Pick<Target, 'cwd' | 'argument' | 'label'>

/** Runs `truth` in a terminal of its own for each app, so that none is named from another one's folder. */
function inTerminal(command: string, options: string, { cwd, argument, label }: Run): void {
  const name = `truth ${command}${label && `: ${label}`}`
  const found = vscode.window.terminals.find((terminal) => terminal.name === name && terminal.exitStatus === undefined)
  const terminal = found ?? vscode.window.createTerminal({ name, cwd: vscode.Uri.file(cwd) })
  terminal.show(true)
  terminal.sendText(`npx truth ${[command, options, argument].filter(Boolean).join(' ')}`)
}

async function inChosen(title: string, command: string, options = ''): Promise<void> {
  const target = await chooseTarget(title)
  if (target) inTerminal(command, options, target)
}

async function checkWorkspace(): Promise<void> {
  const targets = await allTargets()
  if (targets.length === 0)
    return void vscode.window.showInformationMessage('There is no app.truth.ts in this workspace.')
  for (const target of targets) inTerminal('check', '', target)
}

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
    'truth.preview': (kind?: PreviewKind, source?: string) => openPreview(client(), kind, source),
    'truth.previewTypes': () => openPreview(client(), 'types'),
    'truth.previewSql': () => openPreview(client(), 'sql'),
    'truth.previewOpenApi': () => openPreview(client(), 'openapi'),
    'truth.previewRoutes': () => openPreview(client(), 'routes'),
    'truth.check': () => inChosen('Which app is checked?', 'check'),
    'truth.checkWorkspace': checkWorkspace,
    'truth.serve': () => inChosen('Which app is served?', 'serve', `--port ${port()}`),
    'truth.openExplorer': openExplorer,
    'truth.explain': () => explain(client()),
    'truth.references': showReferences,
  }
  for (const [name, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run))
  }
}
