// Addresses in other letters than those of ASCII, which a header cannot hold as they are.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Записки',
  entities: {
    User: { fields: { email: { type: 'string', format: 'email', unique: true, required: true } }, permissions: { read: true } },
    Note: {
      fields: { text: { type: 'string', required: true }, author: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: 'authenticated', read: 'authenticated' },
    },
  },
  views: {
    Board: { type: 'list', route: '/доска', entity: 'Note' },
    Note: { type: 'detail', route: '/доска/:id', entity: 'Note' },
  },
})
`

let app: TestApp
let token = ''
beforeAll(async () => {
  app = await startApp(source)
  const reply = await app.send('POST', '/api/auth/sign-up', { email: 'ann@example.com', password: 'correct horse' })
  token = reply.body.token
})
afterAll(() => app.close())

test('a page leads to the way in, and that back to the page', async () => {
  const home = await app.send('GET', '/', undefined, { token })
  expect([home.status, home.headers.get('location')]).toEqual([303, encodeURI('/доска')])
  expect((await app.send('GET', '/доска', undefined, { token })).status).toBe(200)
  const { id } = (await app.send('POST', '/api/notes', { text: 'раз' }, { token })).body
  const away = await app.send('GET', `/доска/${id}?a=б`)
  const then = new URL(away.headers.get('location') ?? '', 'http://localhost').searchParams.get('then')
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const form = new URLSearchParams({
    _shown: 'email',
    email: 'ann@example.com',
    password: 'correct horse',
    _then: then ?? '',
  })
  const back = await app.send('POST', '/sign-in', form.toString(), { headers })
  expect([back.status, back.headers.get('location')]).toEqual([303, `${encodeURI('/доска')}/${id}?a=%D0%B1`])
  expect((await app.send('GET', back.headers.get('location') ?? '', undefined, { token })).text).toContain('раз')
})

test.each([
  ['/доска', encodeURI('/доска')],
  ['/%D0%B6?a=ж#б', '/%D0%B6?a=%D0%B6#%D0%B1'],
  ['/a b', '/a%20b'],
  ['/\u0001\u007f', '/%01%7F'],
  ['/🌱', '/%F0%9F%8C%B1'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['https://evil.example', '/'],
])('whoever is signed in goes on to %j', async (then, to) => {
  const { status, headers } = await app.send('GET', `/sign-in?then=${encodeURIComponent(then)}`, undefined, { token })
  expect([status, headers.get('location')]).toEqual([303, to])
})
