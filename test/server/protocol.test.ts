// The server as a client meets it: lifecycle, documents, diagnostics, positions, files on the disk.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Diagnostic } from 'vscode-languageserver'
import { type Client, type Options, startServer } from './client.ts'

const app = (update: string, rest = ''): string => `export default defineApp({
  name: 'Notes',
  entities: {
    User: { fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'] } }, permissions: { read: 'authenticated' } },
    Note: {
      fields: { title: 'string', owner: { type: 'relation', to: 'User' } },
      permissions: { read: 'authenticated', update: ${update} },
    },${rest}
  },
})
`

let client: Client | undefined
const start = async (options?: Options): Promise<Client> => {
  client = await startServer(options)
  return client
}
afterEach(async () => {
  await client?.stop()
  client = undefined
})

const say = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(
    ({ code, range: { start, end }, message }) =>
      `${start.line}:${start.character}-${end.line}:${end.character} ${code} ${message}`,
  )

test('a fault is pushed with the version, at the exact token, and goes when it is mended', async () => {
  const { open, diagnostics, change, published } = await start()
  open('app.truth.ts', app(`"user.rola == 'admin'"`))
  const [found] = await diagnostics('app.truth.ts')
  expect(found).toMatchObject({ severity: 1, source: 'truth', code: 'T4102' })
  expect(found?.range).toEqual({ start: { line: 6, character: 58 }, end: { line: 6, character: 62 } })
  expect(found?.message).toContain('Did you mean `role`?')
  expect(found?.codeDescription?.href).toMatch(/docs\/diagnostics\.md#t4102$/)
  const range = { start: { line: 6, character: 61 }, end: { line: 6, character: 62 } }
  change('app.truth.ts', [{ range, text: 'e' }])
  expect(await diagnostics('app.truth.ts')).toEqual([])
  expect(published.map(({ version }) => version)).toEqual([1, 2])
})

test('a client that pulls is not pushed to, and is told when nothing changed', async () => {
  const capabilities = { textDocument: { diagnostic: {} } }
  const { open, pull, request, uri, initialized, published, write } = await start({ capabilities })
  expect(initialized.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true })
  write('other/app.truth.ts', app(`'ownr'`))
  open('app.truth.ts', app(`"user.rola == 'admin'"`))
  expect(await pull('app.truth.ts')).toMatchObject([{ code: 'T4102' }])
  const first = await request<{ resultId: string }>('textDocument/diagnostic', {
    textDocument: { uri: uri('app.truth.ts') },
  })
  const again = await request('textDocument/diagnostic', {
    textDocument: { uri: uri('app.truth.ts') },
    previousResultId: first.resultId,
  })
  expect(again).toEqual({ kind: 'unchanged', resultId: first.resultId })
  const whole = await request<{ items: { uri: string; items: Diagnostic[] }[] }>('workspace/diagnostic', {
    previousResultIds: [],
  })
  expect(whole.items.map((item) => [item.uri, item.items.length])).toEqual([
    [uri('app.truth.ts'), 1],
    [uri('other/app.truth.ts'), 1],
  ])
  expect(published).toEqual([])
})

test('positions are UTF-16 units, or UTF-8 bytes where the client asks for them', async () => {
  const text = app(`/* 😀é */ "user.rola == 'admin'"`)
  const utf16 = await start()
  expect(utf16.initialized.capabilities.positionEncoding).toBe('utf-16')
  utf16.open('app.truth.ts', text)
  const [sixteen] = await utf16.diagnostics('app.truth.ts')
  expect(sixteen?.range.start.character).toBe(58 + '/* 😀é */ '.length)
  await utf16.stop()
  const utf8 = await start({ capabilities: { general: { positionEncodings: ['utf-8', 'utf-16'] } } })
  expect(utf8.initialized.capabilities.positionEncoding).toBe('utf-8')
  utf8.open('app.truth.ts', text)
  const [eight] = await utf8.diagnostics('app.truth.ts')
  expect(eight?.range.start.character).toBe(58 + Buffer.byteLength('/* 😀é */ '))
  const at = eight?.range.start.character ?? 0
  const range = { start: { line: 6, character: at + 3 }, end: { line: 6, character: at + 4 } }
  utf8.change('app.truth.ts', [{ range, text: 'e' }])
  expect(await utf8.diagnostics('app.truth.ts')).toEqual([])
})

test.each([
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['lone CR', (text: string) => text.replaceAll('\n', '\r')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
])('lines end as the protocol says: %s', async (_, spell) => {
  const { open, diagnostics } = await start()
  open('app.truth.ts', spell(app(`"user.rola == 'admin'"`)))
  expect((await diagnostics('app.truth.ts')).map(({ range }) => range.start)).toEqual([{ line: 6, character: 58 }])
})

test('a part belongs to the app that imports it, open or on the disk', async () => {
  const part = `export const Note = { fields: { by: { type: 'relation', to: 'Gone' } }, permissions: { read: 'authenticated' } }\n`
  const entry = `import { Note } from './parts/note.truth.ts'\nexport default { name: 'A', entities: { Note } }\n`
  const { open, diagnostics, write, changed, uri, published, folder } = await start({
    files: { 'web/app.truth.ts': entry, 'web/parts/note.truth.ts': part },
  })
  open('web/parts/note.truth.ts', part)
  expect(say(await diagnostics('web/parts/note.truth.ts'))).toEqual([expect.stringMatching(/^0:61-0:65 T3001/)])
  // Nobody imports it any more: what is in an app that it could belong to is not known, and it needs none of its own.
  write('web/app.truth.ts', `export default { name: 'A', entities: {} }\n`)
  changed('web/app.truth.ts', 2)
  await expect.poll(() => published.at(-1)?.diagnostics).toEqual([])
  write('web/app.truth.ts', entry)
  changed('web/app.truth.ts', 2)
  await expect.poll(() => published.at(-1)?.diagnostics.length).toBe(1)
  // The entry open, and the part gone from the disk and the editor.
  open('web/app.truth.ts', entry)
  expect(await diagnostics('web/app.truth.ts')).toEqual([])
  rmSync(join(folder, 'web/parts/note.truth.ts'))
  client?.close('web/parts/note.truth.ts')
  changed('web/parts/note.truth.ts', 3)
  await expect
    .poll(() => published.findLast((each) => each.uri === uri('web/app.truth.ts'))?.diagnostics.map(({ code }) => code))
    .toContain('T1007')
  expect(published.findLast((each) => each.uri === uri('web/parts/note.truth.ts'))?.diagnostics).toEqual([])
})

test('several folders, spaces in names, an untitled document', async () => {
  const { open, diagnostics, request, connection, uri, write } = await start({ folders: ['one', 'my two'] })
  open('one/app.truth.ts', app(`'ownr'`))
  open('my two/app.truth.ts', app(`'owner'`))
  open('untitled:Untitled-1.truth.ts', app(`'ownr'`))
  expect(await diagnostics('one/app.truth.ts')).toHaveLength(1)
  expect(await diagnostics('my two/app.truth.ts')).toHaveLength(0)
  expect(await diagnostics('untitled:Untitled-1.truth.ts')).toHaveLength(1)
  write('three/app.truth.ts', app(`'ownr'`))
  const added = [{ uri: uri('three'), name: 'three' }]
  await connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added, removed: [] } })
  const whole = await request<{ items: { uri: string }[] }>('workspace/diagnostic', { previousResultIds: [] })
  expect(whole.items.map((item) => item.uri)).toContain(uri('three/app.truth.ts'))
})

test('a closed document keeps no problems', async () => {
  const { open, close, diagnostics, published } = await start()
  open('app.truth.ts', app(`'ownr'`))
  await diagnostics('app.truth.ts')
  close('app.truth.ts')
  await expect.poll(() => published.at(-1)?.diagnostics).toEqual([])
})

test('ordinary input: half a surrogate, NUL, 5,000 parentheses, a line of a megabyte', async () => {
  const { open, replace, diagnostics } = await start()
  open('app.truth.ts', app(`'owner'`))
  expect(await diagnostics('app.truth.ts')).toEqual([])
  for (const odd of [
    app(`'\ud83d owner'`),
    app(`'\0owner \0 ownr'`),
    app(`'${'('.repeat(5_000)}'`),
    app(`${'('.repeat(5_000)}'owner'${')'.repeat(5_000)}`),
    app(`'${'a'.repeat(1_000_000)}'`),
    `${'{'.repeat(5_000)}`,
  ]) {
    replace('app.truth.ts', odd)
    expect((await diagnostics('app.truth.ts')).length).toBeGreaterThan(0)
  }
  replace('app.truth.ts', app(`'owner'`))
  expect(await diagnostics('app.truth.ts')).toEqual([])
})

test('malformed messages and unknown requests do not end the process', async () => {
  const { open, diagnostics, request, process: server } = await start()
  open('app.truth.ts', app(`'ownr'`))
  await diagnostics('app.truth.ts')
  await expect(request('truth/nothing', {})).rejects.toMatchObject({ code: -32601 })
  const send = (body: string): void =>
    void server.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  send('{"jsonrpc":"2.0","method":"textDocument/didChange","params":{}}')
  send('{"jsonrpc":"2.0","method":"textDocument/didOpen"}')
  send('{]')
  send('[]')
  server.stdin?.write('No-Length: 1\r\n\r\n{}')
  server.stdin?.write('Content-Length: many\r\n\r\n{}')
  server.stdin?.write('x'.repeat(20_000))
  client?.replace('app.truth.ts', app(`'owner'`))
  expect(await diagnostics('app.truth.ts')).toEqual([])
  expect(server.exitCode).toBe(null)
})

test('the process ends when it is told to, with 1 when it was not shut down first', async () => {
  const one = await startServer()
  const ended = new Promise((resolve) => one.process.once('exit', resolve))
  await one.connection.sendNotification('exit')
  expect(await ended).toBe(1)
  one.connection.dispose()
})
