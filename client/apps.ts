// The apps of the workspace, and the one that a command is about: asked for where it is not plain.

import * as vscode from 'vscode'
import { isTruthFile } from './server.ts'
import { appAbove, type Target, targetsOf } from './targets.ts'

const entry = 'app.truth.ts'
const skipped = '**/{node_modules,dist,build,out,coverage}/**'

const parent = (uri: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(uri, '..')

/** The folders of all apps, by path. */
async function appFolders(): Promise<ReadonlyMap<string, vscode.Uri>> {
  const found = await vscode.workspace.findFiles(`**/${entry}`, skipped)
  const open = vscode.workspace.textDocuments.filter((document) => document.uri.path.endsWith(`/${entry}`))
  const uris = [...found, ...open.map(({ uri }) => uri)].filter(({ scheme }) => scheme === 'file')
  return new Map(uris.map((uri) => [parent(uri).path, parent(uri)]))
}

const activeFile = (): vscode.Uri | undefined => {
  const document = vscode.window.activeTextEditor?.document
  return document && isTruthFile(document) ? document.uri : undefined
}

/** All apps of the workspace, as a command line names them. */
export async function allTargets(): Promise<readonly (Target & { readonly folder: vscode.Uri })[]> {
  const apps = await appFolders()
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({ name, path: uri.path }))
  const paths = [...apps.keys()].sort()
  return targetsOf(paths, folders).flatMap((target, index) => {
    const folder = apps.get(paths[index] ?? '')
    return folder ? [{ ...target, folder }] : []
  })
}

/** The app of the file that is being edited, or the only one, or the one that is picked; says so where there is none. */
export async function chooseTarget(title: string): Promise<(Target & { readonly folder: vscode.Uri }) | undefined> {
  const targets = await allTargets()
  const file = activeFile()
  const above =
    file &&
    appAbove(
      file.path,
      targets.map(({ folder }) => folder.path),
    )
  const current = targets.find(({ folder }) => folder.path === above)
  if (current) return current
  if (targets.length === 0) {
    void vscode.window.showInformationMessage(`There is no ${entry} in this workspace.`)
    return undefined
  }
  if (targets.length === 1) return targets[0]
  const items = targets.map((target) => ({ label: target.label, target }))
  return (await vscode.window.showQuickPick(items, { title }))?.target
}

/** What a preview shows: the file that is being edited, else the app that is picked. */
export async function chooseSource(title: string): Promise<string | undefined> {
  const file = activeFile()
  if (file) return file.toString()
  const target = await chooseTarget(title)
  return target && vscode.Uri.joinPath(target.folder, entry).toString()
}
