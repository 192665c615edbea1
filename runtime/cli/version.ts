// The package's version, read from its own package.json: beside `dist` when built, two folders up in the source.

import { readFileSync } from 'node:fs'

function read(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name?: string
        version?: string
      }
      if (found.name === 'truthfile' && found.version) return found.version
    } catch {
      // Not here; try the next place.
    }
  }
  return '0.0.0'
}

export const version = read()
