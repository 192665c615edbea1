// A server of the Hrana protocol, version 2, over HTTP in JSON, as libSQL's own server speaks it: what `@libsql/client`
// needs to meet a remote database in the tests. Each stream is a connection, kept between requests by its baton.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHranaStream, type Idle, type Request, type Stream } from './hrana-stream.ts'

type Answering = 'answer' | 'drop'

export type HranaOptions = {
  /** A database file that outlives the server; without it a temporary one is served. */
  readonly path?: string
  readonly port?: number
  readonly authToken?: string
  /** Milliseconds for which a stream may be idle. */
  readonly streamLimit?: number
  /** Milliseconds for which a transaction may be open. */
  readonly transactionLimit?: number
  /** Called before a pipeline is answered. `drop` does the work, then breaks the connection instead of answering. */
  readonly before?: (requests: readonly Request[]) => Answering | Promise<Answering>
}

export type Hrana = {
  readonly url: string
  readonly path: string
  /** Streams that are open now. */
  readonly streams: () => number
  readonly stop: () => Promise<void>
}

type Open = { readonly stream: Stream; readonly timer: NodeJS.Timeout }

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Serves a database on 127.0.0.1, by default on a free port. */
export async function startHrana(options: HranaOptions = {}): Promise<Hrana> {
  const { streamLimit = 10_000, transactionLimit = 5_000, authToken } = options
  const folder = options.path === undefined ? mkdtempSync(join(tmpdir(), 'truth-hrana-')) : undefined
  const path = options.path ?? join(folder ?? '', 'remote.db')
  const open = new Map<string, Open>()
  const idle: Idle = { file: path, connections: [] }

  const take = (baton: string): Stream | undefined => {
    const found = open.get(baton)
    if (found) clearTimeout(found.timer)
    open.delete(baton)
    return found?.stream
  }

  const keep = (stream: Stream): string => {
    const baton = randomUUID()
    const expire = (): void => take(baton)?.close()
    open.set(baton, { stream, timer: setTimeout(expire, streamLimit).unref() })
    return baton
  }

  const pipeline = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { baton, requests } = JSON.parse(await bodyOf(request)) as { baton?: string; requests: Request[] }
    const what = (await options.before?.(requests)) ?? 'answer'
    const stream = typeof baton === 'string' ? take(baton) : createHranaStream(idle, transactionLimit)
    if (!stream) {
      const message = 'The stream has expired due to inactivity, or its baton is of no use'
      return reply(response, 400, { message, code: 'STREAM_EXPIRED' })
    }
    const results = requests.map(stream.answer)
    const next = stream.isClosed() ? null : keep(stream)
    if (what === 'drop') response.destroy()
    else reply(response, 200, { baton: next, base_url: null, results })
  }

  const server = createServer((request, response) => {
    if (authToken !== undefined && request.headers.authorization !== `Bearer ${authToken}`) {
      return reply(response, 401, { error: 'Unauthorized: the token is missing or wrong' })
    }
    if (request.method === 'GET' && (request.url === '/v2' || request.url === '/health'))
      return reply(response, 200, {})
    if (request.method !== 'POST' || request.url !== '/v2/pipeline') return reply(response, 404, {})
    pipeline(request, response).catch((error: unknown) => reply(response, 500, { message: String(error) }))
  })

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    path,
    streams: () => open.size,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      for (const baton of [...open.keys()]) take(baton)?.close()
      for (const connection of idle.connections.splice(0)) connection.close()
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
