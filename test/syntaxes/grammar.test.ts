// The injection grammars on top of TypeScript's: which words of a truth file get which scope, and that a plain
// TypeScript file is left alone.

import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import oniguruma from 'vscode-oniguruma'
import textmate from 'vscode-textmate'

const require = createRequire(import.meta.url)
const folder = new URL('../../syntaxes/', import.meta.url)
const own = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { scopeName: string },
)
const typescript = readFileSync(require.resolve('tm-grammars/grammars/typescript.json'), 'utf8')

const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))
const onigLib = oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)).then(() => ({
  createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text: string) => new oniguruma.OnigString(text),
}))

const registry = new textmate.Registry({
  onigLib,
  loadGrammar: async (scope) => {
    if (scope === 'source.ts') return textmate.parseRawGrammar(typescript, 'typescript.json')
    const found = own.find(({ scopeName }) => scopeName === scope)
    return found ? textmate.parseRawGrammar(JSON.stringify(found), 'own.json') : null
  },
  getInjections: (scope) => (scope === 'source.ts' ? own.map(({ scopeName }) => scopeName) : []),
})

/** Each word of ours with its innermost scope. */
async function coloured(text: string): Promise<[string, string][]> {
  const grammar = await registry.loadGrammar('source.ts')
  let stack = textmate.INITIAL
  const found: [string, string][] = []
  for (const line of text.split('\n')) {
    const result = grammar?.tokenizeLine(line, stack)
    if (!result) return found
    stack = result.ruleStack
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const scope = scopes.at(-1) ?? ''
      if (scope.endsWith('.truth') && !scope.startsWith('meta.')) found.push([line.slice(startIndex, endIndex), scope])
    }
  }
  return found
}

const app = (part: string): string =>
  `export default defineApp({\n  name: 'A',\n  entities: { Task: { fields: { title: 'string' }, ${part} } },\n})\nconst user = 'read'\n`

test.each([
  ['double quotes', `permissions: { read: "owner || user.role == 'admin'" }`],
  ['single quotes', `permissions: { read: 'owner || user.role == "admin"' }`],
  ['a template literal', "permissions: { read: `owner || user.role == 'admin'` }"],
  ['escaped quotes', "permissions: { read: 'owner || user.role == \\'admin\\'' }"],
  ['the name of a behavior', `permissions: { 'finish': "owner || user.role == 'admin'" }`],
  ['a guard', `behaviors: { a: { requires: "owner || user.role == 'admin'" } }`],
  ['a value', `behaviors: { a: { set: { title: { expr: "owner || user.role == 'admin'" } } } }`],
])('an expression in %s', async (_, part) => {
  expect(await coloured(app(part))).toEqual([
    ['owner', 'variable.language.truth'],
    ['||', 'keyword.operator.logical.truth'],
    ['user', 'variable.language.truth'],
    ['role', 'variable.other.property.truth'],
    ['==', 'keyword.operator.comparison.truth'],
    [expect.stringMatching(/^\\?['"]admin\\?['"]$/), 'string.quoted.truth'],
  ])
})

test('calls, methods, parameters, numbers', async () => {
  expect(
    await coloured(app(`computed: { a: 'team.members.some(m => m.age >= 18) && due < today() - days(7)' }`)),
  ).toEqual([
    ['team', 'variable.other.readwrite.truth'],
    ['members', 'variable.other.property.truth'],
    ['some', 'support.function.truth'],
    ['m', 'variable.parameter.truth'],
    ['=>', 'storage.type.function.arrow.truth'],
    ['m', 'variable.other.readwrite.truth'],
    ['age', 'variable.other.property.truth'],
    ['>=', 'keyword.operator.comparison.truth'],
    ['18', 'constant.numeric.truth'],
    ['&&', 'keyword.operator.logical.truth'],
    ['due', 'variable.other.readwrite.truth'],
    ['<', 'keyword.operator.comparison.truth'],
    ['today', 'support.function.truth'],
    ['-', 'keyword.operator.arithmetic.truth'],
    ['days', 'support.function.truth'],
    ['7', 'constant.numeric.truth'],
  ])
})

test('queries and templates', async () => {
  const text = `export const App: AppDefinition = {
  views: { A: { data: 'Task where !done order by due' } },
  workflows: { w: { actions: [{ type: 'log', message: 'Done: \${entity.title}!' }] } },
}`
  expect((await coloured(text)).map(([word]) => word)).toEqual([
    'Task',
    'where',
    '!',
    'done',
    'order',
    'by',
    'due',
    '${',
    'entity',
    'title',
    '}',
  ])
})

test('an open quote ends with its line', async () => {
  const words = await coloured(app(`permissions: { read: 'owner ||\n update: 'user' }`))
  expect(words.map(([word]) => word)).toEqual(['owner', '||', 'user'])
})

test('other TypeScript is left alone', async () => {
  const text = `const a = { read: 'owner || user', permissions: { read: "owner" }, data: 'Task where x' }\nfoo({ update: 'owner' })\n`
  expect(await coloured(text)).toEqual([])
})

test('the examples: something in every expression, nothing after the app', async () => {
  const text = readFileSync(new URL('../../examples/tasks/app.truth.ts', import.meta.url), 'utf8')
  expect((await coloured(text)).length).toBeGreaterThan(20)
  const after = await coloured(`${text}\nconst later = { read: 'owner' }\n`)
  expect(after).toEqual(await coloured(text))
})
