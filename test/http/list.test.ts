// Lists: filters, sort, pages, and that no parameter reveals what may not be seen.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `
export default defineApp({
  name: 'Lists',
  entities: {
    User: {
      fields: {
        email: { type: 'string', required: true, unique: true },
        name: 'string',
        role: { type: 'enum', options: ['admin', 'user'], default: 'user', update: "user.role == 'admin'" },
        pin: { type: 'string', secret: true },
        salary: { type: 'integer', read: "user.role == 'admin' || entity == user" },
      },
      permissions: { read: 'authenticated', update: 'entity == user' },
    },
    Note: {
      fields: {
        title: { type: 'string', required: true },
        rank: 'integer',
        weight: 'number',
        done: 'boolean',
        due: 'date',
        at: 'datetime',
        labels: { type: 'string', many: true },
        extra: 'json',
        private: { type: 'string', read: 'owner' },
        author: { type: 'relation', to: 'User', default: 'user' },
        diary: { type: 'relation', to: 'Diary' },
      },
      permissions: { create: 'authenticated', read: "title != 'hidden' || owner", update: 'owner', delete: 'owner' },
    },
    Diary: {
      fields: { text: 'string', author: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: 'authenticated', read: 'owner' },
    },
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
  const diary = await app.send('POST', '/api/diaries', { text: 'dear diary' }, ann)
  const rows = [
    { title: 'a', rank: 3, weight: 0.1, done: true, due: '2026-01-01', labels: ['x', 'y'], private: 'ann only' },
    {
      title: 'b',
      rank: 1,
      weight: 0.30000000000000004,
      done: false,
      at: '2026-06-15T14:00:00+02:00',
      diary: diary.body.id,
    },
    { title: 'c', rank: 2, weight: 1e300, extra: { a: [1, { b: null }] } },
    { title: 'd' },
    { title: 'hidden', rank: 9 },
    { title: 'quote \' " ü 😀', rank: -1, weight: 5 },
  ]
  for (const row of rows) {
    const { status } = await app.send('POST', '/api/notes', row, ann)
    expect([status, app.logged.filter(({ level }) => level !== 'info')]).toEqual([201, []])
  }
})
afterAll(() => app.close())

const titles = async (query: string, who = bob): Promise<unknown> => {
  const { status, body } = await app.send('GET', `/api/notes${query}`, undefined, who)
  return status === 200 ? body.data.map((row: { title: string }) => row.title[0]).join('') : body.code
}

describe('rows', () => {
  test('carry every kind of value as it was given', async () => {
    const { body } = await app.send('GET', '/api/notes?sort=id', undefined, ann)
    const [a, b, c, d, , quote] = body.data
    expect(a).toMatchObject({
      rank: 3,
      weight: 0.1,
      done: true,
      due: '2026-01-01',
      labels: ['x', 'y'],
      extra: null,
      private: 'ann only',
    })
    expect(b).toMatchObject({ weight: 0.30000000000000004, done: false, at: '2026-06-15T12:00:00.000Z' })
    expect(c).toMatchObject({ weight: 1e300, done: null, extra: { a: [1, { b: null }] } })
    expect(d).toMatchObject({ rank: null, weight: null, labels: null })
    expect(quote).toMatchObject({ title: 'quote \' " ü 😀', weight: 5 })
  })

  test('leave out fields that the caller may not read', async () => {
    const { body } = await app.send('GET', '/api/notes?title=a', undefined, bob)
    expect(body.data).toHaveLength(1)
    expect(body.data[0]).not.toHaveProperty('private')
    const users = await app.send('GET', '/api/users', undefined, bob)
    expect(users.text).not.toContain('pin')
    const own = users.body.data.find((row: { id: string }) => row.id === bob.id)
    const other = users.body.data.find((row: { id: string }) => row.id === ann.id)
    expect(own).toHaveProperty('salary')
    expect(other).not.toHaveProperty('salary')
  })
})

describe('filters', () => {
  test.each([
    ['?sort=title', 'abcdq'],
    [`?filter=${encodeURIComponent("rank > 1 && title != 'x'")}&sort=title`, 'ac'],
    [`?filter=${encodeURIComponent('rank == null')}`, 'd'],
    [`?filter=${encodeURIComponent('!(rank > 1)')}&sort=title`, 'bq'],
    [`?filter=${encodeURIComponent("'x' in labels")}`, 'a'],
    [`?filter=${encodeURIComponent('author == user')}`, ''],
    [`?filter=${encodeURIComponent("author.name == 'Ann' && done")}`, 'a'],
    [`?filter=${encodeURIComponent("at == '2026-06-15T12:00:00Z'")}`, 'b'],
    ['?title=a&title=b&sort=title', 'ab'],
    ['?rank=3', 'a'],
    ['?rank=3.0', 'a'],
    ['?done=false', 'b'],
    ['?due=2026-01-01', 'a'],
    [`?title=${encodeURIComponent("' OR 1=1 --")}`, ''],
    ['?sort=-rank', 'acbqd'],
    ['?sort=rank,-title', 'dqbca'],
    ['?limit=2&sort=title', 'ab'],
    ['?limit=2&offset=2&sort=title', 'cd'],
  ])('%s', async (query, expected) => {
    expect(await titles(query)).toBe(expected)
  })

  test.each([
    ['?nothing=1', 'unknown-field'],
    [`?filter=${encodeURIComponent('rank >')}`, 'filter'],
    [`?filter=${encodeURIComponent('staus == 1')}`, 'unknown-field'],
    ['?filter=', 'filter'],
    ['?limit=0', 'parameter'],
    ['?limit=101', 'parameter'],
    ['?limit=1e1', 'parameter'],
    ['?offset=10001', 'parameter'],
    ['?count=yes', 'parameter'],
    ['?rank=many', 'parameter'],
    ['?done=maybe', 'parameter'],
    ['?due=2025-02-29', 'parameter'],
    ['?sort=labels', 'sort'],
    ['?sort=extra', 'sort'],
    ['?after=nonsense', 'cursor'],
  ])('%s is a 400 (%s)', async (query, code) => {
    expect(await titles(query)).toBe(code)
  })
})

describe('hidden fields and rows', () => {
  test('a field that may not be read is refused with the words of one that is not there', async () => {
    const words = async (query: string): Promise<string> => {
      const { status, body } = await app.send('GET', `/api/users${query}`, undefined, bob)
      expect(status).toBe(400)
      return body.detail.replace(/`[^`]*`/, '')
    }
    const absent = await words('?nothing=1')
    for (const query of [
      '?salary=1',
      '?pin=1',
      '?sort=salary',
      '?sort=pin',
      '?sort=nothing',
      `?filter=${encodeURIComponent('salary > 1')}`,
    ]) {
      expect(await words(query)).toBe(absent)
    }
  })

  test('a secret field is unknown to filters', async () => {
    const { status } = await app.send('GET', `/api/users?filter=${encodeURIComponent("pin == '1'")}`, undefined, bob)
    expect(status).toBe(400)
  })

  test('a filter does not look through a relation into rows that only some may read', async () => {
    expect(await titles(`?filter=${encodeURIComponent("diary.text == 'dear diary'")}`)).toBe('unknown-field')
    expect(await titles(`?filter=${encodeURIComponent('diary != null')}`)).toBe('b')
  })

  test('a relation cannot be set to a row that may not be read', async () => {
    const diary = await app.send('GET', '/api/diaries', undefined, ann)
    const { status, body } = await app.send('POST', '/api/notes', { title: 'x', diary: diary.body.data[0].id }, bob)
    expect(status).toBe(422)
    expect(body.errors[0]).toMatchObject({ path: 'diary' })
  })

  test('counts only what may be seen', async () => {
    const seen = await app.send('GET', '/api/notes?count=true&limit=1', undefined, bob)
    const all = await app.send('GET', '/api/notes?count=true&limit=1', undefined, ann)
    expect([seen.body.page.total, all.body.page.total]).toEqual([5, 6])
  })
})

describe('pages', () => {
  test.each(['', '&sort=rank', '&sort=-rank', '&sort=done,-rank', '&sort=-due,title', '&sort=-createdAt'])(
    'every row once, with sort %j',
    async (sort) => {
      const seen: string[] = []
      let after: string | null = null
      do {
        const from = after === null ? '' : `&after=${after}`
        const { status, body } = await app.send('GET', `/api/notes?limit=2${sort}${from}`, undefined, ann)
        expect(status).toBe(200)
        seen.push(...body.data.map((row: { id: string }) => row.id))
        after = body.page.next
      } while (after !== null)
      expect(seen).toHaveLength(6)
      expect(new Set(seen).size).toBe(6)
    },
  )

  test('a cursor of another order is refused', async () => {
    const { body } = await app.send('GET', '/api/notes?limit=1&sort=rank', undefined, ann)
    expect(await titles(`?sort=title&after=${body.page.next}`)).toBe('cursor')
  })
})
