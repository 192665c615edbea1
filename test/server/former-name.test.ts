// `renamedFrom`, written when an entity or a field is renamed: of that one alone, or not at all.

import { expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import { type Files, renamed } from './workspace.ts'

const task = (fields: string, head = '', rest = ''): Files => ({
  'app.truth.ts': `${head}export default { name: 'A', entities: { Task: { fields: ${fields}, permissions: { read: true } }${rest} } }\n`,
})

type Kept = readonly [name: string, files: Files, cursor: string, expected: string]

test.each<Kept>([
  ['a short field', task(`{ title: 'string' }`), '{ ti', `{ label: { type: 'string', renamedFrom: 'title' } }`],
  [
    'a short field, quoted key',
    task(`{ 'title': "string" }`),
    `{ 'ti`,
    `'label': { type: "string", renamedFrom: 'title' }`,
  ],
  ['a long one', task(`{ title: { type: 'text' } }`), '{ ti', `{ label: { renamedFrom: 'title', type: 'text' } }`],
  [
    'a constant of its own',
    task('{ title: text }', `const text = { type: 'string' }\n`),
    'fields: { ti',
    `const text = { renamedFrom: 'title', type: 'string' }`,
  ],
  [
    'a constant that others use',
    task('{ title: text, body: text }', `const text = { type: 'string' }\n`),
    '{ ti',
    `{ label: { ...text, renamedFrom: 'title' }, body: text }`,
  ],
  [
    'a constant that a behavior uses',
    task(
      '{ title: kinds.text }',
      `const kinds = { text: { type: 'string' } }\n`,
      `, Bug: { fields: {}, permissions: { read: true }, behaviors: { go: { input: { why: kinds.text } } } }`,
    ),
    'fields: { ti',
    `{ label: { ...kinds.text, renamedFrom: 'title' } }`,
  ],
  [
    'a short constant',
    task('{ title: text, body: text }', `const text = 'string'\n`),
    '{ ti',
    `{ label: { type: text, renamedFrom: 'title' }, body: text }`,
  ],
  [
    'a constant of the same name',
    task('{ title, body: title }', `const title = { type: 'string' }\n`),
    'fields: { ti',
    `{ label: { ...title, renamedFrom: 'title' }, body: title }`,
  ],
  [
    'fields that two entities share',
    task(
      'shared',
      `const shared = { title: { type: 'string' } }\n`,
      ', Bug: { fields: shared, permissions: { read: true } }',
    ),
    '{ ti',
    `const shared = { label: { renamedFrom: 'title', type: 'string' } }`,
  ],
])('the former name is kept: %s', (_, files, cursor, expected) => {
  const after = renamed(files, 'app.truth.ts', cursor, 'label', true)
  expect(after).toMatchObject({ 'app.truth.ts': expect.stringContaining(expected) })
  const { draft } = analyse(Object.values(after)[0] ?? '')
  const fields = [...(draft?.entities.values() ?? [])].flatMap((entity) => [...entity.fields.values()])
  for (const { name, renamedFrom } of fields) expect(renamedFrom).toBe(name === 'label' ? 'title' : undefined)
})

test.each<Kept>([
  [
    'a constant that others use, not by its name alone',
    task('{ title: text as const, body: text }', `const text = { type: 'string' }\n`),
    'fields: { ti',
    'its definition stands elsewhere and others use it too',
  ],
  [
    'one that has a former name',
    task(`{ title: { type: 'string', renamedFrom: 'headline' } }`),
    '{ ti',
    "it says `renamedFrom: 'headline'` already",
  ],
])('the former name is not kept, so it is not renamed: %s', (_, files, cursor, why) => {
  expect(renamed(files, 'app.truth.ts', cursor, 'label', true)).toContain(`refused: \`renamedFrom\` cannot be written`)
  expect(renamed(files, 'app.truth.ts', cursor, 'label', true)).toContain(why)
  expect(renamed(files, 'app.truth.ts', cursor, 'label')).toBeTypeOf('object')
})

test('the former name is not written where another app would read it of something else', () => {
  const app = (name: string): string =>
    `import { text } from '../text.truth.ts'\nexport default { name: 'A', entities: { Task: { fields: { ${name}: text }, permissions: { read: true } } } }\n`
  const files = {
    'text.truth.ts': `export const text = { type: 'string' }\n`,
    'one/app.truth.ts': app('title'),
    'two/app.truth.ts': app('body'),
  }
  const after = renamed(files, 'one/app.truth.ts', 'fields: { ti', 'label', true)
  expect(after).toEqual({
    'one/app.truth.ts': app('title').replace('title: text', "label: { ...text, renamedFrom: 'title' }"),
  })
})

test.each<Kept>([
  [
    'an option',
    task(`{ state: { type: 'enum', options: ['new', 'in work'] } }`),
    "options: ['ne",
    `{ state: { renamedOptions: { new: 'fresh' }, type: 'enum', options: ['fresh', 'in work'] } }`,
  ],
  [
    'an option of several words',
    task(`{ state: { type: 'enum', options: ['new', 'in work'], default: 'in work' } }`),
    "'in wo",
    `{ renamedOptions: { 'in work': 'fresh' }, type: 'enum', options: ['new', 'fresh'], default: 'fresh' }`,
  ],
  [
    'an option that was called otherwise before',
    task(`{ state: { type: 'enum', options: ['new'], renamedOptions: { old: 'new' } } }`),
    "options: ['ne",
    `options: ['fresh'], renamedOptions: { new: 'fresh', old: 'fresh' }`,
  ],
  [
    'an option of a constant',
    task('{ state, phase: state }', `const state = { type: 'enum', options: ['new'] }\n`),
    "options: ['ne",
    `const state = { renamedOptions: { new: 'fresh' }, type: 'enum', options: ['fresh'] }`,
  ],
])('a former option is kept: %s', (_, files, cursor, expected) => {
  const after = renamed(files, 'app.truth.ts', cursor, 'fresh', true)
  expect(after).toMatchObject({ 'app.truth.ts': expect.stringContaining(expected) })
  expect(analyse(Object.values(after)[0] ?? '').diagnostics).toEqual([])
})
