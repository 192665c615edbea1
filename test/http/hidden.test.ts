// Nothing that a caller may write into a list's parameters tells them of what they may not see.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Hidden',
  entities: {
    User: {
      fields: {
        email: { type: 'string', read: 'entity == user' },
        name: 'string',
        rating: { type: 'integer', read: "user.email == 'boss@example.com'" },
        reviews: { type: 'relation', to: 'Review', many: true, inverse: 'about' },
      },
      permissions: { read: 'authenticated' },
    },
    Review: { fields: { about: { type: 'relation', to: 'User' } }, permissions: { read: false, create: true } },
    Note: {
      fields: {
        title: 'string',
        grade: { type: 'enum', options: ['good', 'bad'], read: "user.name == 'Boss'" },
        createdBy: { type: 'relation', to: 'User', default: 'user', read: "user.name == 'Boss'" },
        review: { type: 'relation', to: 'Review' },
        maker: { type: 'relation', to: 'User' },
        reports: { type: 'relation', to: 'Review', many: true, read: "user.name == 'Boss'" },
      },
      permissions: { read: 'authenticated', create: 'authenticated' },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  await app.set('User', ann.id, { rating: 2 })
  await app.send('POST', '/api/notes', { title: 'a' }, ann)
})
afterAll(() => app.close())

const filtered = (filter: string) => app.send('GET', `/api/notes?filter=${encodeURIComponent(filter)}`, undefined, ann)

test.each([
  'user.rating == 2',
  'user.rating > 5',
  'user.reviews.length > 0',
  "grade == 'zz'",
  "grade == 'good'",
  'grade > 1',
  'owner',
  'createdBy.name == null',
  'nothing == 1',
])('%s is refused as a name that is not there', async (filter) => {
  const { status, body } = await filtered(filter)
  expect([status, body.code]).toEqual([400, 'unknown-field'])
  expect(body.detail).toMatch(/^There is no field `[^`]*` that you may name here\.$/)
  expect(body.detail).not.toMatch(/good|Did you mean/)
})

test.each([
  ['createdBy.rating == 2', 'createdBy.absence == 2', 'createdBy', 'createdBy'],
  ['maker.rating == 2', 'maker.absence == 2', 'rating', 'absence'],
  ['maker.reviews.some(r => r.about == user)', 'maker.reviews.some(r => r.absence == user)', 'reviews', 'reviews'],
  ['reports.some(r => r.about == user)', 'reports.some(r => r.absence == user)', 'reports', 'reports'],
  ['review.about == user', 'review.absence == user', 'about', 'absence'],
  ['user.reviews.length > 0', 'user.absence.length > 0', 'reviews', 'absence'],
  ["title == 'x' && user.rating == 1", "title == 'x' && user.absence == 1", 'rating', 'absence'],
  ["maker.rating == 'x'", "maker.absence == 'x'", 'rating', 'absence'],
])('%s is refused in the words of %s', async (hidden, missing, ...names) => {
  const details = await Promise.all([hidden, missing].map(async (filter) => (await filtered(filter)).body.detail))
  expect(details).toEqual(names.map((name) => `There is no field \`${name}\` that you may name here.`))
})

test.each([
  ['grade ==', 'absence ==', 'grade', 'absence'],
  ["grade == 'good", "absence == 'good", 'grade', 'absence'],
  ['title == 5 && grade == 1', 'title == 5 && absence == 1', 'grade', 'absence'],
  ['title.grade()', 'title.absence()', 'grade', 'absence'],
  ['grade(1)', 'absence(1)', 'grade', 'absence'],
  ['next.grade == 1', 'next.absence == 1', 'grade', 'absence'],
  ["'grade' == nothing", "'absence' == nothing", 'nothing', 'nothing'],
  [
    'maker.reviews.some(grade => grade.nothing == 1)',
    'maker.reviews.some(absence => absence.nothing == 1)',
    'reviews',
    'reviews',
  ],
])('%s, which cannot be read either, is refused in the words of %s', async (hidden, missing, ...names) => {
  const details = await Promise.all([hidden, missing].map(async (filter) => (await filtered(filter)).body.detail))
  expect(details).toEqual(names.map((name) => `There is no field \`${name}\` that you may name here.`))
})

test('the name of a parameter is no field, in brackets or not', async () => {
  for (const filter of [
    'maker.reviews.some(grade => 1',
    'maker.reviews.some( (grade ) => 1',
    'maker.reviews.some(a=>1',
  ])
    expect((await filtered(filter)).body.detail).toBe('There is no field `reviews` that you may name here.')
  for (const filter of ['title.some(grade => 1', 'title.some( ( grade )  => 1', 'title.some(a=>a ==='])
    expect((await filtered(filter)).body.code).toBe('filter')
})

test.each(["title == 'grade", "title == 5 || title == 'grade'", 'title.length(', 'title == 1e5', 'maker == today('])(
  'what is wrong with %s is told, since every name in it is open',
  async (filter) => {
    const { status, body } = await filtered(filter)
    expect([status, body.code]).toEqual([400, 'filter'])
  },
)

test('what people may see of themselves they may use', async () => {
  expect((await filtered("user.email == 'ann@example.com' && user.name == 'Ann'")).body.data).toHaveLength(1)
})

test('a cursor that no column could hold is refused', async () => {
  const cursor = Buffer.from(
    JSON.stringify([
      ['title', 'id'],
      ['a\0', 'x'],
    ]),
  ).toString('base64url')
  expect((await app.send('GET', `/api/notes?sort=title&after=${cursor}`, undefined, ann)).status).toBe(400)
})

test.each(['/notes/%00', '/notes/x%00/edit', '/notes/%ED%A0%80'])('the page %s is not there', async (path) => {
  expect((await app.send('GET', path, undefined, ann)).status).toBe(404)
})
