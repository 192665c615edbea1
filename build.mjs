// Bundles the package into `dist`: the command, the public entries and the worker. `--types` adds the declarations.
// Chevrotain and most of the rest are bundled, so that a command starts fast; what is native or large stays outside.

import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })

/** PERF: imported as a module, a large CommonJS package is parsed twice more only to find its exports (250 ms). */
const required = {
  name: 'required',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, ({ path, namespace }) =>
      namespace === 'required' ? { path, external: true } : { path, namespace: 'required' },
    )
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({ contents: `module.exports = require('${path}')` }))
  },
}

await build({
  entryPoints: { truth: 'runtime/cli/main.ts', index: 'runtime/index.ts', expr: 'expr/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['libsql', '@libsql/client', 'esbuild', 'pino', 'pino-pretty'],
  plugins: [required],
  // Bundled CommonJS packages ask for Node's own modules.
  banner: {
    js: "import { createRequire as truthRequire } from 'node:module'; const require = truthRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
copyFileSync('runtime/evaluate-worker.mjs', 'dist/evaluate-worker.mjs')

// The language server: one file that needs nothing beside it, for `truth lsp` and for the VS Code extension.
await build({
  entryPoints: { lsp: 'server/main.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  mainFields: ['module', 'main'],
  banner: {
    js: "import { createRequire as truthRequire } from 'node:module'; import { fileURLToPath as truthPath } from 'node:url'; const require = truthRequire(import.meta.url), __filename = truthPath(import.meta.url), __dirname = truthPath(new URL('.', import.meta.url));",
  },
  legalComments: 'none',
  logLevel: 'warning',
})

// The VS Code extension. VS Code loads CommonJS.
await build({
  entryPoints: { extension: 'client/extension.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  external: ['vscode'],
  legalComments: 'none',
  logLevel: 'warning',
})

if (process.argv.includes('--types')) {
  execFileSync(process.execPath, ['node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
}
