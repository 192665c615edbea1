// Rename of what several entities or apps share, where it does not mean the same to all of them.

import { expect, test } from 'vitest'
import { type Files, renamed } from './workspace.ts'

const part = `export const rule = "state == 'new'"
export const initial = { state: 'new' } as const
export const text = { type: 'string' } as const
export const Item = { fields: { title: text, state: { type: 'enum', options: ['new', 'old'] } }, permissions: { read: rule } } as const
`
const app = (entities: string): string => `import { Item, initial, rule, text } from '../part.truth.ts'
export default { name: 'A', entities: { ${entities} } }
`
const files = (one: string, two: string): Files => ({
  'part.truth.ts': part,
  'one/app.truth.ts': app(one),
  'two/app.truth.ts': app(two),
})
const other = `Other: { fields: { state: 'string' }, permissions: { read: rule } }`
const set = `behaviors: { go: { requires: 'authenticated', set: initial } }`
const title = ['part.truth.ts', 'fields: { ti'] as const
const option = ['part.truth.ts', "options: ['ne"] as const

test.each([
  [
    'a field that another app gives anew',
    files('Item', 'Item: { ...Item, fields: { ...Item.fields, title: text } }'),
    title,
    /^refused: `title` cannot be renamed to `label` everywhere in \/w\/two\/app\.truth\.ts\./,
  ],
  [
    'a field that another entity gives anew',
    files('Item, Else: { ...Item, fields: { ...Item.fields, title: text } }', 'Item'),
    title,
    /^refused: `title` cannot be renamed to `label` everywhere in \/w\/one\/app\.truth\.ts\./,
  ],
  [
    'a rule in which an option is a text of another app',
    files('Item', other),
    option,
    /^refused: `new` also stands in `entities\.Other\.permissions\.read` of \/w\/two\/app\.truth\.ts, where it means/,
  ],
  [
    'a rule in which an option is a text of another entity',
    files(`Item, ${other}`, 'Item'),
    option,
    /^refused: `new` also stands in `entities\.Other\.permissions\.read` of \/w\/one\/app\.truth\.ts, where it means/,
  ],
  [
    'values that are no option of another entity',
    files(
      `Item: { ...Item, ${set} }, Other: { fields: { state: 'string' }, permissions: { read: true }, ${set} }`,
      'Item',
    ),
    option,
    /^refused: `new` also stands in `entities\.Other\.behaviors\.go\.set\.state` of \/w\/one\/app\.truth\.ts/,
  ],
] as const)('refused: %s', (_, given, [file, before], why) => {
  expect(renamed(given, file, before, 'label')).toMatch(why)
  expect(renamed(given, file, before, 'label', true)).toMatch(why)
})

test.each([
  [
    'nothing but a type is shared',
    files('Item', `Sub: { fields: { title: text }, permissions: { read: true } }`),
    title,
  ],
  [
    'an input takes the same options',
    {
      ...files('Item', 'Item'),
      'part.truth.ts': `const states = ['new', 'old'] as const
export const Item = { fields: { title: 'string', state: { type: 'enum', options: states } }, permissions: { read: true }, behaviors: { go: { requires: 'authenticated', input: { to: { type: 'enum', options: states } }, set: { state: { expr: 'input.to' } } } } } as const
`,
    },
    ['part.truth.ts', "states = ['ne"],
  ],
  ['the same option is shared', files('Item', 'Thing: Item'), option],
  [
    'a name that is taken elsewhere',
    files('Item', `Item: { fields: { label: text }, permissions: { read: true } }`),
    title,
  ],
] as const)('renamed: %s', (_, given, [file, before]) => {
  expect(renamed(given, file, before, 'label')).toHaveProperty(['part.truth.ts'])
  expect(renamed(given, file, before, 'label', true)).toHaveProperty(['part.truth.ts'])
})

test('a field alone in a part of no app is no list of fields', () => {
  expect(renamed({ 'part.truth.ts': part }, ...title, 'label', true)).toHaveProperty(['part.truth.ts'])
  expect(renamed({ 'part.truth.ts': part }, 'part.truth.ts', 'text = { ty', 'label')).toMatch(
    /^refused: There is no name/,
  )
})

const workflow = (condition: string): Files => ({
  'app.truth.ts': `export default { name: 'A', entities: { Task: { fields: { done: 'boolean' }, permissions: { read: true, update: true }, behaviors: { go: { requires: 'true', set: { done: true }, emits: 'x.y' } } } }, workflows: { w: { trigger: 'x.y', condition: ${JSON.stringify(condition)}, actions: [{ type: 'log', message: 'x.y' }] } } }\n`,
})

test.each([
  ["event.name == 'x.y'", "emits: 'x", 'z.z'],
  ["event.name in ['a.b', 'Task.created']", 'entities: { Ta', 'Job'],
])('the name of an event that is compared as a text stops a rename: %s', (condition, before, to) => {
  expect(renamed(workflow(condition), 'app.truth.ts', before, to)).toMatch(
    /^refused: .* also stands in `workflows\.w\.condition`/,
  )
  expect(renamed(workflow("event.name != 'c.d'"), 'app.truth.ts', before, to)).toBeTypeOf('object')
})

const spread = (fields: string, more = ''): Files => ({
  'app.truth.ts': `const text = { type: 'string' } as const
const Task = { fields: { ${fields} }, permissions: { read: true } } as const
export default { name: 'A', entities: { Task${more} } }
`,
})

test.each([
  [
    'a field',
    spread('title: text, body: { ...text, required: true }'),
    'fields: { ti',
    `{ label: { ...text, renamedFrom: 'title' }, body: { ...text, required: true } }`,
  ],
  [
    'an entity',
    spread('title: text', ', Job: { ...Task, fields: { ...Task.fields, more: text } }'),
    'entities: { Ta',
    `entities: { label: { ...Task, renamedFrom: 'Task' }, Job: { ...Task, `,
  ],
])('the former name is not said of what spreads the same constant: %s', (_, given, before, expected) => {
  expect(renamed(given, 'app.truth.ts', before, 'label', true)).toMatchObject({
    'app.truth.ts': expect.stringContaining(expected),
  })
})

test('a field whose definition is spread by name is not renamed', () => {
  const inline = {
    'app.truth.ts': `const own = { title: { type: 'string' }, body: 'string' } as const
export default { name: 'A', entities: { Task: { fields: own, permissions: { read: true } }, Job: { fields: { more: { ...own.title, required: true } }, permissions: { read: true } } } }
`,
  }
  expect(renamed(inline, 'app.truth.ts', '{ ti', 'label')).toMatch(/^refused: /)
  expect(renamed(inline, 'app.truth.ts', '{ ti', 'label', true)).toMatch(/^refused: /)
})
