// TypeScript's parser without the rest of TypeScript, for the bundles: 9 MB become 0.5, and every command starts sooner.
// The package is one CommonJS script, of which a bundler must keep all; written as a module, what nobody uses falls out.

import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { build } from 'esbuild'

/** An esbuild plugin: `typescript` is an object with just what the reader of apps asks of it. */
export const parserOnly = {
  name: 'parser-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, ({ path }) => ({ path, namespace: 'parser' }))
    onLoad({ filter: /.*/, namespace: 'parser' }, async () => ({ contents: await parser() }))
  },
}

let made

function parser() {
  made ??= makeParser()
  return made
}

async function makeParser() {
  const path = createRequire(import.meta.url).resolve('typescript')
  const { contents, exported } = asModule(readFileSync(path, 'utf8'))
  const members = namesUsed().filter((name) => exported.has(name))
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as ts from ${JSON.stringify(path)}
export default { ${members.map((name) => `${name}: ts.${name}`).join(', ')} }`,
      resolveDir: '.',
    },
    plugins: [
      { name: 'as-module', setup: ({ onLoad }) => onLoad({ filter: /[\\/]typescript\.js$/ }, () => ({ contents })) },
    ],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  })
  return outputFiles[0].text
}

/** What is read of `ts`, values and types. */
function namesUsed() {
  const room = 'runtime/truth'
  const files = readdirSync(room, { recursive: true }).filter((file) => file.endsWith('.ts'))
  const texts = files.map((file) => readFileSync(`${room}/${file}`, 'utf8'))
  const matches = texts
    .filter((text) => text.includes("import ts from 'typescript'"))
    .flatMap((text) => [...text.matchAll(/\bts\.(\w+)/g)])
  return [...new Set(matches.map(([, name]) => name))]
}

/** Namespaces that the parser uses. */
const kept = new Set(['Debug', 'Parser', 'IncrementalParser', 'tracingEnabled'])

/** What the reader uses of the language service's nodes, whose other members reach all of the service. */
const nodeMembers = `
for (const constructor of [objectAllocator.getNodeConstructor(), objectAllocator.getTokenConstructor(), objectAllocator.getIdentifierConstructor()])
  Object.assign(constructor.prototype, { getStart(source) { return getTokenPosOfNode(this, source) }, getEnd() { return this.end } });
Object.defineProperty(objectAllocator.getIdentifierConstructor().prototype, 'text', { get() { return idText(this) } });
`

/** The script as an ES module in which a bundler sees what has no effect beyond its own value, and what it exports. */
function asModule(script) {
  const open = '((module) => {'
  const [from, to] = [script.indexOf(open), script.indexOf('// Annotate the CommonJS export names')]
  const list = /^__export\(typescript_exports, \{([\s\S]*?)\n\}\);/m
  const messages = /^var Diagnostics = \{\n([\s\S]*?)^\};/m
  const exports = list.exec(script)
  const services = 'setObjectAllocator(getServicesObjectAllocator());'
  if (from < 0 || to < 0 || !exports || !messages.test(script) || !script.includes(services))
    throw new Error('TypeScript is packed in another way now: see `asModule` in build/typescript-parser.mjs.')
  const body = script
    .slice(from + open.length, to)
    .replace(list, '')
    .replace('module.exports = __toCommonJS(typescript_exports);', '')
    .replace(services, nodeMembers)
    // A name for each message, so that the others can go.
    .replace(messages, (_, rows) => rows.replaceAll(/^ {2}(\w+): (diag\([\s\S]*?\)),?$/gm, 'var Diagnostics_$1 = $2;'))
    .replaceAll(/\bDiagnostics\.(\w+)/g, 'Diagnostics_$1')
    .replace('Object.keys(Diagnostics)', '[]')
    // What only registers or extends the parts that are left out.
    .replaceAll(/^register(?:CodeFix|Refactor)\([\s\S]*?^\}\);/gm, '')
    .replaceAll(/^_(?:AutoImportProviderProject|ProjectService)\.\w+ = [\s\S]*?;\n/gm, '')
    .replaceAll(/^\(\(\w+\) => \{[\s\S]*?^\}\)\((\w+) \|\| \(\w+ = \{\}\)\);/gm, (whole, name) =>
      kept.has(name) ? whole : '',
    )
    .replaceAll(/^var (\w+) = \{\};\n__export\(\1, \{/gm, 'var $1 = /* @__PURE__ */ __space({')
    .replaceAll(/^(var \w+ = )((?:new )?[\w.]+\()/gm, '$1/* @__PURE__ */ $2')
    // Files and processes are nothing that the parser needs: as in a browser.
    .replaceAll(/(?<!function )isNodeLikeSystem\(\)/g, 'false')
    .replaceAll(/\beval\(/g, '(0, eval)(')
  const names = [...exports[1].matchAll(/^ {2}(\w+): \(\) => (\w+)/gm)].filter(([, name]) => name !== 'Diagnostics')
  return {
    contents: `function __space(all) { const space = {}; __export(space, all); return space }
${body}
export { ${names.map(([, name, local]) => `${local} as ${name}`).join(', ')} }`,
    exported: new Set(names.map(([, name]) => name)),
  }
}
