// After any storm of edits the server says what a fresh one would, and has answered everything.

import { expect, test } from 'vitest'
import { completionsAt } from '../../server/features/completion.ts'
import { hoverAt } from '../../server/features/hover.ts'
import { coloursIn } from '../../server/features/tokens.ts'
import { clientDiagnostics } from '../../server/handlers/diagnostics.ts'
import type { State } from '../../server/state.ts'
import { randomEdit, seeded } from '../helpers/edits.ts'
import { startServer } from './client.ts'
import { exampleFiles } from './snapshot.ts'
import { changeBetween, opened, path } from './storm.ts'

const said = (state: State, files: ReadonlyMap<string, string>): unknown =>
  [...files.keys()].map((name) => clientDiagnostics(state, path(name)))

test.each(['tasks', 'crm'])(
  '2,000 edits of %s, with requests between them, then back',
  (name) => {
    const files = exampleFiles(name)
    const state = opened(files)
    const random = seeded(7)
    const names = [...files.keys()]
    for (let round = 0; round < 2_000; round++) {
      const file = names[Math.floor(random() * names.length)] ?? 'app.truth.ts'
      const now = state.texts.textOf(path(file)) ?? ''
      // The file is mended from time to time, so that most edits meet a file that can still be read.
      const after = random() < 0.08 ? (files.get(file) ?? '') : randomEdit(now, random)
      changeBetween(state, file, after, round + 2)
      expect(state.texts.textOf(path(file)) === after || /\r/.test(now + after)).toBe(true)
      clientDiagnostics(state, path(file))
      if (round % 10 === 0) {
        const snapshot = state.projects.snapshotOf(path(file))
        const offset = Math.floor(random() * after.length)
        completionsAt(snapshot, snapshot.fileOf(path(file)) ?? file, offset)
        hoverAt(snapshot.analysis, snapshot.fileOf(path(file)) ?? file, offset)
        coloursIn(snapshot.analysis, snapshot.fileOf(path(file)) ?? file)
      }
      if (round % 200 === 199) {
        const texts = new Map(names.map((one) => [one, state.texts.textOf(path(one)) ?? '']))
        expect(said(state, files), `round ${round}`).toEqual(said(opened(texts), files))
      }
    }
    for (const [file, text] of files) changeBetween(state, file, text, 5_000)
    expect(said(state, files)).toEqual(said(opened(files), files))
  },
  120_000,
)

test('over the protocol: every request of a storm is answered', async () => {
  const client = await startServer({ files: Object.fromEntries(exampleFiles('tasks')) })
  const text = exampleFiles('tasks').get('app.truth.ts') ?? ''
  const random = seeded(11)
  client.open('app.truth.ts', text)
  const textDocument = { uri: client.uri('app.truth.ts') }
  const asked: Promise<unknown>[] = []
  let now = text
  for (let round = 0; round < 200; round++) {
    now = random() < 0.1 ? text : randomEdit(now, random)
    client.replace('app.truth.ts', now)
    const position = { line: Math.floor(random() * 60), character: Math.floor(random() * 80) }
    for (const method of ['completion', 'hover', 'definition', 'documentSymbol', 'codeLens', 'semanticTokens/full']) {
      asked.push(client.request(`textDocument/${method}`, { textDocument, position }))
    }
  }
  expect((await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')).toEqual([])
  client.replace('app.truth.ts', text)
  expect(await client.diagnostics('app.truth.ts')).toEqual([])
  expect(client.logged).toEqual([])
  await client.stop()
}, 60_000)
