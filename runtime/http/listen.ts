// Puts the web server on a port, and takes it off again without cutting off requests under way.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createServer, type ServerOptions } from './server.ts'

export type Listening = { readonly address: string; readonly port: number; readonly stop: () => Promise<void> }

/** How long a client is waited for, in milliseconds; one that takes longer is dropped. */
export type Patience = {
  /** For the headers of a request. */
  readonly headers: number
  /** For the whole of a request. */
  readonly request: number
  /** For any byte to come or to be taken, while a request is under way. */
  readonly stalled: number
  /** For the next request on a connection. */
  readonly idle: number
  /** How often headers and requests are looked at. */
  readonly every: number
}

const usual: Patience = {
  headers: 10_000,
  request: 30_000,
  // Longer than streams of changes are silent.
  stalled: 60_000,
  // Longer than proxies keep a connection, mostly 60 seconds: one that is closed as they use it again looks like a fault.
  idle: 72_000,
  every: 5_000,
}

/** Milliseconds that requests under way get to finish. */
const drain = 5_000

/** Rejects with the system's error when the port is taken. */
export function listen(
  options: Omit<ServerOptions, 'remoteOf'>,
  host: string,
  port: number,
  patience: Patience = usual,
): Promise<Listening> {
  const app = createServer({ ...options, remoteOf: (context) => getConnInfo(context).remote.address ?? '' })
  return new Promise((ready, fail) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: {
          headersTimeout: patience.headers,
          requestTimeout: patience.request,
          keepAliveTimeout: patience.idle,
          connectionsCheckingInterval: patience.every,
        },
      },
      (info: AddressInfo) => {
        const shown = info.family === 'IPv6' ? `[${info.address}]` : info.address
        ready({ address: `http://${shown}:${info.port}`, port: info.port, stop: () => stop(server as Server) })
      },
    ) as Server
    server.setTimeout(patience.stalled)
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
