// The other side of a relation tells what the relation tells: it is as closed, on every surface.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Ballots',
  entities: {
    User: {
      fields: {
        email: 'string',
        name: 'string',
        votes: { type: 'relation', to: 'Ballot', many: true, inverse: 'candidate' },
        picks: { type: 'relation', to: 'Ballot', many: true, inverse: 'pick' },
        given: { type: 'relation', to: 'Ballot', many: true, inverse: 'voter', read: 'entity == user' },
      },
      permissions: { read: true },
    },
    Topic: {
      fields: { name: 'string', ballots: { type: 'relation', to: 'Ballot', many: true, inverse: 'topics' } },
      permissions: { create: true, read: true },
    },
    Ballot: {
      fields: {
        title: 'string',
        voter: { type: 'relation', to: 'User', default: 'user' },
        candidate: { type: 'relation', to: 'User', read: 'voter == user' },
        pick: { type: 'relation', to: 'User', secret: true },
        topics: { type: 'relation', to: 'Topic', many: true, read: 'voter == user' },
      },
      permissions: { create: true, read: true },
    },
  },
})
`

let app: TestApp
let ann: { id: string; token: string }
let bob: { id: string; token: string }
let topic: string
let ballot: string
beforeAll(async () => {
  app = await startApp(source)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
  topic = (await app.send('POST', '/api/topics', { name: 'Peace' }, ann)).body.id
  const body = { title: 'Ann’s ballot', candidate: bob.id, pick: bob.id, topics: [topic] }
  ballot = (await app.send('POST', '/api/ballots', body, ann)).body.id
})
afterAll(() => app.close())

const get = async (path: string, who: { token: string }) => (await app.send('GET', path, undefined, who)).body

describe('a relation with a read rule', () => {
  test('is followed backwards by those who may see it', async () => {
    expect((await get(`/api/users/${bob.id}?expand=votes`, ann)).votes).toMatchObject([{ id: ballot }])
    expect((await get(`/api/topics/${topic}`, ann)).ballots).toEqual([ballot])
    expect((await get(`/api/topics/${topic}?expand=ballots`, ann)).ballots).toMatchObject([{ id: ballot }])
    expect((await app.send('GET', `/users/${bob.id}`, undefined, ann)).text).toContain('Ann’s ballot')
  })

  test('and by nobody else', async () => {
    expect((await get(`/api/users/${bob.id}?expand=votes`, bob)).votes).toEqual([])
    expect((await get(`/api/topics/${topic}`, bob)).ballots).toEqual([])
    expect((await get(`/api/topics/${topic}?expand=ballots`, bob)).ballots).toEqual([])
    expect((await app.send('GET', `/users/${bob.id}`, undefined, bob)).text).not.toContain('Ann’s ballot')
  })

  test.each([
    '/api/users?filter=votes.length > 0',
    "/api/users?filter=votes.some(v => v.title == 'x')",
    '/api/users/aggregate?filter=votes.length > 0',
    '/api/topics?filter=ballots.length > 0',
  ])('%s is refused as a field that is not there', async (path) => {
    const [address = '', filter = ''] = path.split('filter=')
    const answer = await get(`${address}filter=${encodeURIComponent(filter)}`, bob)
    expect([answer.status, answer.code]).toEqual([400, 'unknown-field'])
  })
})

test('a secret relation is not followed backwards by anybody', async () => {
  for (const who of [ann, bob]) {
    expect(await get('/api/users?expand=picks', who)).toMatchObject({ status: 400, code: 'unknown-field' })
    expect(await get('/api/users?filter=picks.length%20%3E%200', who)).toMatchObject({ code: 'unknown-field' })
    expect((await app.send('GET', `/users/${bob.id}`, undefined, who)).text).not.toContain('Picks')
  }
})

test('the page of a row shows no rows of a field that its reader may not see', async () => {
  const page = async (who: { token: string }) => (await app.send('GET', `/users/${ann.id}`, undefined, who)).text
  expect(await page(ann)).toContain('<h2>Given</h2>')
  expect(await page(bob)).not.toContain('<h2>Given</h2>')
})
