// The extension in a real VS Code. `npm run test:editor` packs it first; the editor is installed the first time.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, type EditorOptions, openEditor } from './driver.ts'

const root = new URL('../../', import.meta.url)
const { name, version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  name: string
  version: string
}

const options: EditorOptions = {
  vsix: new URL(`dist/${name}-${version}.vsix`, root).pathname,
  folder: new URL('examples/tasks', root).pathname,
  file: 'app.truth.ts',
  // A fault in the rule for deleting a task.
  change: (text) => text.replace(`delete: "owner || user.role == 'admin'"`, `delete: "owner || user.rola == 'admin'"`),
}

let editor: Editor

beforeAll(async () => {
  editor = await openEditor(options)
}, 400_000)
afterAll(() => editor?.close())

/** What is wrong, without the hints about rules that could be shorter. */
const errors = async (): Promise<unknown[]> => (await editor.markers()).filter(({ code }) => !code.startsWith('T5'))

const settled = { timeout: 60_000, interval: 200 }

test('a fault: a squiggle on the right word, and a row in Problems', async () => {
  await expect
    .poll(() => editor.markers(), settled)
    .toEqual([
      {
        line: 36,
        text: 'rola',
        code: 'T4102',
        source: 'truth',
        message: 'Unknown field `rola` on User. Did you mean `role`?',
      },
    ])
  await editor.page.waitForSelector('.squiggly-error')
  await editor.press('Control+Shift+m')
  await editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'Unknown field `rola`' }).waitFor()
  await editor.press('Control+Shift+m')
  await editor.screenshot('fault')
})

test('above each entity: its type, its routes, its references', async () => {
  const lens = editor.page.locator('.codelens-decoration').first()
  await lens.waitFor()
  expect(((await lens.textContent()) ?? '').replaceAll(/\s+/g, ' ')).toBe('type | 7 routes | 2 references')
})

test('the quick fix mends it', async () => {
  await editor.goto('user.rola', 6)
  await editor.press('Control+.')
  const rows = editor.page.locator('.action-widget .monaco-list-row.action')
  await rows.first().waitFor()
  expect((await rows.allInnerTexts())[0]?.trim()).toBe('Replace by role')
  await editor.press('Enter')
  await expect.poll(errors, settled).toEqual([])
  expect(await editor.text()).toContain(`delete: "owner || user.role == 'admin'"`)
})

test('completion pops up inside the string, while it is typed, each label once', async () => {
  await editor.goto('owner || assignee')
  await editor.type(' || user.')
  const fields = await editor.suggestions()
  expect(fields).toEqual(['email', 'name', 'role', 'id', 'createdAt', 'updatedAt'])
  await editor.type('ro')
  await expect.poll(() => editor.suggestions(), settled).toEqual(['role'])
  await editor.press('Enter')
  await editor.type(" == 'ad")
  await expect.poll(() => editor.suggestions(), settled).toEqual(['admin'])
  await editor.press('Escape')
  await editor.type("min' || ")
  await editor.press('Escape')
  // Letters alone: nothing but what they begin asks for this.
  await editor.type('assi')
  await expect.poll(() => editor.suggestions(), settled).toEqual(['assignee'])
  await editor.press('Enter')
  await expect.poll(errors, settled).toEqual([])
  expect(await editor.text()).toContain(`update: "owner || assignee || user.role == 'admin' || assignee || user.role`)
  await editor.screenshot('completion')
})

test('hover says what a name is, and reads the rule', async () => {
  await editor.goto('(owner || assignee)', 3)
  await editor.press('Control+k', 'Control+i')
  const hover = editor.page.locator('.monaco-hover:not(.hidden), .monaco-resizable-hover:not(.hidden)')
  await expect
    .poll(async () => (await hover.allInnerTexts()).join(' '), settled)
    .toContain('the field `createdBy` of Task')
  expect((await hover.allInnerTexts()).join(' ')).toContain('Holds when: (the user is')
  await editor.press('Escape')
})

test('definition leads straight there, without a choice', async () => {
  await editor.goto("groupBy: 'stat")
  await editor.press('F12')
  const word = `const editor = vscode.window.activeTextEditor
    const { active } = editor.selection
    return editor.document.getText(editor.document.getWordRangeAtPosition(active)) + ' ' + (active.line + 1)`
  await expect.poll(() => editor.ask(word), settled).toBe('status 27')
  expect(await editor.page.locator('.peekview-widget').count()).toBe(0)
})

test('a rename changes keys, texts and expressions', async () => {
  await editor.goto("groupBy: 'stat")
  await editor.press('F2')
  const box = editor.page.locator('.rename-box .rename-input')
  await box.waitFor()
  await box.fill('state')
  await editor.press('Enter')
  await expect.poll(() => editor.text(), settled).toContain("groupBy: 'state'")
  const text = await editor.text()
  expect(text).not.toMatch(/\bstatus\b/)
  expect(text).toContain("state != 'archived'")
  await expect.poll(errors, settled).toEqual([])
})

test('a preview opens beside the file and follows it', async () => {
  await editor.command('Truth: Preview SQL Tables')
  const preview = (): Promise<string> =>
    editor.ask(
      `return vscode.workspace.textDocuments.find((one) => one.uri.scheme === 'truth-preview')?.getText() ?? ''`,
    )
  await expect.poll(preview, settled).toContain('"state" TEXT')
  await editor.goto("groupBy: 'stat")
  await editor.press('F2')
  const box = editor.page.locator('.rename-box .rename-input')
  await box.waitFor()
  await box.fill('phase')
  await editor.press('Enter')
  await expect.poll(preview, settled).toContain('"phase" TEXT')
})

test('the app is found and checked in a terminal of its own, whatever is open', async () => {
  const terminals = (): Promise<string[]> => editor.ask('return vscode.window.terminals.map(({ name }) => name)')
  await editor.command('Truth: Check All Apps of the Workspace')
  await expect.poll(terminals, settled).toEqual(['truth check'])
  await editor.command('Truth: Check the App')
  await expect.poll(terminals, settled).toEqual(['truth check'])
  await editor.ask('vscode.window.terminals.forEach((terminal) => terminal.dispose())')
  await editor.ask('return vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup")')
})

test('a permission explained, and the language server restarted', async () => {
  await editor.goto('owner || assignee', 2)
  await editor.command('Truth: Explain This Permission')
  await expect
    .poll(
      () =>
        editor.ask(
          `return vscode.workspace.textDocuments.find((one) => one.languageId === 'markdown')?.getText() ?? ''`,
        ),
      settled,
    )
    .toContain('# The user is the row’s createdBy, or ')
  await editor.command('Truth: Restart the Language Server')
  await editor.goto('name: ')
  await editor.type('x')
  await expect.poll(async () => (await editor.markers()).length, settled).toBeGreaterThan(0)
})

test('an untrusted workspace has all of it', async () => {
  const restricted = await openEditor({ ...options, trusted: false })
  try {
    await expect.poll(() => restricted.markers(), settled).toHaveLength(1)
    expect(await restricted.ask('return vscode.workspace.isTrusted')).toBe(false)
    await restricted.goto('owner || assignee')
    await restricted.type(' || user.')
    expect(await restricted.suggestions()).toContain('role')
    await restricted.screenshot('untrusted')
  } finally {
    await restricted.close()
  }
}, 300_000)
