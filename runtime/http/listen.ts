// Puts the web server on a port, and takes it off again without cutting off requests under way.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createServer, type ServerOptions } from './server.ts'

export type Listening = { readonly address: string; readonly port: number; readonly stop: () => Promise<void> }

/** Milliseconds. A client that is slower than this to send its request is dropped. */
const slowest = { headers: 10_000, request: 30_000 }

/** Milliseconds that requests under way get to finish. */
const drain = 5_000

/** Rejects with the system's error when the port is taken. */
export function listen(options: Omit<ServerOptions, 'remoteOf'>, host: string, port: number): Promise<Listening> {
  const app = createServer({ ...options, remoteOf: (context) => getConnInfo(context).remote.address ?? '' })
  return new Promise((ready, fail) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: { headersTimeout: slowest.headers, requestTimeout: slowest.request },
      },
      (info: AddressInfo) => {
        const shown = info.family === 'IPv6' ? `[${info.address}]` : info.address
        ready({ address: `http://${shown}:${info.port}`, port: info.port, stop: () => stop(server as Server) })
      },
    ) as Server
    server.once('error', fail)
  })
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), drain)
  await closed
  clearTimeout(late)
}
