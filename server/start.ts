// Starts the language server on the connection that the command line names: `--stdio` (the default), `--node-ipc`,
// `--socket=PORT` or `--pipe=NAME`.

import process from 'node:process'
import { LSPErrorCodes, Message } from 'vscode-languageserver'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { serve } from './connect.ts'

const transports = /^--(?:stdio|node-ipc|socket|pipe)\b/

export function start(version: string): void {
  if (!process.argv.some((argument) => transports.test(argument))) process.argv.push('--stdio')
  const connection = createConnection(ProposedFeatures.all, {
    connectionStrategy: {
      // A request that is cancelled while it waits is answered at once and never run.
      cancelUndispatched: (message) => {
        if (!Message.isRequest(message)) return undefined
        const error = { code: LSPErrorCodes.RequestCancelled, message: 'The request was cancelled.' }
        return { jsonrpc: '2.0', id: message.id, error }
      },
    },
  })
  serve(connection, version)
  connection.listen()
}
