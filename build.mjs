// Bundles the package into `dist`: the command, the public entries and the worker. `--types` adds the declarations.
// Chevrotain and most of the rest are bundled, so that a command starts fast; what is native or large stays outside.

import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
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

/** Chevrotain's lodash at half the size: es-toolkit's functions of the same names, made to stand in for lodash. */
const alias = { 'lodash-es': 'es-toolkit/compat' }

await build({
  entryPoints: { truth: 'runtime/cli/main.ts', index: 'runtime/index.ts' },
  alias,
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
// The expression language runs anywhere too. Not minified, so that whoever bundles it can leave out what they do not use.
await build({
  entryPoints: { expr: 'expr/index.ts' },
  alias,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
})
// The typed client runs anywhere: nothing of Node, and small. So does the adapter of better-auth.
await build({
  entryPoints: { client: 'runtime/client.ts', 'better-auth': 'runtime/better-auth.ts' },
  outdir: 'dist',
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  logLevel: 'warning',
})
copyFileSync('runtime/evaluate-worker.mjs', 'dist/evaluate-worker.mjs')
// What the API's explorer sends to browsers, with the licences of what is inside. Copied rather than depended upon: the
// package is 12 MB, most of it maps and other builds.
mkdirSync('dist/explorer')
for (const file of ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css', 'LICENSE', 'NOTICE'])
  copyFileSync(`node_modules/swagger-ui-dist/${file}`, `dist/explorer/${file}`)

/** Namespaces that the parser uses. */
const kept = new Set(['Debug', 'Parser', 'IncrementalParser', 'tracingEnabled'])

/**
 * TypeScript's parser without the rest of TypeScript. The package is one CommonJS script, of which a bundler must keep
 * all; written as a module, what the parser does not need falls out: 9 MB become 1.5, and the server starts faster.
 */
const parserOnly = {
  name: 'parser-only',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]runtime[\\/]truth[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace("import ts from 'typescript'", "import * as ts from 'typescript'"),
      loader: 'ts',
    }))
    onLoad({ filter: /[\\/]typescript[\\/]lib[\\/]typescript\.js$/ }, ({ path }) => ({
      contents: asModule(readFileSync(path, 'utf8')),
    }))
  },
}

function asModule(script) {
  const open = '((module) => {'
  const [from, to] = [script.indexOf(open), script.indexOf('// Annotate the CommonJS export names')]
  const exported = /^__export\(typescript_exports, \{([\s\S]*?)\n\}\);/m
  const names = exported.exec(script)
  if (from < 0 || to < 0 || !names)
    throw new Error('TypeScript is packed in another way now: see `asModule` in build.mjs.')
  const body = script
    .slice(from + open.length, to)
    .replace(exported, '')
    .replace('module.exports = __toCommonJS(typescript_exports);', '')
    // What only registers or extends the parts that are left out.
    .replaceAll(/^register(?:CodeFix|Refactor)\([\s\S]*?^\}\);/gm, '')
    .replaceAll(/^_(?:AutoImportProviderProject|ProjectService)\.\w+ = [\s\S]*?;\n/gm, '')
    .replaceAll(/^\(\(\w+\) => \{[\s\S]*?^\}\)\((\w+) \|\| \(\w+ = \{\}\)\);/gm, (whole, name) =>
      kept.has(name) ? whole : '',
    )
    .replaceAll(/^var (\w+) = \{\};\n__export\(\1, \{/gm, 'var $1 = /* @__PURE__ */ __space({')
    .replaceAll(/^(var \w+ = )((?:new )?[\w.]+\()/gm, '$1/* @__PURE__ */ $2')
    .replaceAll(/\beval\(/g, '(0, eval)(')
  const list = [...names[1].matchAll(/^ {2}(\w+): \(\) => (\w+)/gm)].map(([, name, local]) => `${local} as ${name}`)
  return `function __space(all) { const space = {}; __export(space, all); return space }\n${body}\nexport { ${list.join(', ')} }`
}

// The language server: one file that needs nothing beside it, for `truth lsp` and for the VS Code extension.
await build({
  entryPoints: { lsp: 'server/main.ts' },
  alias,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  mainFields: ['module', 'main'],
  plugins: [parserOnly],
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
