// A file that does more than to define constants is run, so that no rule is served as it was before a statement took it
// back. Whatever only looks like it is read, as ever.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { load } from '../../runtime/load.ts'
import { analyse } from '../../runtime/truth/analyse.ts'

const folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rule = 'user.name == null'
const app = (statements: string): string => `
const perms: { read: string | boolean; create?: boolean } = { read: true, create: true }
${statements}
export default {
  name: 'Runs',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Note: { fields: { text: 'string' }, permissions: perms },
  },
}
`

const change = `perms.read = '${rule}'`

test.each([
  ['an assignment', change],
  ['an assignment under a condition', `if (1 + 1 === 2) ${change}`],
  ['an assignment in a block', `{ ${change} }`],
  ['an assignment in a loop', `for (let i = 0; i < 1; i++) ${change}`],
  ['an assignment to a key', `perms['read'] = '${rule}'`],
  ['an assignment if there is none', `perms.read &&= '${rule}'`],
  ['an assignment as a value', `const unused = (${change})`],
  ['an assignment by destructuring', `;({ a: perms.read } = { a: '${rule}' })`],
  ['an assignment through another name', `const other = perms\nother.read = '${rule}'`],
  ['a call', `Object.assign(perms, { read: '${rule}' })`],
  ['a call of a function of its own', `const close = () => { ${change} }\nclose()`],
  ['a function called at once', `;(() => { ${change} })()`],
  ['a call in a constant that is not used', `const unused = [1].map(() => (${change}))`],
  ['a call beside what is used', `const two = { a: Object.assign(perms, { read: '${rule}' }), b: 1 }`],
  ['a class', `class Closing { static { ${change} } }`],
  ['a namespace', `namespace Closing { ${change} }`],
  ['a loop over names', `for (perms.read of ['${rule}']);`],
  ['a new object', `new (class { constructor() { ${change} } })()`],
  ['a function by the name of ours', `function env(_: string) { ${change} }\nenv('A')`],
  [
    'a constant by the name of ours',
    `const defineFields = (_: object) => { ${change} }\nconst unused = defineFields({})`,
  ],
  ['a tagged template', `const tag = (_: unknown) => { ${change} }\ntag\`\``],
])('%s', async (_, statements) => {
  const file = join(folder, 'app.truth.ts')
  writeFileSync(file, app(statements))
  const loaded = await load(file)
  expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(loaded.app?.entities.get('Note')?.permissions.get('read')?.source).toBe(rule)
})

test('a deleted permission grants nothing', async () => {
  const file = join(folder, 'app.truth.ts')
  writeFileSync(file, app('delete perms.create'))
  expect((await load(file)).app?.entities.get('Note')?.permissions.has('create')).toBe(false)
})

test('another file that runs counts too', async () => {
  writeFileSync(join(folder, 'close.ts'), `export const perms = { read: true as string | boolean }\n${change}\n`)
  const file = join(folder, 'app.truth.ts')
  writeFileSync(file, `import { perms } from './close.ts'\n${app('').replace(/const perms.*/, '')}`)
  expect((await load(file)).app?.entities.get('Note')?.permissions.get('read')?.source).toBe(rule)
})

test.each([
  "import './side.ts'",
  "import {} from './side.ts'",
  "export {} from './side.ts'",
  "export * from 'side'",
  "export * as side from 'side'",
])('%s runs what is not read', (statement) => {
  expect(analyse(app(statement)).computed).toBe(true)
})

test.each(["export * from './part.ts'", "export * as part from './part.ts'", "export { perms } from './part.ts'"])(
  '%s runs what the part runs',
  (statement) => {
    const files = (part: string): ReadonlyMap<string, string> =>
      new Map([
        ['app.truth.ts', app(statement)],
        ['part.ts', part],
      ])
    expect(analyse(files(`export const perms = { read: true }`))).toMatchObject({ computed: false, diagnostics: [] })
    expect(analyse(files(`export const perms = { read: true }\nperms.read = false`)).computed).toBe(true)
  },
)

test('a function of another file by the name of ours is that one', async () => {
  writeFileSync(join(folder, 'own.ts'), `export const env = (perms: { read: unknown }) => { ${change} }\n`)
  const file = join(folder, 'app.truth.ts')
  writeFileSync(file, `import { env } from './own.ts'\n${app('env(perms)')}`)
  expect((await load(file)).app?.entities.get('Note')?.permissions.get('read')?.source).toBe(rule)
})

test.each([
  ['functions that nobody calls', `function close() { ${change} }\nconst closing = () => { ${change} }`],
  ['types', `type Perms = { a: typeof perms }\ninterface Other { read(): void }`],
  ['calls in texts and comments', `const text = 'perms.read = f()' // f()`],
  ['what defines', `const name = env('NAME', 'x')\nconst fields = defineFields({ text: 'string' })`],
])('%s run nothing', (_, statements) => {
  expect(analyse(app(statements)).computed).toBe(false)
})
