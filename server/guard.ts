// Keeps a fault in one feature from being more than an empty answer.

import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver'

/** A handler that answers `otherwise` when the feature throws, and says so in the log. A cancelled request stops here. */
export function guarded<P, R>(
  connection: Connection,
  name: string,
  otherwise: R,
  handler: (params: P) => R,
): (params: P, token: CancellationToken) => R {
  return (params, token) => {
    if (token.isCancellationRequested)
      throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.')
    return attempt(connection, name, otherwise, () => handler(params))
  }
}

export function attempt<R>(connection: Connection, name: string, otherwise: R, work: () => R): R {
  try {
    return work()
  } catch (error) {
    connection.console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return otherwise
  }
}

/** Lets other messages in between the steps of what takes long, and ends it when it was cancelled meanwhile. */
export async function pause(token: CancellationToken): Promise<void> {
  await new Promise(setImmediate)
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.')
}
