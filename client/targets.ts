// Which of a workspace's apps a command is about, and how it is named on the command line. Plain paths, no editor.

export type Folder = { readonly name: string; readonly path: string }
export type Target = {
  /** Where the command runs. */
  readonly cwd: string
  /** The app as seen from there. */
  readonly argument: string
  /** What tells it from the workspace's other apps; empty where it is the only one. */
  readonly label: string
}

const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)

/** The folder of the app that a file belongs to by where it lies: the nearest one above it. */
export const appAbove = (file: string, apps: readonly string[]): string | undefined =>
  apps.filter((app) => isInside(file, app)).sort((a, b) => b.length - a.length)[0]

/** Each app, in the folder of the workspace that holds it. */
export function targetsOf(apps: readonly string[], folders: readonly Folder[]): readonly Target[] {
  return [...new Set(apps)].sort().map((app) => {
    const holders = folders.filter(({ path }) => isInside(app, path)).sort((a, b) => b.path.length - a.path.length)
    const [folder] = holders
    const inner = folder ? app.slice(folder.path.length).replace(/^\//, '') : ''
    const named = folders.length > 1 && folder ? [folder.name, inner].filter(Boolean).join('/') : inner
    const label = apps.length > 1 ? named || (folder?.name ?? app) : ''
    return { cwd: folder?.path ?? app, argument: inner === '' ? '.' : quoted(inner), label }
  })
}

/** As shells read it. */
const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : JSON.stringify(path))
