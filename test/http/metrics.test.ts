// What is counted for Prometheus, under which names, and who may read it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMetrics, routeLabel } from '../../runtime/http/metrics.ts'
import { createServer } from '../../runtime/http/server.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp(example('tasks'))
})
afterAll(() => app.close())

test.each([
  ['/api/tasks', '/api/tasks'],
  ['/api/Task', '/api/tasks'],
  ['/api/tasks/01a2', '/api/tasks/:id'],
  ['/api/tasks/aggregate', '/api/tasks/aggregate'],
  ['/api/tasks/changes', '/api/tasks/changes'],
  ['/api/tasks/01a2/complete', '/api/tasks/:id/complete'],
  ['/api/tasks/01a2/nothing', 'other'],
  ['/api/tasks/01a2/complete/more', 'other'],
  ['/api/whatever', 'other'],
  ['/api/batch', '/api/batch'],
  ['/api/auth/sign-in', '/api/auth/sign-in'],
  ['/api/auth/sessions/secret', '/api/auth'],
  ['/tasks/01a2', 'page'],
])('%s counts as %s', (path, label) => {
  expect(routeLabel(app.service, path)).toBe(label)
})

test('requests by method, route and status', async () => {
  const metrics = createMetrics('letmein', () => 3)
  const server = createServer({ service: () => app.service, remoteOf: () => '127.0.0.1', metrics })
  const get = (path: string, headers = {}) => server.request(`http://localhost${path}`, { headers })
  await get('/api/tasks/x')
  await get('/api/tasks/y')
  await server.request('http://localhost/api/tasks', { method: 'BREW' })
  expect((await get('/metrics')).status).toBe(401)
  expect((await get('/metrics', { authorization: 'Bearer letmeon' })).status).toBe(401)
  const response = await get('/metrics', { authorization: 'Bearer letmein' })
  expect(response.headers.get('content-type')).toContain('text/plain')
  const text = await response.text()
  expect(text).toContain(
    'truth_http_request_duration_seconds_count{method="GET",route="/api/tasks/:id",status="401"} 2',
  )
  expect(text).toContain('count{method="other",route="/api/tasks",status="405"} 1')
  expect(text).toContain('truth_listeners 3')
  expect(text).toContain('process_resident_memory_bytes')
})

test('without them there is nothing', async () => {
  expect((await app.send('GET', '/metrics')).status).toBe(404)
})
