// Apps and the files they are made of: which app a file belongs to, and its analysis, kept until one of its files changes.

import { type Analysis, analyse } from '../runtime/truth/analyse.ts'
import { createMemory, type Memory } from '../runtime/truth/memory.ts'
import { childOf } from '../runtime/truth/node.ts'
import { appAround, partEntry } from './part.ts'
import { folderOf, isInside, joinPath, nameOf, onDisk, truthFile } from './path.ts'
import { findTruthFiles, type Texts } from './texts.ts'

/** The analysis of one app at one moment. */
export type Snapshot = {
  /** The path of the file that exports the app. */
  readonly entry: string
  /** Whether no app uses the file, so that an app is made up around it. */
  readonly isPart?: boolean
  readonly analysis: Analysis
  /** The path of a file as the analysis names it. */
  readonly pathOf: (file: string) => string
  /** The name in the analysis of a file by its path; undefined when the app does not use it. */
  readonly fileOf: (path: string) => string | undefined
}

export type Projects = {
  /** The app that a file belongs to; for a file of no app, what can be said of it alone. */
  readonly snapshotOf: (path: string) => Snapshot
  /** Every app that uses a file. */
  readonly snapshotsOf: (path: string) => readonly Snapshot[]
  /** Every app that may use a file, one after the other: all of the workspace, whatever their file is called. */
  readonly apps: (path: string) => Iterable<Snapshot>
  /** Every app of the workspace, one after the other. */
  readonly each: () => Iterable<Snapshot>
  /** Paths of the known apps that read a file, or looked for it. */
  readonly usersOf: (path: string) => readonly string[]
  /** Files came, went or changed on the disk. */
  readonly refresh: () => void
  readonly setFolders: (folders: readonly string[]) => void
}

type Project = {
  readonly snapshot: Snapshot
  readonly memory: Memory
  /** What every file that was asked for held. */
  readonly asked: ReadonlyMap<string, string | undefined>
}

const entryName = 'app.truth.ts'
/** An app may stand in a file of another name: `truth check admin.truth.ts`. */
const appExport = /\bexport\s+default\b|\bexport\s+const\s+App\b|\bAppDefinition\b/

const isEntry = (path: string): boolean => nameOf(path) === entryName

export function createProjects(texts: Texts): Projects {
  const projects = new Map<string, Project>()
  let folders: readonly string[] = []
  let found: readonly string[] | undefined

  const isFresh = (project: Project): boolean => [...project.asked].every(([path, text]) => texts.textOf(path) === text)

  function projectAt(entry: string): Project {
    const kept = projects.get(entry)
    if (kept && isFresh(kept)) return kept
    const folder = folderOf(entry)
    const asked = new Map<string, string | undefined>()
    const absolute = (file: string): string => (file === nameOf(entry) ? entry : joinPath(folder, file))
    const around = isEntry(entry) ? undefined : appAround(nameOf(entry), (file) => texts.textOf(absolute(file)))
    const sourceOf = (file: string): string | undefined => {
      if (file === partEntry) return around
      const path = absolute(file)
      const text = texts.textOf(path)
      asked.set(path, text)
      return text
    }
    const memory = kept?.memory ?? createMemory()
    const analysis = analyse(sourceOf, { entry: around === undefined ? nameOf(entry) : partEntry, memory })
    const names = new Map([...analysis.files.keys()].map((file) => [absolute(file), file]))
    const isPart = around !== undefined
    const snapshot: Snapshot = { entry, analysis, pathOf: absolute, fileOf: (path) => names.get(path), isPart }
    const project = { snapshot, memory, asked }
    projects.set(entry, project)
    return project
  }

  const truthFiles = (): readonly string[] => {
    found ??= folders.filter(onDisk).flatMap(findTruthFiles)
    return found
  }

  const mayExportApp = (path: string): boolean => truthFile.test(path) && appExport.test(texts.textOf(path) ?? '')

  /** Paths of files that may export an app that uses this one: those beside and above it first. */
  function* candidates(path: string): Generator<string> {
    const root = folders.find((folder) => isInside(path, folder))
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      yield `${folder}/${entryName}`
      if (folder === '' || folder === root || root === undefined || !isInside(folder, root)) break
    }
    for (const open of texts.openPaths()) if (isEntry(open)) yield open
    for (const file of truthFiles()) if (isEntry(file)) yield file
  }

  /** Files that export an app or may do so, the likeliest users of a file first. */
  function* entriesAround(path: string): Generator<string> {
    if (isEntry(path)) yield path
    yield* candidates(path)
    for (const file of [...truthFiles(), ...texts.openPaths()]) if (mayExportApp(file)) yield file
  }

  /** An app in a file of another name that uses a file which no other app uses. */
  function oddEntry(path: string): string | undefined {
    const others = [...texts.openPaths(), ...truthFiles()].filter((file) => file !== path && mayExportApp(file))
    return others.find((file) => {
      const { analysis, fileOf } = projectAt(file).snapshot
      return (
        fileOf(path) !== undefined && childOf(analysis.root, 'entities') !== undefined && !analysis.files.has(partEntry)
      )
    })
  }

  function entriesOf(path: string, most: number): string[] {
    if (isEntry(path)) return [path]
    const entries = new Set<string>()
    for (const entry of candidates(path)) {
      if (entries.has(entry) || texts.textOf(entry) === undefined) continue
      if (projectAt(entry).snapshot.fileOf(path) !== undefined) entries.add(entry)
      if (entries.size >= most) break
    }
    return entries.size > 0 ? [...entries] : [oddEntry(path) ?? path]
  }

  const snapshotAt = (entry: string): Snapshot => projectAt(entry).snapshot

  return {
    snapshotOf: (path) => snapshotAt(entriesOf(path, 1)[0] ?? path),
    snapshotsOf: (path) => entriesOf(path, Number.POSITIVE_INFINITY).map(snapshotAt),
    apps: function* (path) {
      const seen = new Set<string>()
      let used = false
      for (const entry of entriesAround(path)) {
        if (seen.has(entry) || texts.textOf(entry) === undefined) continue
        seen.add(entry)
        const snapshot = snapshotAt(entry)
        if (snapshot.isPart) continue
        used ||= snapshot.fileOf(path) !== undefined
        yield snapshot
      }
      if (!used) yield snapshotAt(path)
    },
    each: function* () {
      for (const entry of new Set([...truthFiles(), ...texts.openPaths()].filter(isEntry)))
        if (texts.textOf(entry) !== undefined) yield snapshotAt(entry)
    },
    usersOf: (path) => [...projects].filter(([, { asked }]) => asked.has(path)).map(([entry]) => entry),
    refresh: () => {
      found = undefined
      for (const entry of projects.keys()) if (texts.textOf(entry) === undefined) projects.delete(entry)
    },
    setFolders: (paths) => {
      folders = paths
      found = undefined
    },
  }
}
