// Starts the language server on the connection that the command line names: `--stdio` (the default), `--node-ipc`,
// `--socket=PORT` or `--pipe=NAME`.

import process from 'node:process'
import { type ConnectionOptions, LSPErrorCodes, Message } from 'vscode-languageserver'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { serve } from './connect.ts'
import { wholeFrames } from './frames.ts'

const transports = /^--(?:node-ipc|socket|pipe)\b/

const options: ConnectionOptions = {
  connectionStrategy: {
    // A request that is cancelled while it waits is answered at once and never run.
    cancelUndispatched: (message) => {
      if (!Message.isRequest(message)) return undefined
      const error = { code: LSPErrorCodes.RequestCancelled, message: 'The request was cancelled.' }
      return { jsonrpc: '2.0', id: message.id, error }
    },
  },
}

export function start(version: string): void {
  const named = process.argv.some((argument) => transports.test(argument))
  const connection = named
    ? createConnection(ProposedFeatures.all, options)
    : createConnection(ProposedFeatures.all, process.stdin.pipe(wholeFrames()), process.stdout, options)
  serve(connection, version)
  connection.listen()
}
