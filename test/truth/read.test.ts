// Reading a file without running it gives what running it gives, and every value keeps its place.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { evaluateFile } from '../../runtime/evaluate.ts'
import { load } from '../../runtime/load.ts'
import { analyse } from '../../runtime/truth/analyse.ts'
import { placeInString } from '../../runtime/truth/literal.ts'
import { type Node, nodeAt, plainValue } from '../../runtime/truth/node.ts'
import { placed } from '../../runtime/truth/read/parts.ts'

const fixtures = new URL('./fixtures/', import.meta.url).pathname
const examples = new URL('../../examples/', import.meta.url).pathname

/** Files that cannot be run, or whose value is only known by running them. */
const notStatic = new Set([
  'half-typed',
  'no-export',
  'computed',
  'throws',
  'several-files',
  'stars-faulty',
  'cycle-a',
  'structure',
])
const files = [
  ...readdirSync(fixtures)
    .filter(
      (name) =>
        name.endsWith('.truth.ts') && !name.startsWith('part-') && !notStatic.has(name.replace('.truth.ts', '')),
    )
    .map((name) => join(fixtures, name)),
  ...readdirSync(examples).map((name) => join(examples, name, 'app.truth.ts')),
]

describe('static reading equals evaluation', () => {
  test.each(files)('%s', async (file) => {
    const { root } = await load(file)
    const evaluated = await evaluateFile(file)
    if (!('parts' in evaluated) || !root) throw new Error(JSON.stringify(evaluated))
    const nowhere = { file, start: 0, end: 0 }
    expect(plainValue(root)).toEqual(plainValue(placed(evaluated.parts, undefined, nowhere)))
  })
})

const rootOf = (text: string): Node => {
  const { root } = analyse(text)
  if (!root) throw new Error('nothing was read')
  return root
}

describe('places', () => {
  test.each([
    [`'abc'`, 1, 2, 'b'],
    [`"a\\"bc"`, 2, 3, 'b'],
    [`'a\\u0062c'`, 1, 2, '\\u0062'],
    [`'a\\u{1F600}c'`, 1, 3, '\\u{1F600}'],
    [`'a\\x62c'`, 2, 3, 'c'],
    [`'a\\\nbc'`, 1, 2, 'b'],
    ['`a\\`bc`', 2, 3, 'b'],
    [`'😀bc'`, 2, 3, 'b'],
  ])('%s %i–%i is %j', (literal, start, end, expected) => {
    const text = `export default { name: ${literal} }`
    const node = nodeAt(rootOf(text), ['name'])
    if (node?.kind !== 'string') throw new Error('no text')
    const place = placeInString(node, start, end)
    expect(text.slice(place.start, place.end)).toBe(expected)
  })

  test('a template of constants points into the constant', () => {
    const text = "const a = 'user.role'\nexport default { name: `${a} == x` }"
    const node = nodeAt(rootOf(text), ['name'])
    if (node?.kind !== 'string') throw new Error('no text')
    expect(node.value).toBe('user.role == x')
    const role = placeInString(node, 5, 9)
    expect(text.slice(role.start, role.end)).toBe('role')
    const x = placeInString(node, 13, 14)
    expect(text.slice(x.start, x.end)).toBe('x')
  })
})

test.each([
  ['const a = b; const b = a; export default { name: a }', 'a constant that is itself'],
  [
    `${Array.from({ length: 40 }, (_, n) => `const a${n} = [...${n ? `a${n - 1}, ...a${n - 1}` : "['x'], 'x'"}]`).join('\n')}\nexport default { name: a39 }`,
    'constants that double',
  ],
  [`export default ${'{ a: '.repeat(3_000)}1${' }'.repeat(3_000)}`, 'deep nesting'],
])(
  '%#: odd files end',
  (text) => {
    const { app } = analyse(text)
    expect(app).toBeUndefined()
  },
  20_000,
)

test('values of the environment', async () => {
  const text = `export default { name: env('TRUTH_NAME', 'Default') }`
  expect(plainValue(rootOf(text))).toEqual({ name: 'Default' })
  const given = analyse(text, { env: (name) => (name === 'TRUTH_NAME' ? 'Given' : undefined) })
  expect(given.root && plainValue(given.root)).toEqual({ name: 'Given' })
})

describe('computed files', () => {
  const inFolder = async <T>(text: string, use: (folder: string) => Promise<T>): Promise<T> => {
    const folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
    writeFileSync(join(folder, 'app.truth.ts'), text)
    try {
      return await use(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test('are run', async () => {
    const { app, diagnostics } = await inFolder(
      `import { defineApp } from 'truthfile'\nconst names = ['a', 'b'].map((x) => x + x)\nexport default defineApp({ name: 'X', entities: { T: { fields: { s: { type: 'enum', options: names } }, permissions: { read: true } } } })`,
      load,
    )
    expect(diagnostics).toEqual([])
    expect(app?.entities.get('T')?.fields.get('s')?.options).toEqual(['aa', 'bb'])
  })

  test.each([
    ['throws', `throw new Error('not today')`, 'not today'],
    ['ends the process', 'process.exit(3)', 'ended the process'],
    ['uses too much memory', 'const all = []; for (;;) all.push(new Array(1e5).fill({}))', 'MB of memory'],
  ])('one that %s is a problem of the file', async (_, code, message) => {
    const { app, diagnostics } = await inFolder(`${code}\nexport default { name: String(1), entities: {} }`, load)
    expect(app).toBeUndefined()
    expect(diagnostics.map((one) => [one.code, one.message])).toEqual([['T1008', expect.stringContaining(message)]])
  })

  test('one that runs on and on is stopped', async () => {
    const evaluated = await inFolder('for (;;) {}\nexport default { name: String(1), entities: {} }', (folder) =>
      evaluateFile(join(folder, 'app.truth.ts'), 0.5),
    )
    expect(evaluated).toMatchObject({ fault: 'The file ran longer than 0.5 seconds and was stopped.' })
  })
})

test('an import of a name that is nearly exported: the fix keeps the name that the file goes on to use', () => {
  const part = 'export const Task = { fields: {}, permissions: { read: true } }'
  const fixOf = (text: string): unknown =>
    analyse(
      new Map([
        ['app.truth.ts', text],
        ['part.truth.ts', part],
      ]),
    ).diagnostics.map(({ code, range, suggestions }) => [
      code,
      range.start.character,
      range.end.character,
      suggestions?.[0]?.edits[0]?.text,
    ])
  const app = (value: string): string => `\nexport default { name: 'A', entities: { Task: ${value} } }`
  expect(fixOf(`import { Tsk } from './part.truth.ts'${app('Tsk')}`)).toEqual([['T1007', 9, 12, 'Task as Tsk']])
  expect(fixOf(`import { Tsk as T } from './part.truth.ts'${app('T')}`)).toEqual([['T1007', 9, 12, 'Task']])
  expect(fixOf(`import * as all from './part.truth.ts'${app('all.Tsk')}`)).toEqual([['T1007', 50, 53, 'Task']])
})
