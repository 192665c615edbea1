// A person at a real browser who comes in by better-auth: over to another site, back, out, and in again.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { startApp, type TestApp } from '../helpers/app.ts'
import { betterAuthProvider } from '../helpers/better-auth.ts'
import { sourceOf, verified } from '../helpers/door-app.ts'
import { type OAuth, startOAuth } from '../helpers/oauth.ts'
import { launch } from './chromium.ts'

let oauth: OAuth
let app: TestApp
let server: Listening
let browser: Browser
let page: Page

/** A port that is free: better-auth wants to know the address of the app before it stands. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

describe('a person who comes in by better-auth', () => {
  beforeAll(async () => {
    oauth = await startOAuth()
    const port = await freePort()
    // To a browser `localhost` is another site than 127.0.0.1, as a provider is.
    const elsewhere = oauth.url.replace('127.0.0.1', 'localhost')
    const provider = betterAuthProvider(`http://127.0.0.1:${port}`, elsewhere)
    app = await startApp(sourceOf(verified), undefined, undefined, provider)
    server = await listen({ service: () => app.service }, '127.0.0.1', port)
    browser = await launch()
    page = await browser.newPage({ baseURL: server.address, javaScriptEnabled: false })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await app?.close()
    await oauth?.stop()
  })

  const come = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Continue with the House' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
  }

  test('in by another site, to the page that was wanted, out, and in again', async () => {
    oauth.person = { id: 'ann', email: 'ann@example.com', email_verified: true, name: 'Ann' }
    await page.goto('/users')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await come()
    expect(new URL(page.url()).pathname).toBe('/users')
    expect(await page.getByRole('cell', { name: 'ann@example.com' }).count()).toBe(1)
    const names = (await page.context().cookies(server.address)).map(({ name }) => name)
    expect(names.filter((name) => name.includes('session'))).toEqual(['truth_session'])

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.goto('/api/auth/enter?to=/users')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await come()
    expect(new URL(page.url()).pathname).toBe('/users')
    expect(await page.getByRole('cell', { name: 'ann@example.com' }).count()).toBe(1)
    await page.getByRole('button', { name: 'Sign out' }).click()
  })

  test('back at the sign-in page, and told so, when the other site says no', async () => {
    oauth.person = undefined
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Continue with the House' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toBe('You were not signed in. Try again, or another way.')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
})
