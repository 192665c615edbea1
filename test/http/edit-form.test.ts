// Saving the form of a row changes what was changed in it and nothing else, whatever its inputs cannot show.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Forms',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: true } },
    Secret: {
      fields: { name: { type: 'string', required: true }, of: { type: 'relation', to: 'User', required: true, default: 'user' } },
      permissions: { create: 'authenticated', read: 'of == user' },
    },
    Tag: { fields: { name: { type: 'string', required: true } }, permissions: { create: true, read: true } },
    Thing: {
      fields: {
        title: { type: 'string', required: true }, body: 'text', at: 'datetime', day: 'date',
        colour: { type: 'string', format: 'color' }, paint: { type: 'string', format: 'color', required: true },
        rank: 'number', open: 'boolean', must: { type: 'boolean', required: true, default: false }, data: 'json',
        words: { type: 'string', many: true }, kind: { type: 'enum', options: ['a', 'b'] },
        secret: { type: 'relation', to: 'Secret', required: true },
        secrets: { type: 'relation', to: 'Secret', many: true }, tags: { type: 'relation', to: 'Tag', many: true },
      },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated' },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
let at = ''
let made: Record<string, unknown> = {}

beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  const make = async (path: string, body: object): Promise<string> => (await app.send('POST', path, body, ann)).body.id
  const secrets = [await make('/api/secrets', { name: 'one' }), await make('/api/secrets', { name: 'two' })]
  const tags: string[] = []
  for (let n = 0; n < 320; n += 80) {
    const batch = Array.from({ length: 80 }, (_, m) => ({
      method: 'POST',
      path: '/api/tags',
      body: { name: `Tag ${n + m}` },
    }))
    const replies: { body: { id: string } }[] = (await app.send('POST', '/api/batch', batch, ann)).body
    tags.push(...replies.map(({ body }) => body.id))
  }
  const values = {
    title: 'one line',
    body: '\n  first\r\nlast\n',
    at: '2026-03-04T05:06:07.891Z',
    day: '2026-03-04',
    colour: '#ABC',
    paint: '#FFF',
    rank: 1.5,
    open: false,
    must: true,
    data: { a: [1, null, 'x'] },
    words: [' padded ', 'a\nb'],
    kind: 'a',
    secret: secrets[0],
    secrets,
    tags,
  }
  at = `/things/${await make('/api/things', values)}`
  made = await stored()
})
afterAll(() => app.close())

const stored = async (): Promise<Record<string, unknown>> =>
  (await app.send('GET', `/api${at}`, undefined, ann)).body as never

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** What a browser sends for the form of a page that nobody touched. */
async function formOf(path: string, who: { token: string }): Promise<URLSearchParams> {
  const { text } = await app.send('GET', path, undefined, who)
  const form = new URLSearchParams()
  const attribute = (tag: string, name: string): string | undefined =>
    new RegExp(` ${name}(?:="([^"]*)")?(?=[ >/])`).exec(tag)?.[1]
  const html = /<form class="form"[\s\S]*<\/form>/.exec(text)?.[0] ?? ''
  const inputs = /<input[^>]*>|<textarea([^>]*)>([\s\S]*?)<\/textarea>|<select([^>]*)>([\s\S]*?)<\/select>/g
  for (const [tag, area, content = '', select, options = ''] of html.matchAll(inputs)) {
    const name = attribute(tag, 'name') ?? ''
    const value = unescaped(attribute(tag, 'value') ?? '')
    if (area !== undefined) form.append(name, unescaped(content).replace(/^\n/, '').replaceAll(/\r?\n/g, '\r\n'))
    else if (select !== undefined) {
      const all = [...options.matchAll(/<option[^>]*>/g)].map(([option]) => option)
      const chosen = all.filter((option) => option.includes(' selected'))
      const sent = select.includes(' multiple') ? chosen : [chosen[0] ?? all[0] ?? '']
      for (const option of sent) form.append(name, unescaped(attribute(option, 'value') ?? ''))
    } else if (tag.includes('type="checkbox"')) {
      if (tag.includes(' checked')) form.append(name, value)
    } else if (tag.includes('type="color"')) form.append(name, /^#[\da-f]{6}$/.test(value) ? value : '#000000')
    else form.append(name, tag.includes('type="hidden"') ? value : value.replaceAll(/[\r\n]/g, ''))
  }
  return form
}

const save = (path: string, form: URLSearchParams, who: { token: string }) =>
  app.send('POST', path, form.toString(), {
    ...who,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

test.each(['ann', 'bob'])('%s saves it untouched', async (name) => {
  const who = name === 'ann' ? ann : bob
  const form = await formOf(`${at}/edit`, who)
  expect(form.getAll('_shown')).toHaveLength(15)
  expect((await save(`${at}/edit`, form, who)).status).toBe(303)
  expect(await stored()).toEqual(made)
})

test('somebody who may not see the rows that it refers to changes something else', async () => {
  const form = await formOf(`${at}/edit`, bob)
  form.set('kind', 'b')
  form.set('at', '2026-03-04T05:06')
  expect((await save(`${at}/edit`, form, bob)).status).toBe(303)
  const { kind, at: when, updatedAt, ...others } = await stored()
  const { kind: _, at: __, updatedAt: ___, ...before } = made
  expect([kind, when]).toEqual(['b', '2026-03-04T05:06:00.000Z'])
  expect(others).toEqual(before)
})

test('a fault keeps what was typed, and what was not', async () => {
  const form = await formOf(`${at}/edit`, bob)
  form.set('title', '')
  form.set('day', '2026-05-06')
  const { status, text } = await save(`${at}/edit`, form, bob)
  expect(status).toBe(422)
  expect(text).toContain('value="2026-05-06"')
  expect(text).toContain('#ABC')
  expect(text).toContain('(not shown to you)')
})

test('a colour that is not needed can be left empty', async () => {
  const form = await formOf('/things/new', ann)
  form.set('title', 'New')
  const secret = (await stored()).secret as string
  form.set('secret', secret)
  const { headers } = await save('/things/new', form, ann)
  const { body } = await app.send('GET', `/api${headers.get('location')}`, undefined, ann)
  expect([body.colour, body.paint]).toEqual([null, '#000000'])
})
