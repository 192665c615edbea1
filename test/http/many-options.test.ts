// A field of several options: each is offered to be ticked.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Options',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Trip: {
      fields: {
        title: { type: 'string', required: true },
        days: { type: 'enum', options: ['mon', 'tueNoon', 'wed'], many: true, description: 'When it goes.' },
        ways: { type: 'enum', options: ['bus', 'ferry'], many: true, required: true, default: ['bus'] },
      },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated' },
      behaviors: { plan: { input: { days: { type: 'enum', options: ['mon', 'wed'], many: true, default: ['wed'] } }, set: { title: 'Planned' } } },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
})
afterAll(() => app.close())

const open = async (path: string): Promise<string> => (await app.send('GET', path, undefined, ann)).text
const send = (path: string, fields: readonly (readonly [string, string])[]) =>
  app.send('POST', path, new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(), {
    ...ann,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
const stored = async (address: string | null) => (await app.send('GET', `/api${address}`, undefined, ann)).body
/** The boxes of a field: what they are called, and which of them are ticked. */
const boxes = (text: string, name: string): { labels: string[]; ticked: string[] } => {
  const found = [...text.matchAll(new RegExp(`<label[^>]*>(<input [^>]*name="${name}"[^>]*>)(.*?)</label>`, 'g'))]
  const ticked = found.filter(([, input]) => input?.includes(' checked'))
  return {
    labels: found.map(([, , label = '']) => label.trim()),
    ticked: ticked.map(([, input = '']) => / value="(.*?)"/.exec(input)?.[1] ?? ''),
  }
}
const was = (text: string, name: string): string =>
  (new RegExp(`name="_was.${name}" value="(.*?)"`).exec(text)?.[1] ?? '').replaceAll('&quot;', '"')

test('a new row', async () => {
  const text = await open('/trips/new')
  expect(boxes(text, 'days')).toEqual({ labels: ['Mon', 'Tue noon', 'Wed'], ticked: [] })
  expect(boxes(text, 'ways')).toEqual({ labels: ['Bus', 'Ferry'], ticked: ['bus'] })
  expect(text).toMatch(
    /id="field-days-label">.*role="group" aria-labelledby="field-days-label" aria-describedby="field-days-hint"/s,
  )
  expect(text).not.toContain('One on each line.')
  const shown = [
    ['_shown', 'title'],
    ['_shown', 'days'],
    ['_shown', 'ways'],
    ['title', 'One'],
  ] as const
  const made = await send('/trips/new', [...shown, ['days', 'mon'], ['days', 'wed'], ['ways', 'ferry']])
  expect(await stored(made.headers.get('location'))).toMatchObject({ days: ['mon', 'wed'], ways: ['ferry'] })
  const bare = await send('/trips/new', shown)
  expect(await stored(bare.headers.get('location'))).toMatchObject({ days: null, ways: ['bus'] })
})

test('a row that there is keeps what nobody touched, in its order', async () => {
  const made = await app.send('POST', '/api/trips', { title: 'Two', days: ['wed', 'mon'] }, ann)
  const at = `/trips/${made.body.id}`
  const text = await open(`${at}/edit`)
  expect(boxes(text, 'days').ticked).toEqual(['mon', 'wed'])
  const shown = [
    ['_shown', 'days'],
    ['_was.days', was(text, 'days')],
  ] as const
  expect((await send(`${at}/edit`, [...shown, ['days', 'mon'], ['days', 'wed']])).status).toBe(303)
  expect((await stored(at)).days).toEqual(['wed', 'mon'])
  await send(`${at}/edit`, [...shown, ['days', 'mon'], ['days', 'tueNoon']])
  expect((await stored(at)).days).toEqual(['mon', 'tueNoon'])
  await send(`${at}/edit`, shown)
  expect((await stored(at)).days).toBe(null)
})

test('a fault keeps what was ticked, also what is no option', async () => {
  const { status, text } = await send('/trips/new', [
    ['_shown', 'days'],
    ['days', 'mon'],
    ['days', 'sun'],
  ])
  expect(status).toBe(422)
  expect(boxes(text, 'days')).toEqual({ labels: ['Mon', 'Tue noon', 'Wed', 'sun'], ticked: ['mon', 'sun'] })
})

test('the form of a behavior', async () => {
  const made = await app.send('POST', '/api/trips', { title: 'Three' }, ann)
  expect(boxes(await open(`/trips/${made.body.id}`), 'days')).toEqual({ labels: ['Mon', 'Wed'], ticked: ['wed'] })
})
