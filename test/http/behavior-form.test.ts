// The forms of behaviors: their inputs begin with their defaults, and keep what was typed until it is done.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Grades',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Work: {
      fields: {
        title: { type: 'string', required: true },
        grade: { type: 'integer', max: 6 },
        note: 'string',
        code: { type: 'string', unique: true },
        told: { type: 'boolean' },
        tone: { type: 'enum', options: ['kind', 'dry'] },
        owner: { type: 'relation', to: 'User', default: 'user' },
        hidden: { type: 'boolean', default: false },
      },
      permissions: { create: 'authenticated', read: '!hidden || owner', update: 'authenticated', delete: 'authenticated' },
      behaviors: {
        mark: {
          input: {
            grade: { type: 'integer', required: true },
            bonus: { type: 'integer', default: 0 },
            note: 'string',
            tell: { type: 'boolean', required: true, default: true },
            tone: { type: 'enum', options: ['kind', 'dry'], required: true, default: 'dry' },
          },
          set: {
            grade: { expr: 'min(6, input.grade + input.bonus)' },
            note: { expr: 'input.note' }, told: { expr: 'input.tell' }, tone: { expr: 'input.tone' },
          },
        },
        lift: {
          input: { grade: { type: 'integer', required: true }, note: 'string' },
          set: { grade: { expr: 'input.grade' }, note: { expr: 'input.note' } },
          requires: 'owner && input.grade > 2',
        },
        label: { input: { code: 'string' }, set: { code: { expr: 'input.code' } } },
        close: { input: { note: 'string' }, set: { note: { expr: 'input.note' } }, requires: 'owner && grade == null' },
      },
      ui: { detail: { actions: ['mark', 'lift', 'close'] } },
    },
  },
  views: { Other: { type: 'detail', route: '/other/:id', entity: 'Work', actions: ['label'] } },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
})
afterAll(() => app.close())

const make = async (fields: object = {}): Promise<string> =>
  (await app.send('POST', '/api/works', { title: 'Essay', ...fields }, ann)).body.id
const stored = async (id: string) => (await app.send('GET', `/api/works/${id}`, undefined, ann)).body
const send = (path: string, fields: Record<string, string>, as = ann) =>
  app.send('POST', path, new URLSearchParams(fields).toString(), {
    ...as,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
/** The form that a page sends to this address. */
const formIn = (text: string, action: string): string =>
  new RegExp(`<form[^>]*action="${action}".*?</form>`, 's').exec(text)?.[0] ?? ''

test('the inputs begin with their defaults', async () => {
  const id = await make()
  const form = formIn((await app.send('GET', `/works/${id}`, undefined, ann)).text, `/works/${id}/mark`)
  expect(form).toMatch(/<input [^>]*name="bonus"[^>]* value="0"/)
  expect(form).toMatch(/<input [^>]*name="tell"[^>]* checked/)
  expect(form).toMatch(/<option value="dry" selected>/)
  expect(form).not.toContain('—')
})

test('what was left empty takes its default, and is nothing without one', async () => {
  const id = await make({ note: 'before' })
  const done = await send(`/works/${id}/mark`, { grade: '4', bonus: '', note: '', tell: 'true', tone: '' })
  expect(done.status).toBe(303)
  expect(await stored(id)).toMatchObject({ grade: 4, note: null, told: true, tone: 'dry' })
  await send(`/works/${id}/mark`, { grade: '4', bonus: '5', note: 'x', tone: 'kind' })
  expect(await stored(id)).toMatchObject({ grade: 6, note: 'x', told: false, tone: 'kind' })
})

test('faults keep what was typed beside them', async () => {
  const id = await make()
  const typed = { grade: 'four', bonus: '2', note: 'Well <done>', tone: 'kind' }
  const { status, text } = await send(`/works/${id}/mark`, typed)
  expect(status).toBe(422)
  const form = formIn(text, `/works/${id}/mark`)
  expect(form).toContain('Must be a whole number.')
  expect(form).toMatch(/name="grade"[^>]* value="four"/)
  expect(form).toMatch(/name="bonus"[^>]* value="2"/)
  expect(form).toMatch(/name="note"[^>]* value="Well &lt;done>"/)
  expect(form).toMatch(/<option value="kind" selected>/)
  expect(form).not.toContain('checked')
  // The other forms of the page are as ever.
  expect(formIn(text, `/works/${id}/lift`)).not.toContain('Well')
})

test('a guard that its input does not meet says so in the form, which keeps what was typed', async () => {
  const id = await make()
  const { status, text } = await send(`/works/${id}/lift`, { grade: '1', note: 'Please' })
  expect(status).toBe(403)
  const form = formIn(text, `/works/${id}/lift`)
  expect(form).toMatch(/<details [^>]*open[^>]*>.*role="alert".*You may not do this with works\..*name="grade"/s)
  expect(form).toMatch(/name="grade"[^>]* value="1"/)
  expect(form).toMatch(/name="note"[^>]* value="Please"/)
  expect(await stored(id)).toMatchObject({ grade: null, note: null })
})

test('what does not fit once it is worked out, and what is taken, is told in the form', async () => {
  const id = await make({ code: 'A' })
  const misfit = await send(`/works/${id}/lift`, { grade: '9', note: 'High' })
  expect(misfit.status).toBe(422)
  expect(formIn(misfit.text, `/works/${id}/lift`)).toMatch(/must be at most 6\..*value="High"/is)
  // Its form is offered by a view of its own, and comes back on the page of the row all the same.
  const other = await make()
  expect((await app.send('GET', `/other/${other}`, undefined, ann)).text).toContain(`/works/${other}/label`)
  const taken = await send(`/works/${other}/label`, { code: 'A' })
  expect(taken.status).toBe(409)
  expect(formIn(taken.text, `/works/${other}/label`)).toMatch(/value="A".*Is taken already\./s)
})

test('who may not be offered the form is told on a page of its own', async () => {
  const id = await make()
  const refused = await send(`/works/${id}/lift`, { grade: '5' }, bob)
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('<h1>Not allowed</h1>')
  await send(`/works/${id}/mark`, { grade: '4', tone: 'dry' })
  expect((await send(`/works/${id}/close`, { note: 'x' })).text).toContain('<h1>Not allowed</h1>')
})

test('a row that is hidden or gone is not there', async () => {
  const id = await make({ hidden: true })
  expect((await send(`/works/${id}/mark`, { grade: 'x' }, bob)).status).toBe(404)
  expect((await send(`/works/${id}/lift`, { grade: '1' }, bob)).status).toBe(404)
  await app.send('DELETE', `/api/works/${id}`, undefined, ann)
  expect((await send(`/works/${id}/lift`, { grade: '1' })).status).toBe(404)
})

test('each label points to its own input', async () => {
  const id = await make()
  const { text } = await app.send('GET', `/works/${id}`, undefined, ann)
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, found]) => found)
  expect(new Set(ids).size).toBe(ids.length)
  for (const behavior of ['mark', 'lift', 'close']) {
    const form = formIn(text, `/works/${id}/${behavior}`)
    const pointed = [...form.matchAll(/ for="([^"]+)"/g)].map(([, found]) => found)
    expect(pointed.length).toBeGreaterThan(0)
    for (const one of pointed) expect(form).toContain(` id="${one}"`)
  }
})
