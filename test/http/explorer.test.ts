// The OpenAPI document and the page that shows it are sent by the app itself.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../helpers/app.ts'

describe('the document and its explorer', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(`import { defineApp } from 'truthfile'
export default defineApp({ name: '<Notes>', settings: { api: { prefix: '/v1' } }, entities: {
  User: { fields: { email: { type: 'string', required: true, unique: true, format: 'email' } }, permissions: { read: 'authenticated' } },
  Note: { fields: { text: 'string' }, permissions: { read: true } } } })
`)
  })
  afterAll(() => app.close())

  test('are sent once to whoever keeps them', async () => {
    for (const path of ['/openapi.json', '/v1/docs', '/v1/docs/swagger-ui.css']) {
      const first = await app.send('GET', path)
      const headers = { 'if-none-match': first.headers.get('etag')! }
      expect((await app.send('GET', path, undefined, { headers })).status).toBe(304)
      expect((await app.send('POST', path)).status).toBe(405)
    }
  })

  test('come from the app alone, under the policy of the pages', async () => {
    const { status, headers, text } = await app.send('GET', '/v1/docs')
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(text).toContain('&lt;Notes>')
    const addresses = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!)
    expect(addresses.length).toBe(4)
    for (const address of addresses) {
      expect(address).toMatch(/^\/(?!\/)/)
      expect((await app.send('GET', address)).status).toBe(200)
    }
    expect((await app.send('GET', '/v1/docs/package.json')).status).toBe(404)
    expect((await app.send('GET', '/api/docs')).status).toBe(404)
  })
})
