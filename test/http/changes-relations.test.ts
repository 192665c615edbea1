// GET /api/…/changes where rules follow relations: what is told is what may be read now.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'
import { listenTo, notes, pause } from '../helpers/notes-app.ts'

let app: TestApp
let ann: { readonly id: string; readonly token: string }
let bob: { readonly id: string; readonly token: string }

beforeAll(async () => {
  app = await startApp(notes)
  ann = await app.signUp('Ann')
  bob = await app.signUp('Bob')
})
afterAll(() => app.close())

const listen = (path: string, token?: string) => listenTo(app, path, token)

describe('rules that follow relations', () => {
  const makeTeam = async (members: readonly string[]) =>
    (await app.send('POST', '/api/teams', { name: 'T', members }, { token: ann.token })).body.id as string
  const plan = async (fields: object) =>
    (await app.send('POST', '/api/plans', { title: 'Plan', ...fields }, { token: ann.token })).body.id as string
  const setMembers = (team: string, members: readonly string[]) =>
    app.send('PATCH', `/api/teams/${team}`, { members }, { token: ann.token })
  const change = (id: string, fields: object) => app.send('PATCH', `/api/plans/${id}`, fields, { token: ann.token })

  test('are asked as they are now; rows that the stream told of are taken back', async () => {
    const team = await makeTeam([ann.id])
    const events = await listen('/api/plans/changes', bob.token)
    const id = await plan({ team })
    await pause()
    await setMembers(team, [ann.id, bob.id])
    await change(id, { title: 'Seen' })
    expect(await events.next()).toMatchObject({ event: 'enter', data: { id, title: 'Seen' } })
    await change(id, { title: 'Again' })
    expect(await events.next()).toMatchObject({ event: 'updated', data: { title: 'Again' } })
    await setMembers(team, [ann.id])
    await change(id, { title: 'Hidden' })
    expect(await events.next()).toMatchObject({ event: 'leave', data: { id } })
    await setMembers(team, [ann.id, bob.id])
    await change(id, { title: 'Back' })
    expect(await events.next()).toMatchObject({ event: 'enter', data: { title: 'Back' } })
    await app.send('DELETE', `/api/plans/${id}`, undefined, { token: ann.token })
    expect(await events.next()).toMatchObject({ event: 'deleted', data: { id } })
    await events.close()
  })

  test('a link of the row itself is one of them', async () => {
    const events = await listen('/api/clubs/changes', bob.token)
    const club = await app.send('POST', '/api/clubs', { members: [ann.id, bob.id] }, { token: ann.token })
    expect(await events.next()).toMatchObject({ event: 'created', data: { id: club.body.id } })
    await app.send('PATCH', `/api/clubs/${club.body.id}`, { members: [ann.id] }, { token: ann.token })
    expect(await events.next()).toMatchObject({ event: 'leave', data: { id: club.body.id } })
    await events.close()
  })

  test('what the row refers to may be gone: it is told to nobody then', async () => {
    const wall = await app.send('POST', '/api/walls', { blocked: [bob.id] }, { token: ann.token })
    const free = await app.send('POST', '/api/walls', { blocked: [] }, { token: ann.token })
    const brick = await app.send('POST', '/api/bricks', { wall: wall.body.id, title: 'SECRET' }, { token: ann.token })
    const live = await listen('/api/bricks/changes', bob.token)
    await app.send('PATCH', `/api/bricks/${brick.body.id}`, { title: 'SECRET 2' }, { token: ann.token })
    await pause()
    expect((await app.send('DELETE', `/api/walls/${wall.body.id}`, undefined, { token: ann.token })).status).toBe(204)
    const late = await listen('/api/bricks/changes?since=0', bob.token)
    const other = await app.send('POST', '/api/bricks', { wall: free.body.id, title: 'Open' }, { token: ann.token })
    for (const events of [live, late]) {
      expect(await events.next()).toMatchObject({ event: 'created', data: { id: other.body.id } })
      await events.close()
    }
  })

  test('what is long past tells nobody more than the list does', async () => {
    const team = await makeTeam([ann.id])
    const id = await plan({ team, title: 'salaries' })
    await change(id, { title: 'harmless' })
    const gone = await plan({ team, title: 'fire Bob' })
    await app.send('DELETE', `/api/plans/${gone}`, undefined, { token: ann.token })
    await setMembers(team, [ann.id, bob.id])
    const events = await listen('/api/plans/changes?since=0', bob.token)
    const seen: unknown[] = []
    await plan({ team, title: 'end' })
    for (let event = await events.next(); ; event = await events.next()) {
      seen.push(event)
      if (JSON.stringify(event).includes('end')) break
    }
    expect(JSON.stringify(seen)).not.toMatch(/salaries|fire Bob/)
    expect(JSON.stringify(seen)).toContain('harmless')
    await events.close()
  })
})
