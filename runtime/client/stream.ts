// Answers that come piece by piece: lines of JSON, and server-sent events.

/** The text between the `end`s, as it arrives. Leaving the loop ends the request. */
async function* pieces({ body }: Response, end: string): AsyncGenerator<string> {
  if (!body) return
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const parts = (text + value).split(end)
      text = parts.pop() ?? ''
      yield* parts
    }
  } finally {
    await reader.cancel()
  }
}

export async function* rowsOf(open: () => Promise<Response>): AsyncGenerator<unknown> {
  for await (const line of pieces(await open(), '\n')) yield JSON.parse(line)
}

export async function* eventsOf(open: () => Promise<Response>): AsyncGenerator<unknown> {
  for await (const block of pieces(await open(), '\n\n')) {
    const lines = block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line)?.slice(1) ?? [])
    const { id, event, data } = Object.fromEntries(lines) as { readonly [name: string]: string | undefined }
    // What keeps the connection alive has none.
    if (data !== undefined) yield { id, event, data: JSON.parse(data) as unknown }
  }
}
