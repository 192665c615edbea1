// One language server with one open document: one place that is edited, and diagnostics waited for where they belong.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-languageserver/node')

const patience = 60_000

const capabilities = {
  workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true } },
  textDocument: {
    synchronization: {},
    publishDiagnostics: { versionSupport: true },
    diagnostic: { dynamicRegistration: false },
    completion: { completionItem: { snippetSupport: true }, contextSupport: true },
  },
}

export function positionOf(text, offset) {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length - 1, character: offset - (before.lastIndexOf('\n') + 1) }
}

const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** Megabytes of a process and those that it started. */
export function memoryOf(pid) {
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), own)
}

/** Starts a server in a folder and opens the document. */
export async function openIn(folder, { command, args, file, languageId, settings = {} }, text) {
  const child = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const uri = pathToFileURL(`${folder}/${file}`).href
  const rootUri = pathToFileURL(folder).href
  let heard = () => {}
  connection.onNotification('textDocument/publishDiagnostics', (told) => told.uri === uri && heard(told))
  connection.onRequest('workspace/configuration', ({ items }) => items.map(({ section }) => settings[section] ?? null))
  for (const asked of ['client/registerCapability', 'window/workDoneProgress/create', 'workspace/diagnostic/refresh']) {
    connection.onRequest(asked, () => null)
  }
  connection.listen()
  const started = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'bench' }],
    capabilities,
  })
  await connection.sendNotification('initialized', {})
  let version = 1
  connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version, text } })

  const pulls = started.capabilities.diagnosticProvider
  /** Warnings may stand there for good. */
  const faulty = (diagnostics, line) =>
    diagnostics.some(({ severity = 1, range }) => severity === 1 && range.start.line <= line && line <= range.end.line)
  const pulled = async (line, wanted) => {
    const until = performance.now() + patience
    for (;;) {
      const { items = [] } = await connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        identifier: pulls.identifier,
      })
      if (faulty(items, line) === wanted) return
      if (performance.now() > until)
        throw new Error(`No diagnostic ${wanted ? 'appeared' : 'went'} on line ${line + 1}`)
      await new Promise((later) => setTimeout(later, 2))
    }
  }
  const pushed = (line, wanted) =>
    new Promise((done, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`No diagnostic ${wanted ? 'appeared' : 'went'} on line ${line + 1}`)),
        patience,
      )
      heard = (told) => {
        if ((told.version ?? version) < version || faulty(told.diagnostics, line) !== wanted) return
        clearTimeout(timer)
        heard = () => {}
        done()
      }
    })
  return {
    child,
    /** Resolves when there is a diagnostic on the line, or none any more. To be called right after the edit. */
    until: pulls ? pulled : pushed,
    change(range, insert) {
      version += 1
      const textDocument = { uri, version }
      connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ range, text: insert }] })
    },
    async complete(position) {
      const answer = await connection.sendRequest('textDocument/completion', {
        textDocument: { uri },
        position,
        context: { triggerKind: 1 },
      })
      return (answer?.items ?? answer ?? []).map(({ label }) => label)
    },
    async close() {
      const ended = new Promise((done) => child.once('exit', done))
      await Promise.race([connection.sendRequest('shutdown'), new Promise((late) => setTimeout(late, 5_000).unref())])
      connection.sendNotification('exit').catch(() => {})
      const timer = setTimeout(() => child.kill('SIGKILL'), 2_000)
      await ended
      clearTimeout(timer)
      connection.dispose()
    },
  }
}
