// What is cut off says so: choices of a relation, and the rows that belong to a row.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Many',
  entities: {
    User: { fields: { email: 'string', name: 'string' }, permissions: { read: 'authenticated' } },
    Shelf: {
      fields: { name: 'string', books: { type: 'relation', to: 'Book', many: true, inverse: 'shelf' }, secrets: { type: 'relation', to: 'Secret', many: true, inverse: 'shelf' } },
      permissions: { create: 'authenticated', read: 'authenticated' },
    },
    Book: {
      fields: { name: 'string', shelf: { type: 'relation', to: 'Shelf' } },
      permissions: { create: 'authenticated', read: 'authenticated' },
    },
    Secret: {
      fields: { name: 'string', owner: { type: 'relation', to: 'User', default: 'user' }, shelf: { type: 'relation', to: 'Shelf', read: 'owner' } },
      permissions: { create: 'authenticated', read: 'authenticated' },
    },
    Loan: {
      fields: { book: { type: 'relation', to: 'Book' }, shelf: { type: 'relation', to: 'Shelf' } },
      permissions: { create: 'authenticated', read: 'authenticated' },
      ui: { list: { filterable: ['book', 'shelf'] } },
      behaviors: { change: { input: { book: { type: 'relation', to: 'Book' } }, set: { book: { expr: 'input.book' } }, requires: 'authenticated' } },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let full = ''
let few = ''
let loan = ''
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  const make = async (path: string, body: object): Promise<string> => (await app.send('POST', path, body, ann)).body.id
  full = await make('/api/shelves', { name: 'Full' })
  few = await make('/api/shelves', { name: 'Few' })
  const post = (path: string, body: object) => ({ method: 'POST', path, body })
  const batch = (count: number, of: (n: number) => object) =>
    app.send(
      'POST',
      '/api/batch',
      Array.from({ length: count }, (_, n) => of(n)),
      ann,
    )
  await batch(21, (n) => post('/api/books', { name: `Book ${n}`, shelf: full }))
  await batch(20, (n) => post('/api/books', { name: `Few ${n}`, shelf: few }))
  await batch(21, (n) => post('/api/secrets', { name: `Secret ${n}`, shelf: full }))
  for (const count of [80, 79]) await batch(count, (n) => post('/api/books', { name: `Other ${n}` }))
  loan = await make('/api/loans', {})
})
afterAll(() => app.close())

const open = async (path: string): Promise<string> => (await app.send('GET', path, undefined, ann)).text
const section = (text: string, label: string): string =>
  text.split('<section class="related">').find((part) => part.includes(`<h2>${label}</h2>`)) ?? ''

test('the rows that belong to a row end with a way to the others', async () => {
  const books = section(await open(`/shelves/${full}`), 'Books')
  expect(books.match(/<li>/g)).toHaveLength(20)
  expect(books).toContain(`Only 20 of them are shown. <a href="/books?shelf=${full}">See all</a>`)
  const list = await open(`/books?shelf=${full}`)
  expect(list).toContain('>Book ')
  expect(list).not.toMatch(/>(?:Few|Other) /)
  expect(section(await open(`/shelves/${few}`), 'Books')).not.toContain('are shown')
})

test('but for who may not name the field', async () => {
  const secrets = section(await open(`/shelves/${full}`), 'Secrets')
  expect(secrets).not.toContain('"/secrets?shelf=')
})

test('a choice of too many says that it is one', async () => {
  const hint = 'Only the first 200 are offered.'
  const offered = (text: string, name: string): number =>
    (new RegExp(`name="${name}".*?</select>`, 's').exec(text)?.[0].match(/<option value="[^"]/g) ?? []).length
  const count = (text: string): number => text.split(hint).length - 1
  expect(count(await open('/loans/new'))).toBe(0)
  await app.send('POST', '/api/books', { name: 'One too many' }, ann)
  for (const path of ['/loans/new', `/loans/${loan}`, '/loans']) {
    const text = await open(path)
    expect([path, count(text), offered(text, 'book')]).toEqual([path, 1, 200])
  }
  const text = await open('/loans/new')
  expect(text).toMatch(/name="book" aria-describedby="field-book-hint"/)
  expect(text).toContain(`id="field-book-hint">${hint}<`)
})
