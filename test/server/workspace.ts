// Several files as one workspace: the server's own texts and projects, without a connection.

import { applyEdits, type Edit } from '../../server/features/edits.ts'
import { renameAt } from '../../server/features/rename.ts'
import { createProjects, type Projects } from '../../server/projects.ts'
import { createTexts, type Texts } from '../../server/texts.ts'

export type Workspace = {
  readonly projects: Projects
  readonly texts: Texts
  readonly files: ReadonlyMap<string, string>
  /** Where a text stands in a file, at its end. */
  readonly after: (path: string, text: string) => number
  /** The files after edits whose files are paths. */
  readonly apply: (edits: readonly Edit[]) => ReadonlyMap<string, string>
}

/** Files by their path below `/w`, open in the editor. */
export function workspaceOf(given: Readonly<Record<string, string>>): Workspace {
  const files = new Map(Object.entries(given).map(([name, text]) => [`/w/${name}`, text]))
  const texts = createTexts(() => 'utf-16')
  for (const [path, text] of files) texts.open({ uri: `file://${path}`, languageId: 'typescript', version: 1, text })
  const projects = createProjects(texts)
  return {
    projects,
    texts,
    files,
    after: (path, text) => {
      const at = files.get(path)?.indexOf(text) ?? -1
      if (at < 0) throw new Error(`${path} does not hold ${text}`)
      return at + text.length
    },
    apply: (edits) => applyEdits(files, edits),
  }
}

export type Files = Readonly<Record<string, string>>

/** The files that a rename behind some text changes, or why it is refused. */
export function renamed(
  files: Files,
  name: string,
  before: string,
  to: string,
  keepData = false,
): Record<string, string> | string {
  const workspace = workspaceOf(files)
  const path = `/w/${name}`
  const renaming = renameAt([...workspace.projects.apps(path)], path, workspace.after(path, before), to, keepData)
  if ('refused' in renaming) return `refused: ${renaming.refused}`
  const changed = [...workspace.apply(renaming.edits)].filter(([one, text]) => workspace.files.get(one) !== text)
  return Object.fromEntries(changed.map(([one, text]) => [one.slice('/w/'.length), text]))
}
