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
