// Dashboards: figures and rows of what the reader may read, and of nothing else.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Dashboards',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Deal: {
      fields: {
        title: 'string',
        value: 'number',
        margin: { type: 'integer', read: "owner" },
        status: { type: 'enum', options: ['open', 'won'] },
        due: 'date',
        owner: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: 'authenticated', read: "owner || status == 'won'" },
    },
    Pay: { fields: { amount: 'number' }, permissions: { create: 'authenticated', read: "user.name == 'Ann'" } },
    Note: { fields: { text: 'string' }, permissions: { create: 'authenticated', read: 'authenticated' } },
  },
  views: {
    Start: {
      type: 'dashboard',
      route: '/start',
      title: 'How it goes',
      metrics: {
        openDeals: "Deal where status == 'open'",
        worth: { label: 'Worth', data: 'Deal', sum: 'value' },
        mean: { data: "Deal where status == 'won'", avg: 'value' },
        nextDue: { data: 'Deal', min: 'due' },
        best: { data: 'Deal', max: 'margin' },
        noNotes: { label: 'Notes', data: 'Note', max: 'text' },
      },
      widgets: {
        latest: { title: 'Latest', data: 'Deal order by title desc limit 2', columns: ['title', 'owner'] },
        notes: 'Note',
      },
    },
    Private: { type: 'dashboard', route: '/private', permission: 'user.name == "Ann"', metrics: ['Note'] },
    Pays: { type: 'dashboard', route: '/pays', metrics: { paid: { data: 'Pay', sum: 'amount' }, notes: 'Note' }, widgets: ['Pay'] },
    Home: { type: 'dashboard', route: '/', permission: "user.name == 'Cid'", metrics: ['Note'] },
    OnlyPays: { type: 'dashboard', route: '/only-pays', metrics: ['Pay'] },
    Unnamed: {
      type: 'dashboard', route: '/unnamed',
      metrics: [
        'Deal', { data: 'Deal', sum: 'value' }, { data: 'Deal', avg: 'value' }, { data: 'Deal', max: 'value' },
        { data: 'Deal', min: 'due' }, { data: 'Deal', max: 'title' }, { label: 'Deals', data: 'Deal', min: 'value' },
      ],
    },
    Deals: { type: 'list', route: '/all-deals', entity: 'Deal' },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  const make = (title: string, value: number, status: string, due: string, by: { token: string }) =>
    app.send('POST', '/api/deals', { title, value, status, due, margin: 5 }, by)
  await make('Deal A', 1000.5, 'open', '2026-03-01', ann)
  await make('Deal B', 250, 'won', '2026-02-01', ann)
  await make('Deal C', 7, 'open', '2026-01-01', bob)
  await make('Deal D', 9, 'won', '2026-04-01', bob)
})
afterAll(() => app.close())

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

async function page(path: string, as: { token: string } | undefined): Promise<string> {
  const { text, status } = await app.send('GET', path, undefined, as)
  expect(status).toBe(200)
  return text
}

/** The figures by their labels. */
const figures = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<div class="card"><dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, label = '', value = '']) => [
      label,
      plain(value).trim(),
    ]),
  )

test('counts, sums and the like of the rows that the reader may read', async () => {
  expect(figures(await page('/start', ann))).toEqual({
    'Open deals': '1',
    Worth: '1,259.5',
    Mean: '129.5',
    'Next due': '2026-02-01',
    Notes: '—',
  })
  expect(figures(await page('/start', bob))).toMatchObject({
    'Open deals': '1',
    Worth: '266',
    'Next due': '2026-01-01',
  })
})

test('a figure of a field that is not for every reader is left out', async () => {
  expect(Object.keys(figures(await page('/start', ann)))).not.toContain('Best')
})

test('a measure without a name is called by what it measures', async () => {
  expect(figures(await page('/unnamed', bob))).toEqual({
    'Total value': '266',
    'Average value': '88.67',
    'Highest value': '250',
    'Earliest due': '2026-01-01',
    'Last title': 'Deal D',
    // The last of those that are called so.
    Deals: '7',
  })
})

test('rows in their order and number, each leading to its page', async () => {
  const html = await page('/start', ann)
  expect([...html.matchAll(/class="row" href="\/deals\/[^"]+">(.*?)</g)].map(([, title]) => title)).toEqual([
    'Deal D',
    'Deal B',
  ])
  expect(plain(html)).toContain('Latest All deals Title Owner Deal D Bob Deal B Ann')
  expect(plain(html)).toContain('Notes All notes None yet.')
})

test('stands among the links, and first, for those who may see some of it', async () => {
  const html = await page('/start', ann)
  expect(html).toContain('<a href="/start" aria-current="page">How it goes</a>')
  const home = await app.send('GET', '/', undefined, ann)
  expect(home.headers.get('location')).toBe('/start')
  expect(html).toContain('href="/private"')
  expect(await page('/start', bob)).not.toContain('href="/private"')
})

test('what is about rows that a reader can never read is left out, and no figure of nothing', async () => {
  expect(figures(await page('/pays', ann))).toEqual({ Paid: '0', Notes: '0' })
  const html = await page('/pays', bob)
  expect(figures(html)).toEqual({ Notes: '0' })
  expect(html).not.toContain('All pays')
  expect(html).not.toContain('href="/only-pays"')
  expect((await app.send('GET', '/only-pays', undefined, bob)).status).toBe(403)
})

test('a view at / is the first page of those who may open it', async () => {
  const cid = await app.signUp('Cid')
  const html = await page('/', cid)
  expect(figures(html)).toEqual({ Notes: '0' })
  expect(html).toContain('<a href="/" aria-current="page">')
})

test('strangers see what is public, and are shown in where nothing is', async () => {
  const html = await page('/start', undefined)
  expect(figures(html)).toEqual({ 'Open deals': '0', Worth: '259', Mean: '129.5', 'Next due': '2026-02-01' })
  expect(html).not.toContain('All notes')
  const shut = await app.send('GET', '/private')
  expect(shut.headers.get('location')).toBe('/sign-in?then=%2Fprivate')
  expect((await app.send('GET', '/private', undefined, bob)).status).toBe(403)
  expect((await app.send('POST', '/start', '', ann)).status).toBe(405)
})
