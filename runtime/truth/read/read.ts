// The static reader: from source text to a value with the exact place of every part, over several files, without
// running anything. Anything it cannot know (a call, a condition) is left as `computed`.

import type ts from 'typescript'
import type { Fault } from '../codes.ts'
import { codes } from '../codes.ts'
import type { Node, Place } from '../node.ts'
import { exportedTwice, notExported } from './absent.ts'
import { evaluate, type Reader } from './evaluate.ts'
import { type Module, placeOf, readModule } from './module.ts'

/** The text of a file, or undefined where there is none. Paths use `/`. */
export type SourceOf = (file: string) => string | undefined

export type Reading = {
  /** The app's value; absent where nothing is exported. */
  readonly root?: Node
  readonly faults: readonly Fault[]
  /** Whether the files do more when they run than to define what was read, which may then be something else. */
  readonly runs: boolean
  /** Every file that was read, with its text. */
  readonly files: ReadonlyMap<string, string>
}

type Exported = { readonly module: Module; readonly local: string }

const isSamePlace = (one: Exported, other: Exported): boolean =>
  one.module === other.module && one.local === other.local

/** A file of 10,000 fields needs about 200,000. */
const mostExpressions = 500_000

/** Joins a relative specifier to the file it stands in: `a/app.truth.ts` + `./task.truth.ts` → `a/task.truth.ts`. */
function resolveSpecifier(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/') || specifier
}

/** `./task.truth`, `./task.truth.ts` and, as bundlers have it, `./task.truth.js` name the same file. */
const spellings = (path: string): string[] => [path, `${path}.ts`, path.replace(/\.js$/, '.ts')]

const isRelative = (specifier: string): boolean => specifier.startsWith('./') || specifier.startsWith('../')

/** @internal */
export function readApp(
  entry: string,
  sourceOf: SourceOf,
  env: (name: string) => string | undefined = () => undefined,
  parse: (file: string, text: string) => Module = readModule,
): Reading {
  const faults: Fault[] = []
  const files = new Map<string, string>()
  const modules = new Map<string, Module>()
  const open: string[] = []

  function moduleAt(file: string): Module | undefined {
    const kept = modules.get(file)
    if (kept) return kept
    const text = sourceOf(file)
    if (text === undefined) return undefined
    files.set(file, text)
    const module = parse(file, text)
    modules.set(file, module)
    for (const fault of module.faults) faults.push({ code: codes.syntax, message: fault.message, at: fault.place })
    followImports(module)
    return module
  }

  function imported(module: Module, specifier: string): Module | undefined {
    for (const path of spellings(resolveSpecifier(module.file, specifier))) {
      const found = moduleAt(path)
      if (found) return found
    }
    return undefined
  }

  /** Reads imported truth files, and reports what is not there and what goes round in circles. */
  function followImports(module: Module): void {
    open.push(module.file)
    const seen = new Set<string>()
    for (const { specifier, place } of [...module.imports.values(), ...module.stars]) {
      if (!isRelative(specifier) || seen.has(specifier)) continue
      seen.add(specifier)
      const circle = spellings(resolveSpecifier(module.file, specifier)).find((path) => open.includes(path))
      if (circle) {
        const round = [...open.slice(open.indexOf(circle)), circle].join(' → ')
        faults.push({ code: codes.importCycle, message: `These files import each other: ${round}.`, at: place })
      } else if (!imported(module, specifier)) {
        const message = `Cannot read \`${specifier}\`: there is no such file beside ${module.file}.`
        faults.push({ code: codes.importMissing, message, at: place })
      }
    }
    open.pop()
  }

  function exportOf(module: Module, name: string, place: Place, bare = false): Node {
    if (name === 'default' && module.defaultExport) return evaluate(module, module.defaultExport, reader)
    const found = whereExported(module, name)
    const [first] = found
    if (first && found.length === 1) return lookUp(first.module, first.local, first.module.source)
    const known = (): string[] => namesOf(module).filter((key) => whereExported(module, key).length === 1)
    const files = found.map(({ module }) => module.file)
    faults.push(
      first ? exportedTwice(module.file, name, files, place) : notExported(module.file, name, known(), place, bare),
    )
    return { kind: 'computed', place, missing: true }
  }

  /** Where an exported name is given its value; several places where `export *` brings it twice, which exports nothing. */
  function whereExported(module: Module, name: string, open: readonly string[] = []): Exported[] {
    const key = `${module.file} ${name}`
    if (open.includes(key)) return []
    const within = [...open, key]
    const local = module.exports.get(name)
    if (local !== undefined) {
      const entry = module.constants.has(local) ? undefined : module.imports.get(local)
      const from = entry && isRelative(entry.specifier) ? imported(module, entry.specifier) : undefined
      if (!entry || !from || entry.name === '*' || (entry.name === 'default' && from.defaultExport))
        return [{ module, local }]
      return whereExported(from, entry.name, within)
    }
    // Every export but the default one goes through a star.
    const found = name === 'default' ? [] : partsOf(module).flatMap((part) => whereExported(part, name, within))
    return found.filter((one, at) => at === found.findIndex((other) => isSamePlace(one, other)))
  }

  const partsOf = (module: Module): Module[] =>
    module.stars.flatMap(({ specifier }) => (isRelative(specifier) ? (imported(module, specifier) ?? []) : []))

  function namesOf(module: Module, seen: ReadonlySet<Module> = new Set()): string[] {
    if (seen.has(module)) return []
    const passed = new Set([...seen, module])
    const parts = partsOf(module).flatMap((part) => namesOf(part, passed).filter((name) => name !== 'default'))
    return [...new Set([...module.exports.keys(), ...parts])]
  }

  function lookUp(module: Module, name: string, at: ts.Node): Node {
    const place = placeOf(at, module.source)
    const initializer = module.constants.get(name)
    if (initializer) {
      // INVARIANT: a constant that refers to itself ends here instead of recursing.
      if (reader.evaluating.has(initializer)) return { kind: 'computed', place, missing: false }
      reader.evaluating.add(initializer)
      const node = evaluate(module, initializer, reader)
      reader.evaluating.delete(initializer)
      return node
    }
    const entry = module.imports.get(name)
    if (!entry || !isRelative(entry.specifier)) return { kind: 'computed', place, missing: false }
    const from = imported(module, entry.specifier)
    if (!from) return { kind: 'computed', place, missing: true }
    if (entry.name !== '*') return exportOf(from, entry.name, entry.nameAt, entry.bare)
    const names = namesOf(from).filter((key) => whereExported(from, key).length === 1)
    const entries = names.map((key) => [key, { key: entry.place, value: exportOf(from, key, entry.place) }] as const)
    return { kind: 'object', entries: new Map(entries), place }
  }

  /** What a file that is imported as a whole exports by a name; undefined where `object` is no such file. */
  function memberOf(module: Module, object: ts.Expression, name: ts.Identifier): Node | undefined {
    const local = (object as Partial<ts.Identifier>).text ?? ''
    const entry = module.constants.has(local) ? undefined : module.imports.get(local)
    const from = entry?.name === '*' && isRelative(entry.specifier) ? imported(module, entry.specifier) : undefined
    return from && exportOf(from, name.text, placeOf(name, module.source))
  }

  const reader: Reader = {
    env,
    report: (fault) => faults.push(fault),
    lookUp,
    memberOf,
    evaluating: new Set(),
    budget: { left: mostExpressions },
  }

  const start: Place = { file: entry, start: 0, end: 0 }
  const module = moduleAt(entry)
  if (!module) {
    faults.push({ code: codes.unreadable, message: `Cannot read \`${entry}\`.`, at: start })
    return { faults, files, runs: false }
  }
  const exported = module.defaultExport ?? (module.declaredApp && module.constants.get(module.declaredApp))
  const byName = module.exports.get('default')
  if (!exported && byName === undefined) {
    const message = 'This file exports no app. End it with `export default defineApp({ … })`.'
    faults.push({ code: codes.noExport, message, at: start })
    return { faults, files, runs: false }
  }
  const root = exported ? evaluate(module, exported, reader) : lookUp(module, byName ?? '', module.source)
  return { root, faults, files, runs: [...modules.values()].some(({ runs }) => runs) }
}
