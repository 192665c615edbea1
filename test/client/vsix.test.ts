// The extension as it is packed: its files, its size, and that the manifest names only what is there.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const root = new URL('../../', import.meta.url)
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8')

// `vsix.mjs` works in the folder of the package, where vitest runs.
const { extensionFiles } = (await import('../../vsix.mjs' as string)) as { extensionFiles: () => string[] }

test('these files and no others', () => {
  expect(extensionFiles()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'client/icon.png',
    'client/snippets.json',
    'client/walkthrough/create.md',
    'client/walkthrough/preview.md',
    'client/walkthrough/rules.md',
    'client/walkthrough/serve.md',
    'dist/extension.cjs',
    'dist/licences.txt',
    'dist/lsp.js',
    'docs/diagnostics.md',
    'package.json',
    'syntaxes/truth.app.tmLanguage.json',
    'syntaxes/truth.injection.tmLanguage.json',
    'syntaxes/truth.rules.tmLanguage.json',
    'syntaxes/truth.template.tmLanguage.json',
  ])
})

test('every file that the manifest names is packed', () => {
  const { contributes, icon, main } = manifest
  const named = [
    icon,
    main,
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.snippets.map(({ path }) => path),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
  ].map((path) => path.replace(/^\.\//, ''))
  expect(named.filter((path) => !extensionFiles().includes(path))).toEqual([])
})

test('every command that the manifest names is registered, and the settings are those that are read', () => {
  const { contributes } = manifest
  const commands = text('client/commands.ts')
  const missing = contributes.commands
    .map(({ command }) => command)
    .filter((command) => !commands.includes(`'${command}'`))
  expect(missing).toEqual([])
  const menus = Object.values(contributes.menus)
    .flat()
    .map(({ command }) => command)
  expect(menus.filter((menu) => !contributes.commands.some(({ command }) => command === menu))).toEqual([])
  expect(Object.keys(contributes.configuration.properties)).toEqual([
    'truth.trace.server',
    'truth.inlayHints.fieldTypes',
    'truth.inlayHints.parameters',
    'truth.codeLens.enabled',
    'truth.rename.renamedFrom',
    'truth.serve.port',
    'truth.serverPath',
  ])
})

test('nothing is asked of the user’s machine: trust, virtual workspaces, no dependencies outside the bundle', () => {
  expect(manifest.capabilities).toEqual({
    untrustedWorkspaces: { supported: true, restrictedConfigurations: ['truth.serverPath'] },
    virtualWorkspaces: true,
  })
  expect(manifest.engines.vscode.replace('^', '')).toBe(manifest.devDependencies['@types/vscode'])
  // The window's own module and Node's are all that the bundles ask for.
  const asked = (file: string): string[] => [
    ...new Set(
      [...text(file).matchAll(/\brequire\("([^"./][^"]*)"\)|\bfrom"([^"./][^"]*)"/g)].map(
        (match) => match[1] ?? match[2] ?? '',
      ),
    ),
  ]
  const foreign = ['dist/extension.cjs', 'dist/lsp.js']
    .flatMap(asked)
    .filter((name) => /^\w/.test(name) && !name.startsWith('node:'))
  const builtin = new Set([
    'assert',
    'buffer',
    'child_process',
    'crypto',
    'events',
    'fs',
    'inspector',
    'module',
    'net',
    'os',
    'path',
    'perf_hooks',
    'process',
    'readline',
    'stream',
    'tty',
    'url',
    'util',
    'worker_threads',
    'string_decoder',
    'fs/promises',
  ])
  expect(foreign.filter((name) => name !== 'vscode' && !builtin.has(name))).toEqual([])
})
