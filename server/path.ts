// Names of files. Inside the server a file is a path with `/` (for `file:` addresses) or the decoded address itself (for
// anything else, such as an untitled document); outside it is whatever address the client gave.

import { fileURLToPath, pathToFileURL } from 'node:url'

export const truthFile = /\.truth\.ts$/

/** The path of an address; the same file has one path however its address is escaped. */
export function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri).replaceAll('\\', '/') : decodeURIComponent(uri)
  } catch {
    return uri
  }
}

const isAddress = (path: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(path) && !/^[a-z]:\//i.test(path)

/** Whether the file can be on this machine's disk. */
export const onDisk = (path: string): boolean => !isAddress(path)

export const uriOf = (path: string): string => (isAddress(path) ? encodeURI(path) : pathToFileURL(path).href)

export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** A name relative to a folder, such as `../shared/user.truth.ts`, as a path. */
export function joinPath(folder: string, name: string): string {
  const parts = folder.split('/')
  for (const part of name.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

export const isInside = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
