// A folder with an app that has one fault, as after `npm install truthfile`, and the lines that the docs give an editor.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('../../', import.meta.url)

/** What an editor has to show of the app. */
export const fault = { line: 35, message: 'Unknown field `rola` on User. Did you mean `role`?' }

export function appFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'truth-editor-'))
  cpSync(new URL('examples/tasks/app.truth.ts', root), join(folder, 'app.truth.ts'))
  const app = join(folder, 'app.truth.ts')
  writeFileSync(app, readFileSync(app, 'utf8').replace("user.role == 'manager'", "user.rola == 'manager'"))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(new URL('dist/truth.js', root).pathname, join(folder, 'node_modules/.bin/truth'))
  return folder
}

/** The environment of an editor that knows nothing but the folder, and gets nothing from outside. */
export const environment = (folder: string) => ({
  ...process.env,
  HOME: folder,
  XDG_CONFIG_HOME: folder,
  XDG_DATA_HOME: folder,
  XDG_STATE_HOME: folder,
  npm_config_offline: 'true',
})

/** The first block of a language in a document. */
export function documented(document: string, language: string): string {
  const text = readFileSync(new URL(document, root), 'utf8')
  const [, block = ''] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text) ?? []
  return block
}
