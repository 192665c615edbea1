// A Chromium to drive: one that is installed, else the one that playwright or, as root on Debian, apt can install.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const present = (): string | undefined =>
  [...installed, chromium.executablePath()].find((path) => path !== '' && existsSync(path))

function attempt(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 280_000 })
    return true
  } catch {
    return false
  }
}

/** The path of a Chromium; throws with the ways to get one. */
export function findChromium(): string {
  const found = present()
  if (found !== undefined) return found
  const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '..', 'cli.js')
  if (attempt(process.execPath, [cli, 'install', 'chromium'])) {
    const downloaded = present()
    if (downloaded !== undefined) return downloaded
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    attempt('apt-get', ['update'])
    attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
    const packaged = present()
    if (packaged !== undefined) return packaged
  }
  throw new Error(
    'The browser tests need Chromium or Chrome. Install one (`apt-get install chromium`, or `npx playwright-core install chromium`), or name it in CHROMIUM_PATH.',
  )
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
