// Every request that the server says it answers, over the protocol, on a real app of several files and on faulty text.

import { expect, test } from 'vitest'
import { type Client, startServer } from './client.ts'
import { exampleFiles } from './snapshot.ts'

const capabilities = {
  textDocument: {
    rename: { prepareSupport: true },
    definition: { linkSupport: true },
    completion: { completionItem: { snippetSupport: true } },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
}

type Position = { readonly line: number; readonly character: number }

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
}

/** Each method with its answer, by name. */
async function askAll(client: Client, name: string, position: Position): Promise<Record<string, unknown>> {
  const textDocument = { uri: client.uri(name) }
  const range = { start: { line: 0, character: 0 }, end: { line: 300, character: 0 } }
  const here = { start: position, end: position }
  const at = { textDocument, position }
  const asked: [string, object][] = [
    ['textDocument/completion', at],
    ['textDocument/hover', at],
    ['textDocument/definition', at],
    ['textDocument/references', { ...at, context: { includeDeclaration: true } }],
    ['textDocument/documentHighlight', at],
    ['textDocument/prepareRename', at],
    ['textDocument/rename', { ...at, newName: 'renamed' }],
    ['textDocument/signatureHelp', at],
    ['textDocument/linkedEditingRange', at],
    ['textDocument/documentSymbol', { textDocument }],
    ['textDocument/prepareCallHierarchy', { textDocument, position }],
    ['textDocument/foldingRange', { textDocument }],
    ['textDocument/documentLink', { textDocument }],
    ['textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } }],
    ['textDocument/codeLens', { textDocument }],
    ['textDocument/codeAction', { textDocument, range: here, context: { diagnostics: [] } }],
    ['textDocument/selectionRange', { textDocument, positions: [position] }],
    ['textDocument/inlayHint', { textDocument, range }],
    ['textDocument/semanticTokens/full', { textDocument }],
    ['textDocument/semanticTokens/range', { textDocument, range }],
    ['textDocument/diagnostic', { textDocument }],
    ['workspace/diagnostic', { previousResultIds: [] }],
    ['workspace/symbol', { query: '' }],
    ['truth/preview', { uri: textDocument.uri, kind: 'types' }],
    ['truth/apps', { uri: textDocument.uri }],
    ['truth/explain', at],
  ]
  const answers = await Promise.all(
    asked.map(([method, params]) =>
      client.request(method, params).catch((error: { code: number }) => ({ error: error.code })),
    ),
  )
  return Object.fromEntries(asked.map(([method], index) => [method, answers[index]]))
}

test('on the CRM: everything answers with something, in the file of the app and in its parts', async () => {
  const files = exampleFiles('crm')
  const client = await startServer({ capabilities, files: Object.fromEntries(files) })
  const text = files.get('people.truth.ts') ?? ''
  client.open('people.truth.ts', text)
  const offset = text.indexOf('team.members.some') + 'team.mem'.length
  const answers = await askAll(client, 'people.truth.ts', positionOf(text, offset))
  const empty = Object.entries(answers).filter(
    ([, answer]) => answer === null || (Array.isArray(answer) && answer.length === 0),
  )
  // Nothing is called here, and nothing is wrong with the spacing.
  expect(empty.map(([method]) => method).sort()).toEqual([
    'textDocument/codeAction',
    'textDocument/documentLink',
    'textDocument/formatting',
    'textDocument/linkedEditingRange',
    'textDocument/prepareCallHierarchy',
    'textDocument/signatureHelp',
  ])
  expect(answers['textDocument/definition']).toMatchObject([{ targetUri: client.uri('people.truth.ts') }])
  const rename = answers['textDocument/rename'] as { documentChanges: { textDocument: object; edits: object[] }[] }
  expect(rename.documentChanges.map((change) => change.textDocument)).toEqual(
    expect.arrayContaining([
      { uri: client.uri('people.truth.ts'), version: 1 },
      { uri: client.uri('rules.truth.ts'), version: null },
    ]),
  )
  expect(client.logged).toEqual([])
  await client.stop()
})

test('on half-typed text: every request is answered, and nothing is logged', async () => {
  const text = exampleFiles('crm').get('app.truth.ts') ?? ''
  const client = await startServer({ capabilities, files: Object.fromEntries(exampleFiles('crm')) })
  client.open('app.truth.ts', text)
  for (const cut of [1, 90, 700, 1500, 2600, 4200, text.length - 20]) {
    client.replace('app.truth.ts', text.slice(0, cut))
    const answers = await askAll(client, 'app.truth.ts', positionOf(text, cut))
    for (const [method, answer] of Object.entries(answers)) {
      // Only a rename may be refused, in words.
      if (method !== 'textDocument/rename') expect(answer ?? {}, method).not.toHaveProperty('error')
    }
  }
  expect(client.logged).toEqual([])
  await client.stop()
})

test('a request that is cancelled before its turn is answered as cancelled', async () => {
  const client = await startServer({ files: Object.fromEntries(exampleFiles('crm')) })
  client.open('app.truth.ts', exampleFiles('crm').get('app.truth.ts') ?? '')
  const send = (message: object): string => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  }
  const textDocument = { uri: client.uri('app.truth.ts') }
  const answers: { id: number; error?: { code: number } }[] = []
  client.process.stdout?.on('data', (data: Buffer) => {
    for (const part of String(data).split(/Content-Length: \d+\r\n\r\n/))
      if (part.includes('"id":90')) answers.push(JSON.parse(part))
  })
  // In one write, so that the cancellation is there before the requests are looked at.
  client.process.stdin?.write(
    send({ id: 9001, method: 'textDocument/documentSymbol', params: { textDocument } }) +
      send({ id: 9002, method: 'textDocument/codeLens', params: { textDocument } }) +
      send({ method: '$/cancelRequest', params: { id: 9002 } }),
  )
  await expect
    .poll(() => answers.map(({ id, error }) => [id, error?.code]).sort())
    .toEqual([
      [9001, undefined],
      [9002, -32800],
    ])
  await client.stop()
})
