// A person at a real browser: signs up, makes a task, slips, mends it, completes it, signs out.

import { mkdirSync } from 'node:fs'
import process from 'node:process'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../runtime/http/listen.ts'
import { example, startApp, type TestApp } from '../helpers/app.ts'
import { launch } from './chromium.ts'

let app: TestApp
let server: Listening
let browser: Browser
let page: Page

describe('a person at the pages', () => {
  beforeAll(async () => {
    app = await startApp(example('tasks'))
    server = await listen({ service: () => app.service }, '127.0.0.1', 0)
    browser = await launch()
    page = await browser.newPage({
      baseURL: server.address,
      viewport: { width: 1000, height: 760 },
      javaScriptEnabled: false,
    })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await app?.close()
  })

  /** Waits for the page with this heading. */
  const heading = (name: string): Promise<void> => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

  /** Screenshots are kept when a folder is named for them. */
  async function shot(name: string): Promise<void> {
    const folder = process.env.TRUTH_SHOTS
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  }

  test('sign up, create, edit with an error, complete, sign out', async () => {
    await page.goto('/')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await shot('1-sign-in')
    await page.getByRole('link', { name: 'No account yet? Sign up' }).click()
    await page.getByLabel('Email').fill('ann@example.com')
    await page.getByLabel('Name').fill('Ann')
    await page.getByLabel('Password').fill('correct horse')
    await shot('2-sign-up')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()

    await page.getByRole('link', { name: 'Tasks', exact: true }).last().click()
    await page.getByRole('link', { name: 'New task' }).click()
    await page.getByLabel('Title').fill('Water the plants')
    await page.getByLabel('Status').selectOption('doing')
    await page.getByLabel('Due date').fill('2026-12-24')
    await page.getByLabel('Assignee').selectOption({ label: 'Ann' })
    await shot('3-new')
    await page.getByRole('button', { name: 'Create' }).click()
    await heading('Water the plants')
    await shot('4-detail')

    await page.getByRole('link', { name: 'Edit' }).click()
    // A blank is no title; the browser lets it pass, the server does not.
    await page.getByLabel('Title').evaluate((input) => input.removeAttribute('required'))
    await page.getByLabel('Title').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toBe('Is required.')
    expect(await page.getByLabel('Title').getAttribute('aria-invalid')).toBe('true')
    await shot('5-error')
    await page.getByLabel('Title').fill('Water all the plants')
    await page.getByRole('button', { name: 'Save' }).click()
    await heading('Water all the plants')

    await page.getByRole('button', { name: 'Complete' }).click()
    await page.locator('.values .badge', { hasText: 'Done' }).waitFor()
    await shot('6-done')
    expect(await page.getByRole('button', { name: 'Complete' }).count()).toBe(1)
    await page.getByRole('link', { name: 'Board' }).click()
    await heading('Board')
    expect(await page.locator('.board section', { hasText: 'Done' }).locator('.card > a').textContent()).toBe(
      'Water all the plants',
    )
    await shot('7-board')
    await page.goto('/tasks')
    await shot('8-list')
    await page.setViewportSize({ width: 390, height: 760 })
    await shot('9-phone')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await heading('Sign in')
    await page.goto('/tasks')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
})
