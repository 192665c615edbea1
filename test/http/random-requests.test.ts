// Requests made up at random from what is likely to break something: whatever is asked, by whomever, it is no fault of
// ours, and nobody is told what they may not see. `TRUTH_REQUESTS` asks for more of them.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { example, startApp, type TestApp } from '../helpers/app.ts'
import { seeded } from '../helpers/edits.ts'
import { requestsFrom } from '../helpers/random-requests.ts'

const many = Number(process.env.TRUTH_REQUESTS ?? 2_000)

/** What only a manager and the agent may read. */
const margin = 987_654_321
const key = 'the-key-that-nobody-reads'

let app: TestApp
const tokens: (string | undefined)[] = [undefined, 'nonsense']
const ids: string[] = ['none', '', '..', '%00', '%ff', 'a/b', 'ж', 'aggregate']
const rows: string[] = []
let etag = ''

beforeAll(async () => {
  app = await startApp(example('crm'))
  const [boss, ann, eve] = [await app.signUp('boss'), await app.signUp('ann'), await app.signUp('eve')]
  await app.set('User', boss.id, { role: 'admin' })
  const make = async (path: string, body: object): Promise<string> => {
    const reply = await app.send('POST', `/api/${path}`, body, { token: boss.token })
    if (reply.status !== 201) throw new Error(reply.text)
    ids.push(reply.body.id)
    rows.push(`/api/${path}/${reply.body.id}`)
    etag = reply.headers.get('etag') ?? ''
    return reply.body.id
  }
  const team = await make('teams', { name: 'Team' })
  await make('memberships', { team, member: ann.id })
  await make('memberships', { team, member: eve.id, role: 'viewer' })
  const company = await make('companies', { name: 'Company', team })
  const contact = await make('contacts', { name: 'Contact', company, email: 'c@example.com' })
  const deal = await make('deals', { title: 'Deal', company, value: 100, margin, contacts: [contact] })
  await make('activities', { kind: 'call', summary: 'Called', deal })
  await make('todos', { title: 'Call', assignee: ann.id, deal })
  await make('products', { name: 'Pear', code: 'AB-1234', price: 5 })
  await make('api-keys', { name: 'Key', key })
  ids.push(ann.id, eve.id)
  tokens.push(ann.token, eve.token)
})
afterAll(() => app.close())

test(`${many} of them`, { timeout: 30_000 + many * 10 }, async () => {
  const next = requestsFrom(seeded(Number(process.env.TRUTH_SEED ?? 1)), { ids, rows, tokens, etag })
  const statuses = new Map<number, number>()
  for (let count = 0; count < many; count += 1) {
    const request = next()
    const { method, path, body, ...options } = request
    const reply = await app.send(method, path, body, options)
    const told = JSON.stringify(request)
    expect(reply.status, told).toBeLessThan(500)
    expect(reply.text.includes(String(margin)) || reply.text.includes(key), told).toBe(false)
    if (reply.status >= 400 && path.startsWith('/api/') && method !== 'HEAD')
      expect(reply.headers.get('content-type'), told).toMatch(/^application\/problem\+json/)
    if (method === 'HEAD') expect((await app.send('GET', path, body, options)).status, told).toBe(reply.status)
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
  }
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([])
  // They are not all refused at the door.
  for (const status of [200, 304, 400, 401, 403, 404, 405, 412, 415, 422])
    expect(statuses.get(status) ?? 0, `${status} in ${JSON.stringify([...statuses])}`).toBeGreaterThan(0)
})
