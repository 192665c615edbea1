// A person at the explorer: makes an account in it and reads a list, with nothing from outside and no policy broken.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'
import { launch } from './chromium.ts'

let app: TestApp
let server: Listening
let browser: Browser

describe('a person at the explorer', () => {
  beforeAll(async () => {
    app = await startApp(example('tasks'))
    server = await listen({ service: () => app.service }, '127.0.0.1', 0)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await app?.close()
  })

  test('sign up and list, from the page alone', async () => {
    const page = await browser.newPage({ baseURL: server.address })
    const [asked, said]: [string[], string[]] = [[], []]
    page.on('request', (request) => asked.push(new URL(request.url()).host))
    page.on('pageerror', ({ message }) => said.push(message))
    page.on('console', (line) => said.push(line.text()))
    await page.goto('/api/docs')
    const execute = page.getByRole('button', { name: 'Execute' })

    await page.getByText('Make an account').click()
    const account = JSON.stringify({ email: 'ann@example.com', name: 'Ann', password: 'correct horse' })
    await page.locator('textarea.body-param__text').fill(account)
    await execute.click()
    await page.locator('.live-responses-table').getByText('201', { exact: true }).waitFor()
    await page.getByText('Make an account').click()

    // The session's cookie goes along by itself.
    await page.getByText('List tasks').click()
    await execute.click()
    await page.locator('.live-responses-table').getByText('200', { exact: true }).waitFor()

    expect(new Set(asked)).toEqual(new Set([new URL(server.address).host]))
    expect(said.filter((line) => /Content Security Policy|Error:/i.test(line))).toEqual([])
  })
})
