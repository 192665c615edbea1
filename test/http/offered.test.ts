// What pages offer: what the truth file declares, and no button that can never do anything for whoever sees it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Offers',
  entities: {
    User: {
      fields: { email: 'string', name: 'string', role: { type: 'enum', options: ['admin', 'user'], default: 'user', readonly: true } },
      permissions: { read: 'authenticated' },
    },
    Task: {
      fields: {
        title: 'string',
        status: { type: 'enum', options: ['todo', 'done'], default: 'todo' },
        points: { type: 'integer', default: 3 },
        owner: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: 'authenticated', read: 'authenticated', update: 'owner', delete: 'owner' },
      behaviors: {
        raise: { set: { points: 9 }, input: { by: 'integer' }, requires: 'owner && input.by > 0' },
        lower: { set: { points: 1 }, input: { by: 'integer' }, requires: "!(input.by > points || !owner)" },
        grant: { set: { points: 2 }, input: { by: 'integer' }, requires: "user.role == 'admin' && (input.by == null || input.by > 1)" },
        give: { set: { points: 4 }, input: { to: { type: 'relation', to: 'User' } }, requires: 'input.to == user' },
        finish: { set: { status: 'done' }, requires: "owner && status == 'todo'" },
      },
      ui: { list: { columns: ['title', 'points', 'status'], sortable: ['points'], actions: ['finish', 'raise', 'edit', 'create'] } },
    },
    Page: {
      fields: { title: 'string', done: 'boolean', owner: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: 'authenticated', read: true, update: 'owner', delete: 'owner' },
      behaviors: {
        publish: { set: { done: true }, requires: 'owner' },
        hide: { set: { done: false }, requires: 'owner' },
      },
      ui: {
        detail: { actions: ['hide', 'edit', 'publish'], sections: { 'What it is': ['done', 'title'], Empty: [] } },
        form: { sections: [{ title: 'State', fields: ['done'] }, { fields: ['owner'] }] },
      },
    },
  },
  views: {
    Open: { type: 'list', route: '/open', entity: 'Task', data: "Task where status == 'todo'", actions: ['delete', 'finish'] },
    Plain: { type: 'detail', route: '/teams/:team/plain/:id', entity: 'Page', actions: ['publish', 'delete'] },
    Fresh: { type: 'form', route: '/fresh/:id', entity: 'Page', mode: 'create' },
    Change: { type: 'form', route: '/change/:id', entity: 'Page', mode: 'edit' },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
let task: string
let written: string
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  task = (await app.send('POST', '/api/tasks', { title: 'One' }, ann)).body.id
  written = (await app.send('POST', '/api/pages', { title: 'Page' }, ann)).body.id
})
afterAll(() => app.close())

/** The last words of the addresses that the page leads or sends to, in order. */
async function offered(path: string, as: { token: string }): Promise<string[]> {
  const { text, status } = await app.send('GET', path, undefined, as)
  expect(status).toBe(200)
  return [...text.matchAll(/(?:href|action)="\/(?:tasks|pages)\/[^"/]+\/([a-z]+)"/g)].map(([, name = '']) => name)
}

test('a behavior whose guard no input can make hold is not offered', async () => {
  expect(await offered(`/tasks/${task}`, ann)).toEqual(['edit', 'delete', 'raise', 'lower', 'give', 'finish'])
  expect(await offered(`/tasks/${task}`, bob)).toEqual(['give'])
  await app.set('User', bob.id, { role: 'admin' })
  expect(await offered(`/tasks/${task}`, bob)).toEqual(['grant', 'give'])
})

test('the input still decides when it is done', async () => {
  const send = (by: string) =>
    app.send('POST', `/tasks/${task}/raise`, `by=${by}`, {
      ...ann,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  expect((await send('0')).status).toBe(403)
  expect((await send('1')).status).toBe(303)
})

test('a page offers what its entity declares, in that order', async () => {
  expect(await offered(`/pages/${written}`, ann)).toEqual(['edit', 'hide', 'publish'])
  expect(await offered(`/pages/${written}`, bob)).toEqual([])
})

test('a view of a row offers what the view declares, of the row that `:id` names', async () => {
  expect(await offered(`/teams/red/plain/${written}`, ann)).toEqual(['delete', 'publish'])
})

test('a list is sorted by the columns that are declared to be', async () => {
  const { text } = await app.send('GET', '/tasks', undefined, ann)
  expect([...text.matchAll(/href="\/tasks\?sort=(\w+)"/g)].map(([, name]) => name)).toEqual(['points'])
  const { text: pages } = await app.send('GET', '/pages', undefined, ann)
  expect(pages).toContain('sort=title')
})

test('a form to create makes a new row, whatever its address says', async () => {
  expect((await app.send('GET', `/fresh/${written}`, undefined, ann)).text).toContain('<h1>New page</h1>')
  expect((await app.send('GET', `/change/${written}`, undefined, ann)).text).toContain('<h1>Edit Page</h1>')
})

test('fields stand in their sections, and those of none at the end', async () => {
  const { text } = await app.send('GET', `/pages/${written}`, undefined, ann)
  const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  expect(words(text)).toMatch(/ What it is Done — Title Page Owner Ann Created at .* Updated at /)
  expect(text).not.toContain('Empty')
  const form = (await app.send('GET', '/pages/new', undefined, ann)).text
  expect(form).toMatch(/<fieldset><legend>State<\/legend>.*name="done".*<\/fieldset>.*name="title"/)
  const sent = await app.send('POST', '/pages/new', '_shown=done&_shown=title&done=true&title=New', {
    ...ann,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(sent.status).toBe(303)
})

describe('beside each row of a list', () => {
  const send = (path: string, body: string, as: { token: string }) =>
    app.send('POST', path, body, { ...as, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  let other: string
  beforeAll(async () => {
    other = (await app.send('POST', '/api/tasks', { title: 'Two' }, bob)).body.id
  })

  /** The addresses of what is offered beside the rows, without those of the rows' own pages. */
  const beside = async (path: string, as: { token: string }): Promise<string[]> => {
    const { text } = await app.send('GET', path, undefined, as)
    return [...text.matchAll(/<td><div class="behaviors">(.*?)<\/div><\/td>/gs)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, address = '']) => address),
    )
  }

  test('stands what its entity declares and the caller may do with that row', async () => {
    expect(await beside('/tasks', ann)).toEqual([`/tasks/${task}/finish`, `/tasks/${task}`, `/tasks/${task}/edit`])
    expect(await beside('/tasks', bob)).toEqual([`/tasks/${other}/finish`, `/tasks/${other}`, `/tasks/${other}/edit`])
    // Where nothing is declared, nothing stands there.
    expect(await beside('/pages', ann)).toEqual([])
  })

  test('stands what a list view declares, and a button leads back to the list as it was', async () => {
    const here = '/open?sort=title'
    expect(await beside(here, bob)).toEqual([`/tasks/${other}/delete`, `/tasks/${other}/finish`])
    const { text } = await app.send('GET', here, undefined, bob)
    expect(text).toContain(`<input type="hidden" name="_then" value="${here}"/>`)
    const done = await send(`/tasks/${other}/finish`, new URLSearchParams({ _then: here }).toString(), bob)
    expect([done.status, done.headers.get('location')]).toEqual([303, here])
    expect(await beside(here, bob)).toEqual([])
    const gone = await send(`/tasks/${other}/delete`, new URLSearchParams({ _then: '/open' }).toString(), bob)
    expect([gone.status, gone.headers.get('location')]).toEqual([303, '/open'])
  })

  test('a button leads to no other site, and the rules hold behind it', async () => {
    const refused = await send(`/tasks/${task}/delete`, '_then=%2Fopen', bob)
    expect(refused.status).toBe(403)
    const done = await send(`/tasks/${task}/finish`, '_then=%2F%2Fexample.com', ann)
    expect([done.status, done.headers.get('location')]).toEqual([303, '/'])
  })
})
