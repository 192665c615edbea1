// GET /api/…/changes after the schema has changed, or old events were swept away: what is not there, or happened under
// other names, cannot be told, so listeners begin again.

import { expect, test } from 'vitest'
import { openDatabase } from '../../runtime/database/database.ts'
import { sweepOutbox } from '../../runtime/database/outbox.ts'
import { startApp } from '../helpers/app.ts'
import { listenTo } from '../helpers/notes-app.ts'

const source = (name: string, more = ''): string => `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Moved',
  settings: { auth: { enabled: false } },
  entities: { ${name}: { fields: { title: 'string' }, permissions: { create: true, read: true, update: true } ${more} } },
})
`

test('a listener from before a migration is told to begin again, one from after it goes on', async () => {
  const database = await openDatabase({ url: ':memory:', durability: 'normal' })
  const before = await startApp(source('Task'), async () => database)
  const { body } = await before.send('POST', '/api/tasks', { title: 'One' })
  const listening = await listenTo(before, '/api/tasks/changes')
  await before.send('PATCH', `/api/tasks/${body.id}`, { title: 'Two' })
  before.service.changes.close()

  const after = await startApp(source('Job', `, renamedFrom: 'Task'`), async () => database)
  const seen = listening.first.id
  const again = await listenTo(after, '/api/jobs/changes', undefined, { 'last-event-id': seen })
  expect(again.first.event).toBe('reset')
  await again.close()
  await after.send('PATCH', `/api/jobs/${body.id}`, { title: 'Three' })
  const resumed = await listenTo(after, '/api/jobs/changes', undefined, { 'last-event-id': again.first.id })
  expect(resumed.first.event).toBe('ready')
  expect(await resumed.next()).toMatchObject({ event: 'updated', data: { title: 'Three' } })
  await resumed.close()

  // Started again without a change, nobody begins anew.
  const same = await startApp(source('Job', `, renamedFrom: 'Task'`), async () => database)
  const ready = await listenTo(same, '/api/jobs/changes', undefined, { 'last-event-id': again.first.id })
  expect(ready.first.event).toBe('ready')
  await ready.close()
  await same.close()
})

test('a listener from before the oldest event begins again', async () => {
  const app = await startApp(source('Task'))
  const ids: string[] = []
  for (const title of ['One', 'Two', 'Three']) {
    const heard = await listenTo(app, '/api/tasks/changes')
    ids.push(heard.first.id)
    await heard.close()
    await app.send('POST', '/api/tasks', { title })
  }
  await sweepOutbox(app.database, '9999-01-01T00:00:00.000Z')
  const firsts: string[] = []
  for (const id of ids) {
    const heard = await listenTo(app, '/api/tasks/changes', undefined, { 'last-event-id': id })
    firsts.push(heard.first.event)
    if (heard.first.event === 'ready') expect(await heard.next()).toMatchObject({ data: { title: 'Three' } })
    await heard.close()
  }
  expect(firsts).toEqual(['reset', 'reset', 'ready'])
  await app.close()
})
