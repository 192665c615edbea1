// Bundles the package into `dist`: the command, the public entries and the worker. `--types` adds the declarations.
// Chevrotain and most of the rest are bundled, so that a command starts fast; what is native or large stays outside.

import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import * as esbuild from 'esbuild'
import { licencesText } from './build/licences.mjs'
import { parserOnly } from './build/typescript-parser.mjs'

rmSync('dist', { recursive: true, force: true })

const metafiles = []

async function build(options) {
  const { metafile } = await esbuild.build({
    bundle: true,
    outdir: 'dist',
    metafile: true,
    logLevel: 'warning',
    ...options,
  })
  metafiles.push(metafile)
}

/** Chevrotain's lodash at half the size: es-toolkit's functions of the same names, made to stand in for lodash. */
const alias = { 'lodash-es': 'es-toolkit/compat' }

/** Bundled CommonJS packages ask for Node's own modules. */
const banner = {
  js: "import { createRequire as truthRequire } from 'node:module'; const require = truthRequire(import.meta.url);",
}

await build({
  entryPoints: { truth: 'runtime/cli/main.ts', index: 'runtime/index.ts' },
  alias,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['libsql', '@libsql/client', 'esbuild', 'pino', 'pino-pretty'],
  plugins: [parserOnly],
  banner,
})
// The expression language runs anywhere too. Not minified, so that whoever bundles it can leave out what they do not use.
await build({
  entryPoints: { expr: 'expr/index.ts' },
  alias,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  mainFields: ['module', 'main'],
})
// The typed client runs anywhere: nothing of Node, and small. So does the adapter of better-auth.
await build({
  entryPoints: { client: 'runtime/client.ts', 'better-auth': 'runtime/better-auth.ts' },
  minify: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
})
copyFileSync('runtime/evaluate-worker.mjs', 'dist/evaluate-worker.mjs')
// What the API's explorer sends to browsers, with the licences of what is inside. Copied rather than depended upon: the
// package is 12 MB, most of it maps and other builds.
mkdirSync('dist/explorer')
for (const file of ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css', 'LICENSE', 'NOTICE'])
  copyFileSync(`node_modules/swagger-ui-dist/${file}`, `dist/explorer/${file}`)

// The language server: one file that needs nothing beside it, for `truth lsp` and for the VS Code extension.
await build({
  entryPoints: { lsp: 'server/main.ts' },
  alias,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  mainFields: ['module', 'main'],
  plugins: [parserOnly],
  banner,
  legalComments: 'none',
})

// The VS Code extension. VS Code loads CommonJS.
await build({
  entryPoints: { extension: 'client/extension.ts' },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  external: ['vscode'],
  legalComments: 'none',
})

// TypeScript's parser comes as text, so that no metafile tells of it.
writeFileSync('dist/licences.txt', licencesText(metafiles, ['typescript']))

if (process.argv.includes('--types')) {
  execFileSync(process.execPath, ['node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
}
