// The hierarchy of calls: who starts which workflow, by which event.

import { expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import { type Call, type CallItem, callItemsAt, incomingCalls, outgoingCalls } from '../../server/features/calls.ts'
import { startServer } from './client.ts'

const app = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Calls',
  entities: {
    Task: {
      softDelete: true,
      fields: { title: 'string' },
      permissions: { read: true, create: true },
      behaviors: { finish: { set: { title: 'x' }, requires: true, emits: ['task.done', 'task.loud'] } },
    },
    Note: { fields: { title: 'string' }, permissions: { read: true } },
  },
  workflows: {
    cheer: { trigger: 'task.done', actions: [{ type: 'create', entity: 'Note', set: { title: 'x' } }, { type: 'emit', event: 'cheered' }] },
    after: { trigger: 'cheered', actions: [{ type: 'log', message: 'x' }] },
    noted: { trigger: 'Note.created', actions: [{ type: 'log', message: 'x' }] },
    saved: { trigger: 'Task.updated', actions: [{ type: 'log', message: 'x' }] },
    nightly: { trigger: 'schedule', schedule: '0 3 * * *', actions: [{ type: 'log', message: 'x' }, { type: 'toString', entity: 'Task' }] },
  },
})
`

const analysis = analyse(app)
const file = [...analysis.files.keys()][0] ?? ''
const itemsAt = (before: string) => callItemsAt(analysis, file, app.indexOf(before) + before.length)
const item = (before: string): CallItem => {
  const [found] = itemsAt(before)
  if (!found) throw new Error(`nothing at ${before}`)
  return found
}
const told = (calls: readonly Call[]) =>
  calls.map(({ item: { name }, places }) => [name, ...places.map(({ start, end }) => app.slice(start, end))])

test('what starts a workflow', () => {
  expect(told(incomingCalls(analysis, item('    che')))).toEqual([['finish', 'task.done']])
  expect(told(incomingCalls(analysis, item('    aft')))).toEqual([['cheer', 'cheered']])
  expect(told(incomingCalls(analysis, item('    note')))).toEqual([
    ['Note', 'Note'],
    ['cheer', 'Note'],
  ])
  expect(told(incomingCalls(analysis, item('    sav')))).toEqual([
    ['Task', 'Task'],
    ['finish', 'finish'],
  ])
  expect(incomingCalls(analysis, item('    nigh'))).toEqual([])
})

test('what a behavior, an entity and a workflow start', () => {
  expect(told(outgoingCalls(analysis, item('behaviors: { fin')))).toEqual([
    ['saved', 'finish'],
    ['cheer', 'task.done'],
  ])
  expect(told(outgoingCalls(analysis, item('    Tas')))).toEqual([['saved', 'Task']])
  expect(told(outgoingCalls(analysis, item('    che')))).toEqual([
    ['noted', 'Note'],
    ['after', 'cheered'],
  ])
})

test('an action of a strange type starts nothing', () => {
  expect(outgoingCalls(analysis, item('    nigh'))).toEqual([])
})

test('an event stands for the workflows that it starts; other names for nothing', () => {
  expect(itemsAt("emits: ['task.do").map(({ name, detail }) => [name, detail])).toEqual([['cheer', 'task.done']])
  expect(itemsAt("emits: ['task.done', 'task.lo")).toEqual([])
  expect(itemsAt('fields: { tit')).toEqual([])
})

test('over the protocol', async () => {
  const client = await startServer({ files: { 'app.truth.ts': app } })
  client.open('app.truth.ts', app)
  const lines = app.split('\n')
  const line = lines.findIndex((one) => one.includes('cheer: {'))
  const textDocument = { uri: client.uri('app.truth.ts') }
  const [cheer] = (await client.request('textDocument/prepareCallHierarchy', {
    textDocument,
    position: { line, character: 6 },
  })) as { name: string }[]
  expect(cheer).toMatchObject({ name: 'cheer', detail: 'task.done', range: { start: { line, character: 4 } } })
  const incoming = await client.request('callHierarchy/incomingCalls', { item: cheer })
  expect(incoming).toMatchObject([{ from: { name: 'finish', detail: 'Task' }, fromRanges: [{ start: { line: 8 } }] }])
  const outgoing = await client.request('callHierarchy/outgoingCalls', { item: cheer })
  expect(outgoing).toMatchObject([{ to: { name: 'noted' } }, { to: { name: 'after' } }])
  const nothing = await client.request('textDocument/prepareCallHierarchy', {
    textDocument,
    position: { line: 0, character: 0 },
  })
  expect(nothing).toBeNull()
  await client.stop()
})
