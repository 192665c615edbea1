// The texts of files: what the editor has open wins over what lies on the disk.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { onDisk, pathOf, truthFile, uriOf } from './path.ts'
import { type Converter, converterOf, type Encoding } from './position.ts'

export type Texts = {
  readonly open: (document: { uri: string; languageId: string; version: number; text: string }) => void
  readonly change: (uri: string, version: number, changes: readonly Change[]) => void
  readonly close: (uri: string) => void
  readonly documentAt: (path: string) => TextDocument | undefined
  readonly openPaths: () => readonly string[]
  /** The text of a file; undefined where there is none. */
  readonly textOf: (path: string) => string | undefined
  /** The address of a file, as the client writes it where it has it open. */
  readonly uriOf: (path: string) => string
  /** Positions in a file, as the client counts them. */
  readonly converterAt: (path: string) => Converter
}

type Change = TextDocumentContentChangeEvent

type Kept = { readonly modified: number; readonly size: number; readonly text: string }

/** Larger truth files are refused unread, as the loader does. */
const largestFile = 16 * 1024 * 1024

/** `encoding` is asked for late, since it is negotiated after the start. */
export function createTexts(encoding: () => Encoding): Texts {
  const documents = new Map<string, TextDocument>()
  const kept = new Map<string, Kept>()
  const converters = new Map<string, { readonly text: string; readonly converter: Converter }>()

  // The time and size are asked for every time, so that clients that watch no files are right too.
  function fromDisk(path: string): string | undefined {
    try {
      const { mtimeMs: modified, size } = statSync(path)
      const known = kept.get(path)
      if (known && known.modified === modified && known.size === size) return known.text
      if (size > largestFile) return undefined
      const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
      kept.set(path, { modified, size, text })
      return text
    } catch {
      kept.delete(path)
      return undefined
    }
  }

  const textOf = (path: string): string | undefined =>
    documents.get(path)?.getText() ?? (onDisk(path) ? fromDisk(path) : undefined)

  function converterAt(path: string): Converter {
    const text = textOf(path) ?? ''
    const known = converters.get(path)
    if (known?.text === text) return known.converter
    const converter = converterOf(text, encoding())
    converters.set(path, { text, converter })
    return converter
  }

  function change(uri: string, version: number, changes: readonly Change[]): void {
    const path = pathOf(uri)
    for (const one of changes) {
      const document = documents.get(path)
      if (!document) return
      // Each change speaks of the text that the one before it left.
      const range = 'range' in one && encoding() === 'utf-8' ? converterAt(path).toUtf16(one.range) : undefined
      documents.set(path, TextDocument.update(document, [range ? { text: one.text, range } : one], version))
    }
  }

  return {
    open: ({ uri, languageId, version, text }) =>
      void documents.set(pathOf(uri), TextDocument.create(uri, languageId, version, text)),
    change,
    close: (uri) => {
      documents.delete(pathOf(uri))
      converters.delete(pathOf(uri))
    },
    documentAt: (path) => documents.get(path),
    openPaths: () => [...documents.keys()],
    textOf,
    uriOf: (path) => documents.get(path)?.uri ?? uriOf(path),
    converterAt,
  }
}

const skipped = /^(?:\.|node_modules$|dist$|build$|out$|coverage$)/
const mostFolders = 5_000

/** The truth files below a folder, nearest first. */
export function findTruthFiles(folder: string): string[] {
  const found: string[] = []
  const folders = [folder]
  for (let index = 0; index < folders.length && index < mostFolders; index++) {
    const at = folders[index] ?? ''
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        if (entry.isDirectory() && !skipped.test(entry.name)) folders.push(`${at}/${entry.name}`)
        else if (entry.isFile() && truthFile.test(entry.name)) found.push(`${at}/${entry.name}`)
      }
    } catch {
      // A folder that cannot be read holds nothing for us.
    }
  }
  return found
}
