// What is told of a request's time: to the browser in development, to the log always.

import { expect, test } from 'vitest'
import { createServer } from '../../runtime/http/server.ts'
import { createService } from '../../runtime/http/service.ts'
import { example, startApp } from '../helpers/app.ts'

test('Server-Timing in development, with the statements of each request', async () => {
  const app = await startApp(example('tasks'))
  try {
    const { token } = await app.signUp('Ann')
    const { headers } = await app.send('GET', '/api/tasks?count=true', undefined, { token })
    expect(headers.get('server-timing')).toMatch(
      /^caller;dur=[\d.]+, handle;dur=[\d.]+, db;dur=[\d.]+;desc="2 statements", total;dur=[\d.]+$/,
    )
    const made = await app.send('POST', '/api/tasks', { title: 'x' }, { token })
    expect(made.headers.get('server-timing')).toContain('desc="2 statements"')
    expect((await app.send('GET', '/api/nothing')).headers.get('server-timing')).toContain('desc="0 statements"')
    const line = app.logged.find(({ details }) => 'path' in details && details.path === '/api/tasks')
    expect(line).toMatchObject({ level: 'info', message: 'request', details: { method: 'GET', status: 200 } })
    expect(line?.details).toHaveProperty('correlationId', headers.get('x-request-id'))
  } finally {
    await app.close()
  }
})

test('in production no caller learns of it', async () => {
  const app = await startApp(example('tasks'))
  try {
    const logged: object[] = []
    const none = () => undefined
    const log = { debug: (details: object) => void logged.push(details), info: none, warn: none, error: none }
    const service = createService(app.app, app.database, 'production', log)
    const server = createServer({ service: () => service, remoteOf: () => '127.0.0.1' })
    const response = await server.request('http://localhost/api/tasks')
    expect(response.headers.get('server-timing')).toBeNull()
    expect(logged).toMatchObject([{ method: 'GET', path: '/api/tasks', status: 401 }])
  } finally {
    await app.close()
  }
})
