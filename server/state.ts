// What the handlers share: the client's abilities, the texts, the apps, and how places become the protocol's ranges.

import type { InitializeParams, Location, Position, Range } from 'vscode-languageserver'
import type { Place } from '../runtime/truth/node.ts'
import { pathOf } from './path.ts'
import type { Encoding } from './position.ts'
import { createProjects, type Projects, type Snapshot } from './projects.ts'
import { createTexts, type Texts } from './texts.ts'

export type Client = {
  readonly encoding: Encoding
  /** Whether it asks for diagnostics itself; otherwise they are pushed. */
  readonly pulls: boolean
  readonly snippets: boolean
  readonly markdown: boolean
  readonly refreshes: { readonly diagnostics: boolean; readonly lenses: boolean; readonly hints: boolean }
  readonly watches: boolean
  readonly folders: readonly string[]
  /** It can open previews, restart and so on: our own VS Code extension. */
  readonly previews: boolean
  /** TypeScript's own service answers in the same file, on keys. */
  readonly besideTypeScript: boolean
  readonly links: boolean
  readonly versionedEdits: boolean
}

/** What the user can set. */
export type Settings = {
  readonly renamedFrom: boolean
  readonly lenses: boolean
  readonly hints: { readonly fieldTypes: boolean; readonly parameters: boolean }
}

export type State = {
  client: Client
  settings: Settings
  readonly texts: Texts
  readonly projects: Projects
}

const plainClient: Client = {
  encoding: 'utf-16',
  pulls: false,
  snippets: false,
  markdown: false,
  refreshes: { diagnostics: false, lenses: false, hints: false },
  watches: false,
  folders: [],
  previews: false,
  besideTypeScript: false,
  links: false,
  versionedEdits: false,
}

const plainSettings: Settings = { renamedFrom: false, lenses: true, hints: { fieldTypes: true, parameters: true } }

export function createState(): State {
  const texts = createTexts(() => state.client.encoding)
  const state: State = { client: plainClient, settings: plainSettings, texts, projects: createProjects(texts) }
  return state
}

export function clientOf({ capabilities, workspaceFolders, rootUri, initializationOptions }: InitializeParams): Client {
  const { general, textDocument, workspace } = capabilities
  const options = optionsOf(initializationOptions)
  const item = textDocument?.completion?.completionItem
  const folders = workspaceFolders?.map((folder) => folder.uri) ?? (rootUri ? [rootUri] : [])
  return {
    encoding:
      general?.positionEncodings?.find((one) => one === 'utf-16' || one === 'utf-8') === 'utf-8' ? 'utf-8' : 'utf-16',
    pulls: textDocument?.diagnostic !== undefined && options.diagnostics !== 'push',
    snippets: item?.snippetSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? true,
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport === true,
      lenses: workspace?.codeLens?.refreshSupport === true,
      hints: workspace?.inlayHint?.refreshSupport === true,
    },
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: folders.map((uri) => pathOf(uri).replace(/\/$/, '')),
    previews: options.previews === true,
    besideTypeScript: options.besideTypeScript === true,
    links: textDocument?.definition?.linkSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
  }
}

type Options = { readonly [key: string]: unknown }

const optionsOf = (value: unknown): Options => (typeof value === 'object' && value !== null ? (value as Options) : {})

/** The settings from what the client sends: at the start, or when they change. Whatever is not given stays. */
export function settingsOf(given: unknown, before: Settings = plainSettings): Settings {
  const { rename, codeLens, inlayHints } = optionsOf(given)
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise)
  const hints = optionsOf(inlayHints)
  return {
    renamedFrom: flag(optionsOf(rename).renamedFrom, before.renamedFrom),
    lenses: flag(optionsOf(codeLens).enabled, before.lenses),
    hints: {
      fieldTypes: flag(hints.fieldTypes, before.hints.fieldTypes),
      parameters: flag(hints.parameters, before.hints.parameters),
    },
  }
}

/** A place in the app's files as the client writes it. */
export function locationOf(state: State, snapshot: Snapshot, place: Place): Location {
  const path = snapshot.pathOf(place.file)
  return { uri: state.texts.uriOf(path), range: state.texts.converterAt(path).rangeOf(place) }
}

export const rangeIn = (state: State, path: string, place: { start: number; end: number }): Range =>
  state.texts.converterAt(path).rangeOf(place)

export const offsetIn = (state: State, path: string, position: Position): number =>
  state.texts.converterAt(path).offsetAt(position)
