// The first column of a list leads to the row, and shows its own value all the same.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const columns = {
  N: 'n',
  Kind: 'kind',
  Done: 'done',
  Day: 'day',
  Text: 'text',
  Title: 'title',
  Site: 'site',
  Tint: 'tint',
  Other: 'other',
  Words: 'words',
  Data: 'data',
  Twice: 'twice',
}
const views = Object.entries(columns).map(
  ([name, column]) =>
    `${name}: { type: 'list', route: '/by-${column}', entity: 'Task', columns: ['${column}', 'createdAt'] },`,
)

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Columns',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Other: { fields: { name: 'string' }, permissions: { create: 'authenticated', read: 'authenticated' } },
    Task: {
      fields: {
        title: 'string', n: 'integer', kind: { type: 'enum', options: ['bigOne', 'small'] }, done: 'boolean', day: 'date',
        text: 'text', site: { type: 'string', format: 'url' }, tint: { type: 'string', format: 'color' },
        other: { type: 'relation', to: 'Other' }, words: { type: 'string', many: true }, data: 'json',
      },
      computed: { twice: 'n * 2' },
      permissions: { create: 'authenticated', read: 'authenticated' },
    },
  },
  views: {
    ${views.join('\n    ')}
    Start: { type: 'dashboard', route: '/start', widgets: { tasks: { data: 'Task', columns: ['n', 'title'] } } },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let other = ''
let full = ''
let bare = ''
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  other = (await app.send('POST', '/api/others', { name: 'Them' }, ann)).body.id
  const values = {
    title: 'Full',
    n: 0,
    kind: 'bigOne',
    done: false,
    day: '2026-02-03',
    text: 'A <b>',
    site: 'https://example.com/',
    tint: '#123456',
    other,
    words: ['one', 'two'],
    data: { a: 1 },
  }
  full = (await app.send('POST', '/api/tasks', values, ann)).body.id
  bare = (await app.send('POST', '/api/tasks', { title: 'Bare', words: [] }, ann)).body.id
})
afterAll(() => app.close())

/** The first cell of a row in the list at this address. */
async function cell(path: string, id: string): Promise<string> {
  const { text } = await app.send('GET', path, undefined, ann)
  const found = text.split('<tr>').find((row) => row.includes(`class="row" href="/tasks/${id}"`))
  return /<td>.*?<\/td>/s.exec(found ?? '')?.[0] ?? ''
}
const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

test.each([
  ['n', '0'],
  ['kind', 'Big one'],
  ['done', 'No'],
  ['day', '2026-02-03'],
  ['text', 'A &lt;b>'],
  ['title', 'Full'],
  ['site', 'https://example.com/'],
  ['tint', '#123456'],
  ['twice', '0'],
])('%s is the text of the link', async (column, shown) => {
  const html = await cell(`/by-${column}`, full)
  expect(html).toMatch(new RegExp(`^<td><a class="row" href="/tasks/${full}">.*</a></td>$`, 's'))
  expect(html.match(/<a /g)).toHaveLength(1)
  expect(plain(html)).toBe(shown)
})

test.each([
  ['other', 'Full Them'],
  ['words', 'Full one two'],
  ['data', 'Full { "a": 1 }'],
])('%s stands behind the link, which is called by the name of the row', async (column, shown) => {
  const html = await cell(`/by-${column}`, full)
  expect(html).toContain(`<td><a class="row" href="/tasks/${full}">Full</a>`)
  expect(plain(html.replaceAll('&quot;', '"'))).toBe(shown)
  if (column === 'other') expect(html).toContain(`<a href="/others/${other}">Them</a>`)
})

test.each(Object.values(columns).filter((column) => column !== 'title'))(
  'without a value of %s the link is called by the name of the row',
  async (column) => {
    expect(plain(await cell(`/by-${column}`, bare))).toBe('Bare')
  },
)

test('widgets are like lists', async () => {
  expect(plain(await cell('/start', full))).toBe('0')
})
