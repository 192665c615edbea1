// Neovim attaches with the lines of the README, and has diagnostics and completions. Skipped where there is no Neovim.

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const present = spawnSync('nvim', ['--version']).status === 0

/** The first block of a language in the README. */
function documented(language: string): string {
  const text = readFileSync(new URL('README.md', root), 'utf8')
  const [, block = ''] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text) ?? []
  return block
}

const ask = `
local function done() return #vim.diagnostic.get(0) > 0 end
vim.wait(20000, done, 50)
local found = {}
for _, one in ipairs(vim.diagnostic.get(0)) do
  table.insert(found, { line = one.lnum + 1, message = one.message, source = one.source })
end
local line = vim.fn.search('owner || assignee') - 1
local column = vim.fn.getline(line + 1):find('assignee') - 1
local params = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = line, character = column } }
local labels = {}
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 10000) or {}) do
  for _, item in ipairs(answer.result or {}) do table.insert(labels, item.label) end
end
vim.fn.writefile({ vim.fn.json_encode({ diagnostics = found, labels = labels }) }, 'answer.json')
vim.cmd('qa!')
`

test.skipIf(!present)('diagnostics and completions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'truth-neovim-'))
  try {
    cpSync(new URL('examples/tasks', root).pathname, folder, { recursive: true })
    const app = join(folder, 'app.truth.ts')
    writeFileSync(app, readFileSync(app, 'utf8').replace("user.role == 'manager'", "user.rola == 'manager'"))
    // As after \`npm install truthfile\`.
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
    symlinkSync(new URL('dist/truth.js', root).pathname, join(folder, 'node_modules/.bin/truth'))
    writeFileSync(join(folder, 'init.lua'), documented('lua'))
    writeFileSync(join(folder, 'ask.lua'), ask)
    const env = {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_STATE_HOME: folder,
      npm_config_offline: 'true',
    }
    execFileSync('nvim', ['--headless', '-u', 'init.lua', 'app.truth.ts', '-c', 'luafile ask.lua'], {
      cwd: folder,
      env,
      timeout: 60_000,
      stdio: 'pipe',
    })
    const answer = JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8')) as {
      diagnostics: object[]
      labels: string[]
    }
    expect(answer.diagnostics).toEqual([
      { line: 35, message: 'Unknown field `rola` on User. Did you mean `role`?', source: 'truth' },
    ])
    expect(answer.labels).toEqual(expect.arrayContaining(['user', 'owner', 'assignee', 'authenticated']))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
