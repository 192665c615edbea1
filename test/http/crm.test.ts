// The crm example: relation paths and `some` in permissions, a field with rules of its own, behaviors with input.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statement } from '../../runtime/database/database.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'

type Person = { readonly id: string; readonly token: string }

let app: TestApp
let admin: Person
let lead: Person
let editor: Person
let viewer: Person
let stranger: Person
let team: string
let company: string
let deal: string

const make = async (path: string, body: object, who: Person): Promise<string> => {
  const { status, body: row, text } = await app.send('POST', `/api/${path}`, body, who)
  if (status !== 201) throw new Error(`${status} ${text}`)
  return row.id
}

beforeAll(async () => {
  app = await startApp(example('crm'))
  admin = await app.signUp('Admin')
  await app.set('User', admin.id, { role: 'admin' })
  lead = await app.signUp('Lead')
  await app.set('User', lead.id, { role: 'manager' })
  editor = await app.signUp('Editor')
  viewer = await app.signUp('Viewer')
  stranger = await app.signUp('Stranger')
  team = await make('teams', { name: 'North' }, lead)
  await make('memberships', { team, member: editor.id, role: 'editor' }, lead)
  await make('memberships', { team, member: viewer.id, role: 'viewer' }, lead)
  company = await make('companies', { name: 'Acme', team, labels: ['big', 'old'] }, editor)
  deal = await make('deals', { title: 'Chairs', company, value: 2000 }, editor)
}, 60_000)
afterAll(() => app.close())

const status = async (method: string, path: string, who: Person, body?: object): Promise<number> =>
  (await app.send(method, `/api/${path}`, body, who)).status

describe('a company is its team’s', () => {
  test('members and the lead read it, others do not know of it', async () => {
    for (const who of [lead, editor, viewer, admin]) expect(await status('GET', `companies/${company}`, who)).toBe(200)
    expect(await status('GET', `companies/${company}`, stranger)).toBe(404)
    expect((await app.send('GET', '/api/companies', undefined, stranger)).body.data).toEqual([])
  })

  test('editors change it, viewers may not, to strangers it is not there', async () => {
    expect(await status('PATCH', `companies/${company}`, editor, { size: 12 })).toBe(200)
    expect(await status('PATCH', `companies/${company}`, viewer, { size: 13 })).toBe(403)
    expect(await status('PATCH', `companies/${company}`, stranger, { size: 14 })).toBe(404)
    expect(await status('DELETE', `companies/${company}`, editor)).toBe(403)
  })

  test('one is created only in a team that one edits', async () => {
    expect(await status('POST', 'companies', viewer, { name: 'x', team })).toBe(403)
    expect(await status('POST', 'companies', stranger, { name: 'x', team })).toBe(403)
    expect(await status('POST', 'companies', editor, { name: 'x', team: 'none' })).toBe(422)
  })
})

describe('a deal follows its company', () => {
  test('through two relations and a collection', async () => {
    expect(await status('GET', `deals/${deal}`, viewer)).toBe(200)
    expect(await status('GET', `deals/${deal}`, stranger)).toBe(404)
    expect(await status('POST', 'deals', stranger, { title: 'x', company })).toBe(422)
  })

  test('the margin is for the owner and managers to see, and for managers to set', async () => {
    expect(await status('PATCH', `deals/${deal}`, editor, { margin: 1 })).toBe(403)
    expect(await status('PATCH', `deals/${deal}`, lead, { margin: 300 })).toBe(200)
    const seen = async (who: Person) => (await app.send('GET', `/api/deals/${deal}`, undefined, who)).body.margin
    expect([await seen(editor), await seen(lead), await seen(viewer)]).toEqual([300, 300, undefined])
  })

  test('contacts are linked both ways, and only those that one may read are shown', async () => {
    const contact = await make('contacts', { name: 'Zoe', company }, editor)
    const { body } = await app.send('PATCH', `/api/deals/${deal}`, { contacts: [contact] }, editor)
    expect(body.contacts).toEqual([contact])
    expect((await app.send('GET', `/api/contacts/${contact}`, undefined, viewer)).body.deals).toEqual([deal])
    expect(await status('PATCH', `deals/${deal}`, editor, { contacts: ['none'] })).toBe(422)
  })
})

describe('behaviors', () => {
  test('with input, an expression, and a guard that reads the input', async () => {
    const give = (who: Person, percent: unknown) => app.send('POST', `/api/deals/${deal}/discount`, { percent }, who)
    expect((await give(editor, 5)).body.value).toBe(1900)
    expect((await give(editor, 20)).status).toBe(403)
    expect((await give(lead, 50)).body.value).toBe(950)
    expect((await give(editor, 0)).status).toBe(422)
    expect((await give(editor, 'a')).status).toBe(422)
    expect((await give(stranger, 5)).status).toBe(404)
  })

  test('change several fields at once, and only in the right state', async () => {
    const { body } = await app.send('POST', `/api/deals/${deal}/lose`, { reason: 'too dear' }, editor)
    expect(body).toMatchObject({ status: 'lost', reason: 'too dear' })
    expect(body.closedAt).toMatch(/Z$/)
    expect(await status('POST', `deals/${deal}/win`, editor)).toBe(403)
    expect(await status('PATCH', `deals/${deal}`, editor, { title: 'y' })).toBe(403)
  })

  test('a computed field says what follows from the row', async () => {
    const late = await make('deals', { title: 'Late', company, expected: '2020-01-01' }, editor)
    expect((await app.send('GET', `/api/deals/${late}`, undefined, editor)).body.isLate).toBe(true)
    expect((await app.send('GET', `/api/deals/${deal}`, undefined, editor)).body.isLate).toBe(false)
  })
})

test('every change left its event, and no refused one did', async () => {
  const rows = await app.database.query(
    statement('SELECT "name", "user", "payload" FROM "_truth_outbox" WHERE "row" = ?1 ORDER BY "id"'),
    [deal],
  )
  expect(rows.map(([name]) => name)).toEqual([
    'Deal.created',
    'Deal.updated',
    'Deal.updated',
    'Deal.updated',
    'Deal.updated',
    'Deal.updated',
    'deal.lost',
  ])
  const { before, after } = JSON.parse(String(rows.at(-1)?.[2]))
  expect([before.status, after.status]).toEqual(['open', 'lost'])
  expect(rows.at(-1)?.[1]).toBe(editor.id)
})

test('a secret is taken and never given', async () => {
  const sent = await app.send('POST', '/api/api-keys', { name: 'ci', key: 'a-very-secret-key' }, admin)
  expect(sent.status).toBe(201)
  expect(sent.text).not.toContain('very-secret')
  const events = await app.database.query(statement('SELECT "payload" FROM "_truth_outbox" WHERE "entity" = ?1'), [
    'ApiKey',
  ])
  expect(JSON.stringify(events)).not.toContain('very-secret')
})

test('values must fit their pattern, and pairs that are unique stay so', async () => {
  expect(await status('POST', 'products', lead, { name: 'Chair', code: 'ab-1', price: 1 })).toBe(422)
  expect(await status('POST', 'products', lead, { name: 'Chair', code: 'AB-1234', price: 1 })).toBe(201)
  expect(await status('POST', 'memberships', lead, { team, member: editor.id })).toBe(409)
})

test.each(['/pipeline', '/diary', '/deals/add', '/companies', '/deals', '/users'])(
  'the page %s is shown',
  async (path) => {
    const { status: code, text } = await app.send('GET', path, undefined, editor)
    expect(code).toBe(200)
    expect(text).toContain('Orchard CRM')
  },
)
