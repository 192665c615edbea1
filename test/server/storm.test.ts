// Nothing that is asked in a storm of edits stays unanswered.

import { expect, test } from 'vitest'
import { randomEdit, seeded } from '../helpers/edits.ts'
import { startServer } from './client.ts'
import { exampleFiles } from './snapshot.ts'

test('every request of a storm is answered', async () => {
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
