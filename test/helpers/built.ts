// Programs of the tests that run as processes of their own, from the present source.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = new URL('../../', import.meta.url).pathname

export type Built = { readonly file: string; readonly remove: () => void }

/** A file beside this one, bundled. It stands inside `node_modules`, so that it finds the packages that are left out. */
export async function builtHelper(name: string): Promise<Built> {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'truth-helper-'))
  // In parts, as the package is: a part that is not needed is not loaded.
  await build({
    entryPoints: [join(root, 'test/helpers', name)],
    outdir: folder,
    bundle: true,
    splitting: true,
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    external: ['libsql', '@libsql/client'],
  })
  const file = join(folder, name.replace(/\.ts$/, '.mjs'))
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
