#!/usr/bin/env node
// The language server as a program: `dist/lsp.js`, for editors and for `truth lsp`.

import './heap.ts'
import { readFileSync } from 'node:fs'
import { start } from './start.ts'

function versionIn(path: string): string | undefined {
  try {
    const found = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { readonly version?: string }
    return found.version
  } catch {
    return undefined
  }
}

start(versionIn('../package.json') ?? '0.0.0')
