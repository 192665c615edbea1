// Several apps and files that come and go, over the protocol.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CancellationTokenSource } from 'vscode-languageserver/node'
import { type Client, type Options, startServer } from './client.ts'

const part = `export const Item = { fields: { title: 'string' }, permissions: { read: "title != ''" } }\n`
const app = (more: string): string =>
  `import { Item } from '../item.truth.ts'\nexport default { name: 'A', entities: { Item }, ${more} }\n`
const files = {
  'item.truth.ts': part,
  'one/app.truth.ts': app(`views: { V: { type: 'list', route: '/v', entity: 'Item', columns: ['title'] } }`),
  'two/app.truth.ts': app(
    `workflows: { w: { trigger: 'Item.created', actions: [{ type: 'log', message: '\${entity.title}' }] } }`,
  ),
}
const inPart = { line: 0, character: part.indexOf('title') + 2 }

let client: Client | undefined
const start = async (options: Options): Promise<Client> => {
  client = await startServer(options)
  return client
}
afterEach(async () => {
  await client?.stop()
  client = undefined
})

test('references and rename of a name in a part reach every app that uses it', async () => {
  const { open, request, uri } = await start({ files })
  open('item.truth.ts', part)
  const textDocument = { uri: uri('item.truth.ts') }
  const at = { textDocument, position: inPart }
  const references = await request<{ uri: string }[]>('textDocument/references', {
    ...at,
    context: { includeDeclaration: true },
  })
  const all = ['item.truth.ts', 'one/app.truth.ts', 'two/app.truth.ts'].map(uri)
  expect([...new Set(references.map((one) => one.uri))].sort()).toEqual(all)
  const rename = await request<{ changes: object }>('textDocument/rename', { ...at, newName: 'label' })
  expect(Object.keys(rename.changes).sort()).toEqual(all)
  expect(await request('truth/apps', { uri: uri('item.truth.ts') })).toEqual([
    { uri: uri('one/app.truth.ts'), name: 'A' },
    { uri: uri('two/app.truth.ts'), name: 'A' },
  ])
})

test('an app that came without a word to a client that watches nothing is renamed in too', async () => {
  const { open, request, uri, write } = await start({ files })
  open('item.truth.ts', part)
  const at = { textDocument: { uri: uri('item.truth.ts') }, position: inPart }
  await request('textDocument/rename', { ...at, newName: 'label' })
  write('three/app.truth.ts', app(`views: { V: { type: 'list', route: '/v', entity: 'Item', columns: ['title'] } }`))
  const rename = await request<{ changes: object }>('textDocument/rename', { ...at, newName: 'label' })
  expect(Object.keys(rename.changes)).toContain(uri('three/app.truth.ts'))
})

test('what cannot be renamed completely is refused before a name is asked for', async () => {
  const computed = { ...files, 'two/app.truth.ts': app('views: makeViews(Item)') }
  const { open, request, uri } = await start({ files: computed })
  open('item.truth.ts', part)
  const at = { textDocument: { uri: uri('item.truth.ts') }, position: inPart }
  const refused = { message: expect.stringMatching(/^A rename could miss places of .*two\/app\.truth\.ts: /) }
  await expect(request('textDocument/prepareRename', at)).rejects.toMatchObject(refused)
  await expect(request('textDocument/rename', { ...at, newName: 'label' })).rejects.toMatchObject(refused)
})

test('a search for references that is cancelled while it runs ends there', async () => {
  const many = Array.from(
    { length: 40 },
    (_, index) => [`app${index}/app.truth.ts`, files['one/app.truth.ts']] as const,
  )
  const { open, connection, uri } = await start({ files: { ...files, ...Object.fromEntries(many) } })
  open('item.truth.ts', part)
  const at = { textDocument: { uri: uri('item.truth.ts') }, position: inPart }
  const params = { ...at, context: { includeDeclaration: true } }
  for (const method of ['textDocument/references', 'textDocument/rename']) {
    const source = new CancellationTokenSource()
    const answer = connection.sendRequest(method, { ...params, newName: 'label' }, source.token)
    // It has begun by then, and has not ended: forty apps are read for the first time.
    await new Promise((resolve) => setTimeout(resolve, 1))
    source.cancel()
    await expect(answer).rejects.toMatchObject({ code: -32800 })
  }
})

test('what was told of a file that is gone is taken back from a client that pulls', async () => {
  const faulty = {
    'one/app.truth.ts': `export default { name: 'A', entities: { Item: { fields: { a: 'sting' }, permissions: { read: true } } } }\n`,
  }
  const { request, uri, folder } = await start({ files: faulty, capabilities: { textDocument: { diagnostic: {} } } })
  type Report = { items: { uri: string; kind: string; resultId: string; items?: object[] }[] }
  const pull = (before: Report): Promise<Report> =>
    request<Report>('workspace/diagnostic', {
      previousResultIds: before.items.map((one) => ({ uri: one.uri, value: one.resultId })),
    })
  const first = await pull({ items: [] })
  expect(first.items).toMatchObject([{ uri: uri('one/app.truth.ts'), kind: 'full', items: [{ code: 'T2006' }] }])
  expect(await pull(first)).toMatchObject({ items: [{ kind: 'unchanged' }] })
  rmSync(join(folder, 'one'), { recursive: true })
  expect(await pull(first)).toMatchObject({ items: [{ uri: uri('one/app.truth.ts'), kind: 'full', items: [] }] })
  expect(await request('textDocument/diagnostic', { textDocument: { uri: uri('one/app.truth.ts') } })).toMatchObject({
    kind: 'full',
    items: [],
  })
})
