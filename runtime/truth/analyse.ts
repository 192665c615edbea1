// From texts to an app and everything that is wrong with it. Pure: the loader, the command line, the language server
// and the tests all come through here.

import type { App } from './app.ts'
import type { Fault } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { withoutFollowUps } from './follow-ups.ts'
import { always, type Memory, onceWith } from './memory.ts'
import { appOf } from './model/app.ts'
import type { Site } from './model/rule.ts'
import { isTold } from './model/untold.ts'
import { isComputed, type Node } from './node.ts'
import { presentFaults } from './present.ts'
import { readApp, type SourceOf } from './read/read.ts'
import { reread } from './read/reread.ts'
import { rules } from './rules/rules.ts'
import { checkStructure } from './structure.ts'

export type Analysis = {
  /** Present when nothing is wrong; warnings do not count. */
  readonly app?: App
  /** The app as far as it can be told, faults or not: for an editor, never to be served. */
  readonly draft?: App
  /** Every text of the expression language, faulty or not, in the order in which they are read. */
  readonly sites: readonly Site[]
  /** All at once, in source order. */
  readonly diagnostics: readonly Diagnostic[]
  /** What was read, with places; the best that can be had of a faulty file. */
  readonly root?: Node
  /** Whether some values are only known by running the file. */
  readonly computed: boolean
  readonly files: ReadonlyMap<string, string>
}

export type AnalyseOptions = {
  /** The file that exports the app, by default `app.truth.ts`. */
  readonly entry?: string
  /** Values for `env('NAME', 'default')`; without it, the defaults. */
  readonly env?: (name: string) => string | undefined
  /** The value of a computed file, from running it; its places come from what can be read. */
  readonly evaluated?: (read: Node | undefined, entry: string) => Node
  /**
   * What was kept of the analysis before, for an editor. The result is the same as without; the nodes of the analysis
   * before must not be used any more, since their places move with the text.
   * @internal
   */
  readonly memory?: Memory
}

/** Analyses a truth file given as text, several files by path, or a function from path to text. */
export function analyse(
  source: string | ReadonlyMap<string, string> | SourceOf,
  options: AnalyseOptions = {},
): Analysis {
  const entry = options.entry ?? 'app.truth.ts'
  const sourceOf = typeof source === 'function' ? source : sourceFrom(source, entry)
  const { memory, env } = options
  const reading = memory ? reread(memory.reading, entry, sourceOf, env) : readApp(entry, sourceOf, env)
  const root = options.evaluated ? options.evaluated(reading.root, entry) : reading.root
  const faults: Fault[] = [...reading.faults]
  const report = (fault: Fault): void => void faults.push(fault)
  const sites: Site[] = []
  let app: App | undefined
  if (root) {
    checkStructure(root, report, memory ? onceWith(memory, undefined) : always)
    if (root.kind === 'object') {
      app = appOf(root, { report, site: (site) => sites.push(site) }, memory)
      const once = memory ? onceWith(memory, app.schema) : always
      for (const rule of rules) rule(app, root, report, once)
    }
  }
  const diagnostics = presentFaults(withoutFollowUps(faults), reading.files)
  // SECURITY: a rule that a statement takes back must not be served as it was first written.
  const computed = root !== undefined && (isComputed(root) || (reading.runs && !options.evaluated))
  // INVARIANT: a faulty rule is missing from the app, so an app with any error is never handed out to be served.
  const sound =
    app && !computed && !diagnostics.some((diagnostic) => diagnostic.severity === 'error') && isTold(app.schema)
  return {
    ...(sound && app && { app }),
    ...(app && { draft: app }),
    sites,
    diagnostics,
    ...(root && { root }),
    computed,
    files: reading.files,
  }
}

const sourceFrom =
  (source: string | ReadonlyMap<string, string>, entry: string): SourceOf =>
  (file) =>
    typeof source === 'string' ? (file === entry ? source : undefined) : source.get(file)
