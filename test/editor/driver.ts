// Drives a real VS Code: starts it with our VSIX installed, opens a file in headless Chromium, and does with keyboard and
// mouse what people do. What it reads is on the screen, or what the editor itself says through a probe extension.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from '../browser/chromium.ts'

type Installed = { readonly node: string; readonly codeServer: string }

const { installEditor } = (await import('./install.mjs' as string)) as { installEditor: () => Installed }

/** Quiet, and off the network; the editor's own behaviour stays at its defaults. */
const settings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'typescript.disableAutomaticTypeAcquisition': true,
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'files.autoSave': 'off',
  'git.enabled': false,
  'editor.minimap.enabled': false,
}

export type Marker = {
  readonly line: number
  readonly text: string
  readonly code: string
  readonly source: string
  readonly message: string
}

export type Editor = {
  readonly page: Page
  /** Runs a function body in the extension host, with `vscode` and `given` in scope. */
  readonly ask: <T>(body: string, given?: unknown) => Promise<T>
  readonly text: () => Promise<string>
  /** Puts the cursor behind some text, or at an offset from its start. */
  readonly goto: (text: string, offset?: number) => Promise<void>
  readonly type: (text: string) => Promise<void>
  readonly press: (...keys: string[]) => Promise<void>
  readonly command: (title: string) => Promise<void>
  readonly markers: (source?: string) => Promise<Marker[]>
  /** Labels of what popped up. */
  readonly suggestions: () => Promise<string[]>
  readonly screenshot: (name: string) => Promise<void>
  readonly close: () => Promise<void>
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

function probeVsix(folder: string): string {
  const path = join(folder, 'probe.vsix')
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`./probe/${name}`, import.meta.url)))
  const text = (content: string): Uint8Array => new TextEncoder().encode(content)
  const manifest = `<?xml version="1.0"?><PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011"><Metadata><Identity Language="en-US" Id="probe" Version="1.0.0" Publisher="truth-test"/><DisplayName>Probe</DisplayName></Metadata><Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation><Dependencies/><Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json"/></Assets></PackageManifest>`
  const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension=".json" ContentType="application/json"/><Default Extension=".cjs" ContentType="application/javascript"/><Default Extension=".vsixmanifest" ContentType="text/xml"/></Types>`
  const files = {
    'extension.vsixmanifest': text(manifest),
    '[Content_Types].xml': text(types),
    'extension/package.json': file('package.json'),
    'extension/probe.cjs': file('probe.cjs'),
  }
  writeFileSync(path, zipSync(files))
  return path
}

export type EditorOptions = {
  readonly vsix: string
  /** A folder to be copied into the workspace, and the file to open in it. */
  readonly folder: string
  readonly file: string
  /** Changes the file before it is opened. */
  readonly change?: (text: string) => string
  readonly trusted?: boolean
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function startServer(options: EditorOptions, home: string): Promise<{ child: ChildProcess; port: number }> {
  const { node, codeServer } = installEditor()
  const trust = options.trusted === false ? { 'security.workspace.trust.startupPrompt': 'never' } : {}
  mkdirSync(join(home, 'data/User'), { recursive: true })
  writeFileSync(join(home, 'data/User/settings.json'), JSON.stringify({ ...settings, ...trust }))
  writeFileSync(join(home, 'config.yaml'), 'auth: none\ncert: false\n')
  // Nothing of the caller's own home is read or written.
  const env = {
    PATH: `${dirname(node)}:${process.env.PATH}`,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    LANG: 'C.UTF-8',
    TRUTH_PROBE: join(home, 'probe.sock'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  }
  const base = [
    join(codeServer, 'out/node/entry.js'),
    '--config',
    join(home, 'config.yaml'),
    '--user-data-dir',
    join(home, 'data'),
    '--extensions-dir',
    join(home, 'extensions'),
  ]
  for (const vsix of [options.vsix, probeVsix(home)]) {
    const run = spawnSync(node, [...base, '--install-extension', vsix, '--force'], { env, encoding: 'utf8' })
    if (run.status !== 0 || !/success/.test(run.stdout + run.stderr))
      throw new Error(`${vsix}: ${run.stdout}${run.stderr}`)
  }
  const port = await freePort()
  const quiet = [
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--disable-proxy',
  ]
  const trusting = options.trusted === false ? [] : ['--disable-workspace-trust']
  const child = spawn(node, [...base, ...quiet, ...trusting, '--bind-addr', `127.0.0.1:${port}`], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data) => /HTTP server listening/.test(String(data)) && resolve())
    child.once('exit', (code) => reject(new Error(`the editor's server ended with ${code}`)))
  })
  return { child, port }
}

export async function openEditor(options: EditorOptions): Promise<Editor> {
  const home = mkdtempSync(join(tmpdir(), 'truth-editor-'))
  const workspace = join(home, 'workspace')
  cpSync(options.folder, workspace, { recursive: true })
  const file = join(workspace, options.file)
  if (options.change) writeFileSync(file, options.change(readFileSync(file, 'utf8')))
  const { child, port } = await startServer(options, home)
  let browser: Browser | undefined

  async function close(): Promise<void> {
    await browser?.close()
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await Promise.race([ended, sleep(4_000)])
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }

  const ask = <T>(body: string, given?: unknown): Promise<T> =>
    new Promise((resolve, reject) => {
      const call = request({ socketPath: join(home, 'probe.sock'), method: 'POST' }, (response) => {
        let text = ''
        response.on('data', (data) => {
          text += data
        })
        response.on('end', () => {
          const answer = JSON.parse(text) as { value: T; error?: string }
          if (answer.error) reject(new Error(answer.error))
          else resolve(answer.value)
        })
      })
      call.on('error', reject)
      call.end(JSON.stringify({ body, given }))
    })

  try {
    browser = await chromium.launch({
      executablePath: findChromium(),
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    page.setDefaultTimeout(60_000)
    const payload = encodeURIComponent(
      JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${port}${encodeURI(file)}`]]),
    )
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURI(workspace)}&payload=${payload}`, {
      waitUntil: 'commit',
    })
    await page.waitForSelector('.monaco-editor .view-line')
    for (let tries = 0; ; tries++) {
      const ready = await ask<boolean>('return vscode.window.activeTextEditor !== undefined').catch(() => false)
      if (ready) break
      if (tries > 300) throw new Error('the extension host did not start')
      await sleep(100)
    }
    return { ...gestures(page, ask), page, ask, close }
  } catch (error) {
    await close()
    throw error
  }
}

function gestures(page: Page, ask: Editor['ask']): Omit<Editor, 'page' | 'ask' | 'close'> {
  const text = (): Promise<string> => ask('return vscode.window.activeTextEditor.document.getText()')
  const input = page.locator('.quick-input-widget input').first()
  return {
    text,
    goto: async (wanted, offset = wanted.length) => {
      const before = (await text()).split(wanted)[0] ?? ''
      const lines = (before + wanted.slice(0, offset)).split('\n')
      await page.keyboard.press('Control+g')
      await input.waitFor()
      await input.fill(`:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`)
      await page.keyboard.press('Enter')
      await input.waitFor({ state: 'hidden' })
      await sleep(200)
    },
    type: (typed) => page.keyboard.type(typed, { delay: 30 }),
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key)
    },
    command: async (title) => {
      await page.keyboard.press('F1')
      await input.waitFor()
      await input.fill(`>${title}`)
      await page.locator('.quick-input-list .monaco-list-row').first().waitFor()
      await sleep(300)
      await page.keyboard.press('Enter')
    },
    markers: (source = 'truth') =>
      ask(
        `const editor = vscode.window.activeTextEditor
        return vscode.languages.getDiagnostics(editor.document.uri).filter((one) => one.source === given).map((one) => ({
          line: one.range.start.line + 1, text: editor.document.getText(one.range), message: one.message, source: one.source,
          code: String(typeof one.code === 'object' ? one.code.value : one.code) }))`,
        source,
      ),
    suggestions: async () => {
      const rows = page.locator('.suggest-widget.visible .monaco-list-row .label-name')
      await rows.first().waitFor({ timeout: 8_000 })
      await sleep(400)
      return rows.allInnerTexts()
    },
    screenshot: async (name) => {
      const shots = new URL('./shots/', import.meta.url).pathname
      mkdirSync(shots, { recursive: true })
      await page.screenshot({ path: join(shots, `${name}.png`) })
    },
  }
}
