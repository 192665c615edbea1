// JSON in forms: what is none is said to be none, is shown as it was typed, and is stored nowhere.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Data',
  entities: {
    User: {
      fields: { email: 'string', name: 'string', data: { type: 'json', required: true } },
      permissions: { read: 'authenticated' },
    },
    Thing: {
      fields: {
        title: { type: 'string', required: true }, data: 'json', must: { type: 'json', required: true, default: {} },
        shape: { type: 'json', description: 'How it looks.', schema: { type: 'object' } },
      },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated' },
      behaviors: { fill: { input: { data: { type: 'json', required: true }, n: 'integer' }, set: { data: { expr: 'input.data' } } } },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann', { data: {} })
})
afterAll(() => app.close())

const send = (path: string, fields: Record<string, string>, as: { token?: string } = ann) => {
  const body = new URLSearchParams(fields)
  for (const name of Object.keys(fields)) body.append('_shown', name)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return app.send('POST', path, body.toString(), { ...as, headers })
}
const stored = async (address: string | null) => (await app.send('GET', `/api${address}`, undefined, ann)).body
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const area = (text: string, name: string): string =>
  unescaped(new RegExp(`<textarea [^>]*name="${name}"[^>]*>(.*?)</textarea>`, 's').exec(text)?.[1] ?? '')
const fault = (text: string, id: string): string | undefined =>
  new RegExp(`id="field-${id}-fault">(.*?)<`).exec(text)?.[1]

test.each([
  ['{"a":1,', 'line 1, column 8'],
  ['{\r\n  "a": tru\r\n}', 'line 2, column 8'],
  ['hello', 'line 1, column 1'],
])('a new row with %j', async (typed, place) => {
  const { status, text } = await send('/things/new', { title: '', data: typed, must: '{ "b":2}' })
  expect(status).toBe(422)
  expect(fault(text, 'data')).toBe(`Is not JSON: look at ${place}.`)
  expect(fault(text, 'title')).toBe('Is required.')
  expect(fault(text, 'must')).toBeUndefined()
  expect(area(text, 'data')).toBe(typed.replaceAll('\r\n', '\n'))
  // As it was typed, too.
  expect(area(text, 'must')).toBe('{ "b":2}')
  expect((await stored('/things')).data).toEqual([])
})

test('JSON is stored as what it is, and a text of it has quotes', async () => {
  for (const [typed, value] of [
    ['"hello"', 'hello'],
    ['[1, {"a": null}]', [1, { a: null }]],
    ['0', 0],
    ['', null],
  ] as const) {
    const made = await send('/things/new', { title: 'x', data: typed, must: '' })
    expect(made.status).toBe(303)
    expect(await stored(made.headers.get('location'))).toMatchObject({ data: value, must: {} })
  }
})

test('a stored text is no text any more without its quotes', async () => {
  const at = (await send('/things/new', { title: 'x', data: '"hello"' })).headers.get('location')
  const { text } = await app.send('GET', `${at}/edit`, undefined, ann)
  expect(area(text, 'data')).toBe('"hello"')
  const was = { '_was.data': unescaped(/name="_was\.data" value="(.*?)"/.exec(text)?.[1] ?? '') }
  const refused = await send(`${at}/edit`, { data: 'hello', ...was })
  expect(refused.status).toBe(422)
  expect(fault(refused.text, 'data')).toBe('Is not JSON: look at line 1, column 1.')
  expect(area(refused.text, 'data')).toBe('hello')
  expect((await send(`${at}/edit`, { data: '"hello"', ...was })).status).toBe(303)
  expect((await stored(at)).data).toBe('hello')
})

test('what its schema does not take is shown as it was typed', async () => {
  const { status, text } = await send('/things/new', { title: 'x', shape: '"a  b"' })
  expect(status).toBe(422)
  expect(fault(text, 'shape')).toMatch(/^Must fit its schema/)
  expect(area(text, 'shape')).toBe('"a  b"')
})

test('JSON of endless depth is a fault like any other', async () => {
  const { status, text } = await send('/things/new', { title: 'x', data: '['.repeat(60_000) })
  expect(status).toBe(422)
  expect(fault(text, 'data')).toBe('Must not be nested deeper than 32 levels.')
})

test('the form of a behavior, and the one to sign up', async () => {
  const at = (await send('/things/new', { title: 'x' })).headers.get('location')
  const tried = await send(`${at}/fill`, { data: '{a}', n: 'x' })
  expect(tried.status).toBe(422)
  expect(fault(tried.text, 'fill-data')).toBe('Is not JSON: look at line 1, column 2.')
  expect(fault(tried.text, 'fill-n')).toBe('Must be a whole number.')
  expect(area(tried.text, 'data')).toBe('{a}')
  expect((await stored(at)).data).toBe(null)
  const signed = await send('/sign-up', { email: 'b@example.com', name: 'Bob', data: '{', password: 'long enough' }, {})
  expect(signed.status).toBe(422)
  expect(fault(signed.text, 'data')).toBe('Is not JSON: look at line 1, column 2.')
  expect(area(signed.text, 'data')).toBe('{')
})

test('the hint says how a text is written', async () => {
  const { text } = await app.send('GET', '/things/new', undefined, ann)
  const hint = (id: string): string => unescaped(new RegExp(`id="field-${id}-hint">(.*?)<`).exec(text)?.[1] ?? '')
  expect(hint('data')).toBe('In JSON, where a text has quotes: "like this".')
  expect(hint('shape')).toBe('How it looks. In JSON, where a text has quotes: "like this".')
})
