// Neovim attaches with the lines of the README, and has diagnostics and completions. Skipped where there is no Neovim.

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appFolder, documented, environment, fault } from './own-app.ts'

const present = spawnSync('nvim', ['--version']).status === 0

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
  const folder = appFolder()
  try {
    writeFileSync(join(folder, 'init.lua'), documented('README.md', 'lua'))
    writeFileSync(join(folder, 'ask.lua'), ask)
    execFileSync('nvim', ['--headless', '-u', 'init.lua', 'app.truth.ts', '-c', 'luafile ask.lua'], {
      cwd: folder,
      env: environment(folder),
      timeout: 60_000,
      stdio: 'pipe',
    })
    const answer = JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8')) as {
      diagnostics: object[]
      labels: string[]
    }
    expect(answer.diagnostics).toEqual([{ ...fault, source: 'truth' }])
    expect(answer.labels).toEqual(expect.arrayContaining(['user', 'owner', 'assignee', 'authenticated']))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
